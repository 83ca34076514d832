import type { IncomingMessage, ServerResponse } from 'node:http'
import { Refused } from '../../wire/refused.ts'
import { readAsk, type Ask, type Parameter } from '../wire/ask.ts'
import type { Asker } from '../wire/asker.ts'
import type { WireDesk } from '../wire/desk.ts'
import { Poll } from '../wire/poll.ts'
import { sendRefusal } from '../wire/refusal.ts'
import { sendJson, sendPage } from '../wire/send-page.ts'

/** Answers GET and HEAD of one address of the wire. `prefix`: what stands in front of it in the site's address. Rejects where an answer breaks off. */
export type WireAnswer = (
  request: IncomingMessage,
  response: ServerResponse,
  parts: { desk: WireDesk; prefix: string },
) => Promise<void>

/** `/wire`: what has changed for the caller since a cursor. */
export const answerWire = asked(
  ['feed', 'after', 'limit', 'wait', 'version'],
  async ({ desk, asker, ask, request, response }) => {
    const poll = new Poll(desk.polls)
    response.once('close', () => poll.end())
    await sendPage(request, response, await desk.next(desk.watch(asker, ask, 'wire'), ask, poll))
  },
)

/** `/wire/digest`: what a caller can tell from that it misses nothing. */
export const answerDigest = asked(['feed'], async ({ desk, asker, ask, request, response }) => {
  const found = await desk.digest(asker, ask.feeds)
  if (found === undefined) throw new Error('the view does not hold still')
  const { cursor, count, digest } = found
  await sendJson(request, response, { cursor, count, digest })
})

interface Asked {
  desk: WireDesk
  asker: Asker
  ask: Ask
  request: IncomingMessage
  response: ServerResponse
}

/** Reads the question; what is refused is told as a problem. */
export function asked(parameters: readonly Parameter[], answer: (asked: Asked) => Promise<void>): WireAnswer {
  return async (request, response, { desk, prefix }) => {
    const asker = desk.askerOf(request)
    try {
      const ask = readAsk(request.url ?? '/', parameters)
      await answer({ desk, asker, ask, request, response })
    } catch (error) {
      if (response.headersSent) throw error
      sendRefusal(response, error, { restart: restartOf(request, prefix), hasToken: asker.hasToken })
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
