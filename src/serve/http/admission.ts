import type { IncomingMessage, ServerResponse } from 'node:http'
import type { PartnerList } from '../../partners/partner-list.ts'
import { RateLimits, rateWindow, type Allowance } from '../../partners/rate-limits.ts'
import { readerOf, type Reader } from '../../partners/reader.ts'
import { flat, plain, refused, send, unsure, type Answer } from './answers.ts'

/** Who asks, and whether they may ask now: the one place where tokens are looked at. */
export class Admission {
  readonly #partners: PartnerList | undefined
  readonly #limits = new RateLimits()
  /** The edge and what lies behind it ask about the same request. */
  readonly #known = new WeakMap<IncomingMessage, Reader>()
  readonly #counted = new WeakSet<IncomingMessage>()

  /** Without a list nobody is a partner. */
  constructor(partners?: PartnerList) {
    this.#partners = partners
  }

  readerOf(request: IncomingMessage): Reader {
    const { authorization } = request.headers
    // Most have none.
    if (authorization === undefined) return readerOf(undefined, undefined)
    const reader = this.#known.get(request) ?? readerOf(authorization, this.#partners)
    this.#known.set(request, reader)
    return reader
  }

  /**
   * Who asks; undefined where that is answered already: a token that is good for nothing is refused whatever is asked for,
   * and so is who asks too often. `say`: how it is told.
   */
  admit(request: IncomingMessage, response: ServerResponse, say = send): Reader | undefined {
    const reader = this.readerOf(request)
    if (reader.kind === 'refused') say(response, refused)
    else if (reader.kind === 'unsure') say(response, unsure)
    else if (reader.kind !== 'partner' || this.#counted.has(request)) return reader
    else {
      const allowance = this.#count(reader, request, response)
      if (allowance.isWithin) return reader
      say(response, tooMany(allowance))
    }
    return undefined
  }

  #count(
    { known }: Extract<Reader, { kind: 'partner' }>,
    request: IncomingMessage,
    response: ServerResponse,
  ): Allowance {
    const { partner } = known
    this.#counted.add(request)
    this.#partners?.noteUse(known)
    const allowance = this.#limits.take(partner)
    if (!allowance.isWithin) return allowance
    for (const [name, value] of Object.entries(fieldsOf(allowance))) response.setHeader(name, value)
    response.once('finish', () => {
      if (response.statusCode === 304) this.#limits.giveBack(partner)
    })
    return allowance
  }
}

/** RFC 6585, 4; the fields as in draft-ietf-httpapi-ratelimit-headers. */
function tooMany(allowance: Allowance): Answer {
  const answer = plain(429, 'These are more requests than were agreed on.', { 'Cache-Control': 'no-store' })
  const more = { 'Retry-After': String(allowance.reset), ...fieldsOf(allowance) }
  return { ...answer, headers: [...answer.headers, ...flat(more)] }
}

function fieldsOf({ limit, remaining, reset }: Allowance): Record<string, string> {
  return {
    'RateLimit-Policy': `"partner";q=${limit};w=${rateWindow}`,
    RateLimit: `"partner";r=${remaining};t=${reset}`,
  }
}
