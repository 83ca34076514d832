import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Parcel, Way } from '../../parcel.ts'
import type { Ledger } from '../../partners/ledger.ts'
import type { PartnerList } from '../../partners/partner-list.ts'
import { RateLimits, rateWindow, type Allowance, type ShareUse } from '../../partners/rate-limits.ts'
import { readerOf, type Reader } from '../../partners/reader.ts'
import { clientAddress } from './client-address.ts'
import { flat, plain, refused, send, unsure, type Answer } from './answers.ts'

/** Notes that something is given to a partner, and lets it leave after that. */
export type Give = (way: Way, parcel: Parcel, leave: () => void) => void

export interface AdmissionOptions {
  partners?: PartnerList
  ledger?: Ledger
  /** Tells other processes how much partners ask of this one. */
  share?: ShareUse
}

/** Requests a minute of one address without a token, for what costs more than a look-up: more than a person or a reader makes. */
const ratePerAddress = 1200

/** Who asks, and whether they may ask now: the one place where tokens are looked at. */
export class Admission {
  readonly #partners: PartnerList | undefined
  readonly #ledger: Ledger | undefined
  readonly #limits: RateLimits
  /** Of those without a token. */
  readonly #addresses = new RateLimits()
  /** The edge and what lies behind it ask about the same request. */
  readonly #known = new WeakMap<IncomingMessage, Reader>()
  readonly #counted = new WeakSet<IncomingMessage>()

  /** Without a list nobody is a partner. */
  constructor({ partners, ledger, share }: AdmissionOptions = {}) {
    this.#partners = partners
    this.#ledger = ledger
    this.#limits = new RateLimits({ ...(share && { share }) })
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

  /** The same for what costs more than a look-up: whoever has no token is counted by address. */
  admitCounted(request: IncomingMessage, response: ServerResponse, say = send): Reader | undefined {
    const reader = this.admit(request, response, say)
    const address = reader?.kind === 'anyone' ? clientAddress(request) : undefined
    if (address === undefined) return reader
    const allowance = this.#addresses.take({ name: address, rate: ratePerAddress })
    if (allowance.isWithin) return reader
    say(response, tooMany(allowance, 'address'))
    return undefined
  }

  /** Undefined where nobody keeps count of what the reader is given: without a token. */
  giveTo(reader: Reader): Give | undefined {
    const ledger = this.#ledger
    if (ledger === undefined || reader.kind !== 'partner') return undefined
    const { name } = reader.known.partner
    return (way, parcel, leave) => ledger.give(name, way, parcel, leave)
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
function tooMany(allowance: Allowance, policy = 'partner'): Answer {
  const answer = plain(429, 'These are more requests than were agreed on.', { 'Cache-Control': 'no-store' })
  const more = { 'Retry-After': String(allowance.reset), ...fieldsOf(allowance, policy) }
  return { ...answer, headers: [...answer.headers, ...flat(more)] }
}

function fieldsOf({ limit, remaining, reset }: Allowance, policy = 'partner'): Record<string, string> {
  return {
    'RateLimit-Policy': `"${policy}";q=${limit};w=${rateWindow}`,
    RateLimit: `"${policy}";r=${remaining};t=${reset}`,
  }
}
