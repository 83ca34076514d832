import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Request, RequestHandler } from 'express'
import { Refused } from '../../wire/refused.ts'
import { prefixOf } from '../../show/addresses.ts'
import { readAsk, type Ask, type Parameter } from '../wire/ask.ts'
import type { Asker } from '../wire/asker.ts'
import type { WireDesk } from '../wire/desk.ts'
import { sendRefusal } from '../wire/refusal.ts'
import { sendJson, sendPage } from '../wire/send-page.ts'
import { Problem } from '../http/problems.ts'
import type { Newsroom } from '../newsroom.ts'
import type { Route, RouteOptions } from './route.ts'

/** `/wire`: what has changed for the caller since a cursor. */
export const wireRoute: Route = {
  path: '/wire',
  open: asked(['feed', 'after', 'limit', 'wait', 'version'], async ({ desk, asker, ask, request, response }) => {
    const gone = new AbortController()
    response.once('close', () => gone.abort())
    await sendPage(request, response, await desk.next(desk.watch(asker, ask, 'wire'), ask, gone.signal))
  }),
}

/** `/wire/digest`: what a caller can tell from that it misses nothing. */
export const digestRoute: Route = {
  path: '/wire/digest',
  open: asked(['feed'], async ({ desk, asker, ask, request, response }) => {
    const found = await desk.digest(asker, ask.feeds)
    if (found === undefined) throw new Error('the view does not hold still')
    const { cursor, count, digest } = found
    await sendJson(request, response, { cursor, count, digest })
  }),
}

interface Asked {
  newsroom: Newsroom
  desk: WireDesk
  asker: Asker
  ask: Ask
  request: Request<{ [name: string]: string }>
  response: ServerResponse
}

/** Reads the question; what is refused is told as a problem. */
export function asked(
  parameters: readonly Parameter[],
  answer: (asked: Asked) => Promise<void>,
): (newsroom: Newsroom, options: RouteOptions) => RequestHandler<{ [name: string]: string }> {
  return (newsroom, { wire: desk }) =>
    async (request, response) => {
      if (desk === undefined) throw new Problem(503, 'There is no wire here.')
      const asker = desk.askerOf(request)
      try {
        const ask = readAsk(request.url, parameters)
        await answer({ newsroom, desk, asker, ask, request, response })
      } catch (error) {
        if (response.headersSent) throw error
        sendRefusal(response, error, { restart: restartOf(request, prefixOf(newsroom.site)), hasToken: asker.hasToken })
        // An outage, which is told as that, once, and not by each request.
        if (!(error instanceof Refused)) desk.complain(error)
      }
    }
}

/** The same question, from nothing. */
function restartOf(request: IncomingMessage, prefix: string): string {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
  searchParams.delete('after')
  const query = searchParams.toString()
  return prefix + pathname + (query === '' ? '' : `?${query}`)
}
