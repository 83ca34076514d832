import { UsageError } from '../../errors.ts'
import { Refused } from '../../wire/refused.ts'
import { sendJson } from '../wire/send-page.ts'
import type { Route } from './route.ts'
import { asked } from './wire.ts'

/** `/wire/takedowns`: what a partner holds of what was taken away, and what is known of that. */
export const takedownsRoute: Route = {
  path: '/wire/takedowns',
  open: asked(
    ['limit', 'after'],
    async ({ newsroom, asker: { partner }, ask: { limit, after }, request, response }) => {
      if (partner === undefined) throw new Refused('token', 'This is for partners.')
      const paging = { limit, ...(after !== undefined && { after }) }
      const found = await newsroom.takedownsFor(partner, paging).catch((error: unknown) => {
        throw error instanceof UsageError ? new Refused('parameter', 'It is no id of a takedown.', 'after') : error
      })
      await sendJson(request, response, found)
    },
  ),
}

/** `POST /wire/takedowns/ID/confirm`: a partner says that it is gone there, too. The same twice is no fault. */
export const confirmRoute: Route = {
  path: '/wire/takedowns/:id/confirm',
  method: 'post',
  open: asked([], async ({ newsroom, asker: { partner }, request, response }) => {
    if (partner === undefined) throw new Refused('token', 'This is for partners.')
    const { id = '' } = request.params
    await newsroom.confirmTakedown(id, partner).catch((error: unknown) => {
      // Of what they do not hold they learn nothing.
      throw error instanceof UsageError ? new Refused('feed', 'There is no such takedown for you.') : error
    })
    await sendJson(request, response, { id, state: 'confirmed' })
  }),
}
