import type { Site } from '../site.ts'

/** How many bytes are kept, and milliseconds for which what is kept is not given up for others. */
const usual = { most: 48 << 20, least: 60_000 }

interface Kept {
  json: Buffer
  at: number
}

/**
 * Articles as they were told, by all that went into that: one that many read from nothing is unpacked and written once. What is kept stays a
 * while: of a wire that is too long for it, read again and again, else never anything would be left by the time that it is asked for.
 */
export class ToldArticles {
  readonly #kept = new Map<string, Kept>()
  readonly #limits: typeof usual
  readonly #clock: () => number
  #site: Site | undefined
  #size = 0

  /** `clock`: milliseconds. */
  constructor(limits: Partial<typeof usual> = {}, clock: () => number = () => performance.now()) {
    this.#limits = { ...usual, ...limits }
    this.#clock = clock
  }

  /** `key` names an article's head, what is granted of it and in what form. */
  find(key: string, site: Site): Buffer | undefined {
    if (site !== this.#site) this.#clear(site)
    const kept = this.#kept.get(key)
    if (kept === undefined) return undefined
    // The newest stands last.
    this.#kept.delete(key)
    kept.at = this.#clock()
    this.#kept.set(key, kept)
    return kept.json
  }

  keep(key: string, site: Site, json: Buffer): void {
    const { most, least } = this.#limits
    const size = key.length + json.length
    if (site !== this.#site || this.#kept.has(key) || size > most) return
    const now = this.#clock()
    for (const [oldest, { json: text, at }] of this.#kept) {
      if (this.#size + size <= most) break
      if (now - at < least) return
      this.#kept.delete(oldest)
      this.#size -= oldest.length + text.length
    }
    this.#kept.set(key, { json, at: now })
    this.#size += size
  }

  #clear(site: Site): void {
    this.#site = site
    this.#kept.clear()
    this.#size = 0
  }
}
