import type { Request, RequestHandler, Response } from 'express'
import { UsageError } from '../../errors.ts'
import { Refused } from '../../wire/refused.ts'
import type { Newsroom } from '../newsroom.ts'
import { readAsk } from '../wire/ask.ts'
import { sendRefusal } from '../wire/refusal.ts'
import { sendJson } from '../wire/send-page.ts'
import type { Route } from './route.ts'

/** `/wire/takedowns`: what a partner holds of what was taken away, and what is known of that. */
export const takedownsRoute: Route = {
  path: '/wire/takedowns',
  open: newsroom =>
    answered(newsroom, async (partner, request, response) => {
      const { limit, after } = readAsk(request.url, ['limit', 'after'])
      const paging = { limit, ...(after !== undefined && { after }) }
      const found = await newsroom.takedownsFor(partner, paging).catch((error: unknown) => {
        throw error instanceof UsageError ? new Refused('parameter', 'It is no id of a takedown.', 'after') : error
      })
      await sendJson(request, response, found)
    }),
}

/** `POST /wire/takedowns/ID/confirm`: a partner says that it is gone there, too. The same twice is no fault. */
export const confirmRoute: Route = {
  path: '/wire/takedowns/:id/confirm',
  method: 'post',
  open: newsroom =>
    answered(newsroom, async (partner, request, response) => {
      const { id = '' } = request.params
      await newsroom.confirmTakedown(id, partner).catch((error: unknown) => {
        // Of what they do not hold they learn nothing.
        throw error instanceof UsageError ? new Refused('feed', 'There is no such takedown for you.') : error
      })
      await sendJson(request, response, { id, state: 'confirmed' })
    }),
}

type Params = { [name: string]: string }

/** To a partner by name; what is refused is told as a problem. */
function answered(
  { admission }: Newsroom,
  answer: (partner: string, request: Request<Params>, response: Response) => Promise<void>,
): RequestHandler<Params> {
  return async (request, response) => {
    const reader = admission.readerOf(request)
    try {
      if (reader.kind !== 'partner') throw new Refused('token', 'This is for partners.')
      await answer(reader.known.partner.name, request, response)
    } catch (error) {
      if (response.headersSent) throw error
      sendRefusal(response, error, { restart: request.path, hasToken: true })
    }
  }
}
