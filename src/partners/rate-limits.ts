import type { Partner } from '../partner.ts'

/** What a partner may still ask. */
export interface Allowance {
  isWithin: boolean
  /** Requests. */
  limit: number
  remaining: number
  /** Seconds until one more is allowed, or until all are again. */
  reset: number
}

/** Seconds for which a rate counts. */
export const rateWindow = 60

interface Used {
  /** Of the rate, as of `at`. */
  requests: number
  /** Milliseconds. */
  at: number
}

/** How often each partner has asked this process within the last minute: what they used comes back evenly (a leaking bucket). */
export class RateLimits {
  readonly #clock: () => number
  readonly #used = new Map<string, Used>()

  /** `clock`: milliseconds. */
  constructor(clock: () => number = () => performance.now()) {
    this.#clock = clock
  }

  /** Counts a request, where it is allowed. */
  take({ name, rate }: Pick<Partner, 'name' | 'rate'>): Allowance {
    const used = this.#now(name, rate)
    const isWithin = used.requests + 1 <= rate
    if (isWithin) used.requests += 1
    const missing = isWithin ? used.requests : used.requests + 1 - rate
    const reset = Math.max(1, Math.ceil((missing / rate) * rateWindow))
    return { isWithin, limit: rate, remaining: Math.floor(rate - used.requests), reset }
  }

  /** Of a request that cost next to nothing, nine tenths are given back. */
  giveBack({ name, rate }: Pick<Partner, 'name' | 'rate'>): void {
    const used = this.#now(name, rate)
    used.requests = Math.max(0, used.requests - 0.9)
  }

  #now(name: string, rate: number): Used {
    const at = this.#clock()
    const before = this.#used.get(name) ?? { requests: 0, at }
    const back = ((at - before.at) / 1000 / rateWindow) * rate
    const used = { requests: Math.max(0, before.requests - back), at }
    this.#used.set(name, used)
    return used
  }
}
