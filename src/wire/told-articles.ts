import type { WireAction } from '../head.ts'
import type { Site } from '../site.ts'

/** How many bytes are kept, and milliseconds for which what is kept is not given up for others. */
const usual = { most: 48 << 20, least: 60_000 }

/** An article of a view as it is told, and what its head says beside that. */
export interface ToldArticle {
  /** As UTF-8. */
  json: Buffer
  version: number
  /** What the wire told of it last. */
  action: WireAction
  /** The correction that stands with it: its note as published, and when it was made. */
  corrected?: { note: string; at: string }
}

interface Kept {
  article: ToldArticle
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
  find(key: string, site: Site): ToldArticle | undefined {
    if (site !== this.#site) this.#clear(site)
    const kept = this.#kept.get(key)
    if (kept === undefined) return undefined
    // The newest stands last.
    this.#kept.delete(key)
    kept.at = this.#clock()
    this.#kept.set(key, kept)
    return kept.article
  }

  keep(key: string, site: Site, article: ToldArticle): void {
    const { most, least } = this.#limits
    const size = sizeOf(key, article)
    if (site !== this.#site || this.#kept.has(key) || size > most) return
    const now = this.#clock()
    for (const [oldest, kept] of this.#kept) {
      if (this.#size + size <= most) break
      if (now - kept.at < least) return
      this.#kept.delete(oldest)
      this.#size -= sizeOf(oldest, kept.article)
    }
    this.#kept.set(key, { article, at: now })
    this.#size += size
  }

  #clear(site: Site): void {
    this.#site = site
    this.#kept.clear()
    this.#size = 0
  }
}

function sizeOf(key: string, { json, corrected }: ToldArticle): number {
  return key.length + json.length + (corrected?.note.length ?? 0)
}
