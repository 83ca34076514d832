import type { IncomingMessage, ServerResponse } from 'node:http'
import { notNow, preconditionFailed, send } from '../http/answers.ts'
import { evaluate } from '../http/conditional.ts'
import { acceptsDelta, type Base } from './delta.ts'
import { formatHttpDate } from '../http/http-date.ts'
import { chooseCoding } from '../http/negotiate.ts'
import type { Give } from '../http/admission.ts'
import type { Representations, Sealed } from './shelf.ts'

/** Answers a GET or HEAD with an edition: as it is, as unchanged, or what has changed of it. What is given is noted before it leaves. */
export function sendEdition(
  request: IncomingMessage,
  response: ServerResponse,
  edition: Representations,
  give?: Give,
): void {
  // The tag of the selected representation alone counts (RFC 9110, 13.1.2): another coding's bytes are other bytes.
  const coding = chooseCoding(request.headers['accept-encoding'])
  const selected = edition[coding]
  const status = evaluate(request, selected)
  if (status === 412) return send(response, preconditionFailed)
  const base = status === 200 ? baseOf(request, edition) : undefined
  const note = give && ((leave: () => void) => give(edition.way, edition.parcel(), leave))
  if (base === undefined) return write(request, response, status, selected, note)
  const deltas = edition.deltas!
  const delta = (body: Buffer): void => {
    const leave = () => void response.writeHead(226, deltaHeaders(selected, base, body)).end(body)
    if (give) give('delta', deltas.parcel(base), leave)
    else leave()
  }
  deltas.body(base, coding).then(delta, () => write(request, response, 200, selected, note))
}

function write(
  request: IncomingMessage,
  response: ServerResponse,
  status: 200 | 304,
  sealed: Sealed,
  note: ((leave: () => void) => void) | undefined,
): void {
  if (status === 304 || request.method === 'HEAD') return end(response, status, sealed)
  const whole = (bytes: Buffer): void => {
    if (note) note(() => end(response, 200, sealed, bytes))
    else end(response, 200, sealed, bytes)
  }
  const bytes = sealed.body.take()
  if (bytes !== undefined) return whole(bytes)
  // What cannot be brought the follower puts in place again.
  sealed.body.read().then(whole, () => send(response, notNow))
}

function end(response: ServerResponse, status: 200 | 304, { whole, unchanged, modified }: Sealed, body?: Buffer): void {
  const headers = status === 304 ? unchanged : whole
  const isAhead = modified !== undefined && modified * 1000 > Date.now()
  response.writeHead(status, isAhead ? notAhead(headers) : headers).end(body)
}

/** The edition that the reader has, where it asks for a delta (RFC 3229, 10.5.3) and one can be told. */
function baseOf({ headers }: IncomingMessage, { deltas }: Representations): Base | undefined {
  const known = headers['if-none-match']
  if (deltas === undefined || known === undefined || !acceptsDelta(headers['a-im']?.toString())) return undefined
  return deltas.baseOf(known)
}

/** RFC 3229, 10.5.1 and 10.4.1. A delta is for the one who has its base, and for no cache. */
function deltaHeaders({ whole }: Sealed, base: Base, body: Buffer): string[] {
  const own: Readonly<Record<string, string>> = {
    'Content-Length': String(body.length),
    'Cache-Control': 'no-store',
    'CDN-Cache-Control': 'no-store',
  }
  const headers = whole.map((each, at) => (at % 2 === 1 ? own[whole[at - 1] ?? ''] : undefined) ?? each)
  return headers.concat('IM', 'feed', 'Delta-Base', base.etag)
}

/**
 * What changes twice within a second is dated ahead, so that each change has a date of its own; what goes out says `Date`
 * instead (RFC 9110, 8.8.2.1). It is compared by its own date all the same: whoever has got this one, and asks by date
 * alone, gets it once more and misses nothing.
 */
function notAhead(headers: readonly string[]): string[] {
  const now = formatHttpDate(Math.floor(Date.now() / 1000))
  return headers.with(headers.indexOf('Last-Modified') + 1, now).concat('Date', now)
}
