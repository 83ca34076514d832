/** Somebody who may ask so often. */
export interface Limited {
  name: string
  /** Requests a minute. */
  rate: number
}

/** What they may still ask. */
export interface Allowance {
  isWithin: boolean
  /** Requests. */
  limit: number
  remaining: number
  /** Seconds until one more is allowed, or until all are again. */
  reset: number
}

/** Tells all other processes what was used here. Resolves to what is used in all. */
export type ShareUse = (use: Limited & { more: number; window: number }) => Promise<number>

/** Seconds for which a rate counts. */
export const rateWindow = 60

/** Milliseconds between two words to other processes: within them somebody may ask more than they should, of each. */
const betweenShares = 250

/** Who is kept in mind. Beyond it, those who came first are forgotten. */
const mostKnown = 100_000

interface Used {
  rate: number
  /** Of the rate, as of `at`. */
  requests: number
  /** Milliseconds. */
  at: number
  /** Of the requests, what no other process knows. */
  unshared: number
}

export interface RateLimitsOptions {
  /** Milliseconds. */
  clock?: () => number
  /** Absent: there are no other processes. */
  share?: ShareUse
}

/** How often each has asked within the last minute: what they used comes back evenly (a leaking bucket). */
export class RateLimits {
  readonly #clock: () => number
  readonly #share: ShareUse | undefined
  readonly #used = new Map<string, Used>()
  readonly #unshared = new Set<string>()
  #isSharing = false

  constructor({ clock = () => performance.now(), share }: RateLimitsOptions = {}) {
    this.#clock = clock
    this.#share = share
  }

  /** Counts a request, where it is allowed. */
  take({ name, rate }: Limited): Allowance {
    const used = this.#now(name, rate)
    const isWithin = used.requests + 1 <= rate
    if (isWithin) this.#add(name, used, 1)
    const missing = isWithin ? used.requests : used.requests + 1 - rate
    const reset = Math.max(1, Math.ceil((missing / rate) * rateWindow))
    return { isWithin, limit: rate, remaining: Math.max(0, Math.floor(rate - used.requests)), reset }
  }

  /** Of a request that cost next to nothing, nine tenths are given back. */
  giveBack({ name, rate }: Limited): void {
    this.#add(name, this.#now(name, rate), -0.9)
  }

  /** Tells other processes what was used here since it was told last, and learns what was used there. */
  async shared(): Promise<void> {
    const names = [...this.#unshared]
    this.#unshared.clear()
    await Promise.all(names.map(name => this.#shareOne(name)))
  }

  #add(name: string, used: Used, more: number): void {
    used.requests = Math.max(0, used.requests + more)
    if (this.#share === undefined) return
    used.unshared += more
    this.#unshared.add(name)
    if (this.#isSharing) return
    this.#isSharing = true
    setTimeout(() => {
      this.#isSharing = false
      void this.shared()
    }, betweenShares).unref()
  }

  async #shareOne(name: string): Promise<void> {
    const used = this.#used.get(name)
    if (used === undefined || this.#share === undefined) return
    const { rate, unshared: more } = used
    try {
      const all = await this.#share({ name, rate, more, window: rateWindow })
      used.unshared -= more
      used.requests = Math.max(0, all + used.unshared)
      used.at = this.#clock()
    } catch {
      // While Redis is away each process counts for itself.
      this.#unshared.add(name)
    }
  }

  #now(name: string, rate: number): Used {
    const at = this.#clock()
    const used = this.#used.get(name) ?? this.#meet(name, { rate, requests: 0, at, unshared: 0 })
    const back = ((at - used.at) / 1000 / rateWindow) * rate
    used.rate = rate
    used.requests = Math.max(0, used.requests - back)
    used.at = at
    return used
  }

  #meet(name: string, used: Used): Used {
    this.#used.set(name, used)
    const [first] = this.#used.keys()
    if (this.#used.size > mostKnown && first !== undefined) this.#used.delete(first)
    return used
  }
}
