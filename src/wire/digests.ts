import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { uriOf, type Ref } from '../article.ts'
import type { Store } from '../store/store.ts'
import { beginnings, type Views } from '../store/views.ts'
import { lookAt, type Gone, type Look, type Question } from './looking.ts'
import { Refused } from './refused.ts'
import { encodePlace } from './view-cursor.ts'
import { areAlike, feedsOf, type View } from './view.ts'

/** What a view holds at one place. */
export interface Digest {
  cursor: string
  /** Articles. */
  count: number
  /**
   * For each article of the view the SHA-256 of `URI VERSION PUBSTATUS` (as the wire gave them, with a space between, UTF-8), read as a number,
   * most significant byte first; the sum of these, modulo 2^256, as 64 hexadecimal digits.
   */
  digest: string
  /** It was the same at all positions from this one to the cursor's. */
  since: number
  position: number
}

/** Of the articles whose keys begin alike. */
interface Part {
  sum: bigint
  count: number
}

interface Kept {
  view: View
  /** Up to which changes are counted in. */
  cursor: string
  since: number
  parts: ReadonlyMap<string, Part>
}

export type DigestQuestion = Pick<Question, 'who' | 'feeds'>

/** Views of which the parts are kept, about 100 kB each. */
const mostKept = 64

/** Parts that are counted at the same time. */
const partsAtOnce = 64

/** Changes that are looked at in one go. */
const changesAtOnce = 500

const modulus = 1n << 256n

/** How often a digest is brought up to date before the wire is said to be too busy for one. */
const attempts = 50

/**
 * Digests of views, brought up to date by what has changed since: the parts in which something did are counted anew. So the first of a view costs
 * a walk through the places of all articles, in pieces of a few milliseconds, and each one after that next to nothing.
 */
export class Digests {
  readonly #parts: { store: Store; gone: Gone }
  readonly #kept = new Map<string, Kept>()

  constructor(parts: { store: Store; gone: Gone }) {
    this.#parts = parts
  }

  /**
   * `key` names the caller and its feeds; to be asked one at a time for a key. Undefined while a feed is being filled by a new rule, or where
   * the wire does not hold still. Throws `Refused`; rejects while Redis cannot be asked.
   */
  async of(key: string, question: DigestQuestion): Promise<Digest | undefined> {
    await this.#parts.gone.inForce()
    for (let left = attempts; left > 0; left--) {
      const kept = this.#kept.get(key) ?? (await this.#begin(question))
      this.#kept.delete(key)
      if (kept === undefined) continue
      const look = await this.#lookBehind(kept, question)
      if (look === undefined) continue
      const next = await this.#bring(kept, look)
      if (next === undefined) continue
      this.#keep(key, next)
      // What was counted after its change was looked at is right once nothing more has changed.
      if (look.changes.length > 0 || look.more) continue
      return look.isFilling ? undefined : digestOf(next, look)
    }
    return undefined
  }

  /** All that the view holds, with a cursor from before it was counted. */
  async #begin(question: DigestQuestion): Promise<Kept | undefined> {
    const { view, rules, incarnation, position } = await lookAt({ ...question, limit: 1 }, this.#parts)
    const parts = await count(beginnings, { view, rules }, this.#parts.store.views)
    return parts && { view, cursor: encodePlace({ incarnation, position }, view.binding), since: position, parts }
  }

  /** Undefined where the view is another by now, or the store. */
  async #lookBehind({ view, cursor }: Kept, question: DigestQuestion): Promise<Look | undefined> {
    try {
      const look = await lookAt({ ...question, after: cursor, limit: changesAtOnce }, this.#parts)
      return areAlike(look.view, view) ? look : undefined
    } catch (error) {
      if (error instanceof Refused && (error.why === 'lost' || error.why === 'parameter')) return undefined
      throw error
    }
  }

  async #bring(kept: Kept, look: Look): Promise<Kept | undefined> {
    const changed = [...new Set(look.changes.map(({ ref }) => beginningOf(ref)))]
    const { view, cursor } = look
    if (changed.length === 0) return { ...kept, view, cursor }
    const counted = await count(changed, look, this.#parts.store.views)
    return counted && { view, cursor, since: look.place.position, parts: new Map([...kept.parts, ...counted]) }
  }

  #keep(key: string, kept: Kept): void {
    this.#kept.set(key, kept)
    const [oldest] = this.#kept.keys()
    if (this.#kept.size > mostKept && oldest !== undefined) this.#kept.delete(oldest)
  }
}

function digestOf({ parts, since }: Kept, { cursor, place: { position } }: Look): Digest {
  let [sum, total] = [0n, 0]
  for (const part of parts.values()) {
    sum += part.sum
    total += part.count
  }
  return { cursor, count: total, digest: (sum % modulus).toString(16).padStart(64, '0'), since, position }
}

/** How its key begins. */
function beginningOf(ref: Ref): string {
  return ref.slice(ref.indexOf('/') + 1).slice(0, 2)
}

/** Undefined where the definitions are others by now. */
async function count(
  wanted: readonly string[],
  { view, rules }: Pick<Look, 'view' | 'rules'>,
  views: Views,
): Promise<Map<string, Part> | undefined> {
  const feeds = feedsOf(view).map(({ name }) => name)
  const parts = new Map<string, Part>()
  while (parts.size < wanted.length) {
    const next = wanted.slice(parts.size, parts.size + partsAtOnce)
    const held = await views.holdings(rules.revision, feeds, next)
    if (held === undefined) return undefined
    for (const [at, articles] of held.entries()) {
      let sum = 0n
      for (const { ref, version } of articles) sum += numberOf(`${uriOf(rules.site.authority, ref)} ${version} usable`)
      parts.set(next[at]!, { sum, count: articles.length })
    }
    // Others have their turn.
    await setImmediate()
  }
  return parts
}

function numberOf(text: string): bigint {
  return BigInt(`0x${createHash('sha256').update(text).digest('hex')}`)
}
