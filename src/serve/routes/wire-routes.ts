import type { IncomingMessage, ServerResponse } from 'node:http'
import { prefixOf } from '../../show/addresses.ts'
import type { Site } from '../../site.ts'
import { pathOf, type Edge } from '../edge/edge.ts'
import type { Admission } from '../http/admission.ts'
import { notAllowed, preflight, send } from '../http/answers.ts'
import type { WireDesk } from '../wire/desk.ts'
import { sendAsProblem } from '../wire/refusal.ts'
import { answerStream } from './wire-stream.ts'
import { answerDigest, answerWire, type WireAnswer } from './wire.ts'

/** The addresses of the wire. */
export const wireRoutes: Readonly<Record<string, WireAnswer>> = {
  '/wire': answerWire,
  '/wire/digest': answerDigest,
  '/wire/stream': answerStream,
}

export interface WireParts {
  site: Site
  desk: WireDesk
  admission: Admission
}

/**
 * An edge that answers for the wire too, in front of Express: whoever waits would keep all that Express makes of a request, and thousands do.
 * Errors are problems (RFC 9457).
 */
export function withWire(edge: Edge, { site, desk, admission }: WireParts): Edge {
  const answers = new Map(Object.entries(wireRoutes))
  const parts = { desk, prefix: prefixOf(site) }
  const answer = (found: WireAnswer, request: IncomingMessage, response: ServerResponse) => {
    const { method } = request
    if (method === 'OPTIONS') send(response, preflight)
    else if (method !== 'GET' && method !== 'HEAD') sendAsProblem(response, notAllowed)
    else if (admission.admitCounted(request, response, sendAsProblem) !== undefined)
      found(request, response, parts).catch((error: unknown) => {
        desk.complain(error)
        response.destroy()
      })
  }
  return (request, response, next) =>
    edge(request, response, () => {
      const found = answers.get(pathOf(request.url ?? '/'))
      if (found === undefined) next()
      else answer(found, request, response)
    })
}
