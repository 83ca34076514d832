import type { Ref } from '../article.ts'
import type { Head, WireAction } from '../head.ts'
import type { RedisClient } from './redis/connect.ts'
import { decodeHead } from './head-text.ts'
import { keys } from './keys.ts'
import { Script } from './redis/script.ts'

/** The last change of an article, and the article as it is now. */
export interface WireChange {
  position: number
  ref: Ref
  /** For the feed that was asked for: what has left it is withheld from it. */
  action: WireAction
  head: Head
  version: number
  /** Milliseconds since 1970, in whole seconds; absent where it is not kept any more. */
  at?: number
}

/** A stretch of positions that one run of Redis gave out, unbroken. */
export interface Incarnation {
  name: string
  /** The newest position that it found when it began: whatever the run before confirmed beyond it is lost. */
  found: number
  /** Milliseconds since 1970; 0 where it is not known. */
  began: number
}

/** What stood on the wire at one moment. */
export interface WirePage {
  /** Oldest first; none in a store where nothing was declared. */
  incarnations: Incarnation[]
  /** The newest position. */
  position: number
  changes: WireChange[]
}

const changes = new Script('sorted', 'places', 'changes')
const lastOf = new Script('sorted', 'last')

/** Articles of which one script reads the heads: a few milliseconds. */
const mostAtOnce = 1000

/** Every article by its last change: states, not events, so that nothing has to be kept to be told again. */
export class Wire {
  readonly #redis: RedisClient

  constructor(redis: RedisClient) {
    this.#redis = redis
  }

  async epoch(): Promise<string> {
    return (await this.#redis.get(keys.epoch)) ?? ''
  }

  /** The newest position; 0 for an empty wire. */
  async position(): Promise<number> {
    return Number((await this.#redis.get(keys.position)) ?? 0)
  }

  /** The same, with the name of its incarnation; '' before the first. */
  async newest(): Promise<{ position: number; incarnation: string }> {
    const [position, last] = await Promise.all([this.position(), this.#redis.lindex(keys.incarnations, -1)])
    return { position, incarnation: last === null ? '' : readIncarnation(last).name }
  }

  async incarnations(): Promise<Incarnation[]> {
    return (await this.#redis.lrange(keys.incarnations, 0, -1)).map(readIncarnation)
  }

  /** What changed after a position, in order: each article once, as it is now. */
  async after(position: number, limit: number, feed = ''): Promise<WireChange[]> {
    return (await this.page(position, limit, feed)).changes
  }

  /** The same, with all that a cursor is checked by. Of one feed also what has left it. */
  async page(position: number, limit: number, feed = ''): Promise<WirePage> {
    const page = await this.#piece(position, Math.min(limit, mostAtOnce), feed)
    const last = page.changes.at(-1)
    if (last === undefined || limit <= mostAtOnce || page.changes.length < mostAtOnce) return page
    const rest = await this.page(last.position, limit - mostAtOnce, feed)
    return { ...rest, changes: [...page.changes, ...rest.changes] }
  }

  async #piece(position: number, limit: number, feed: string): Promise<WirePage> {
    const answer = (await changes.run(this.#redis, keys.heads, [feed, position, limit])) as [
      string[],
      string,
      string[],
      (string | null)[],
      (string | null)[],
      number[],
    ]
    const [incarnations, newest, flat, heads, anywhere, held] = answer
    const found = heads.flatMap((text, i) => {
      if (text === null) return []
      const [ref, at] = [flat[2 * i]!, Number(flat[2 * i + 1])]
      const head = decodeHead(text)
      const action = actionOf(head, { held: held[i] === 1, byRule: at > Number(anywhere[i] ?? 0) })
      return [{ position: at, ref, action, head, version: head.version }]
    })
    const moments = await Promise.all(found.map(change => this.#momentOf(change.position)))
    return {
      incarnations: incarnations.map(readIncarnation),
      position: Number(newest),
      changes: found.map((change, i) => ({ ...change, ...moments[i] })),
    }
  }

  /** The position behind which `count` changes are the last. */
  async beforeLast(count: number, feed = ''): Promise<number> {
    const set = feed === '' ? keys.told : keys.toldOf(feed)
    const score = await lastOf.run(this.#redis, keys.heads, [set, count])
    return score === null ? 0 : Number(score) - 1
  }

  /** The last position that was given out before a moment (milliseconds since 1970). */
  async before(moment: number): Promise<number> {
    let [low, high] = [0, await this.#redis.zcard(keys.moments)]
    const scoreAt = async (rank: number) => this.#redis.zrange(keys.moments, String(rank), String(rank), 'WITHSCORES')
    while (low < high) {
      const middle = (low + high) >> 1
      const [second] = await scoreAt(middle)
      if (Number(second) * 1000 < moment) low = middle + 1
      else high = middle
    }
    return low === 0 ? 0 : Number((await scoreAt(low - 1))[1])
  }

  async #momentOf(position: number): Promise<{ at?: number }> {
    const [second] = await this.#redis.zrange(keys.moments, String(position), '+inf', 'BYSCORE', 'LIMIT', 0, 1)
    return second === undefined ? {} : { at: Number(second) * 1000 }
  }
}

/** `byRule`: the feed's rule has changed since, and not the article. */
function actionOf({ pubStatus, action }: Head, { held, byRule }: { held: boolean; byRule: boolean }): WireAction {
  if (pubStatus === 'canceled') return 'kill'
  if (!held || pubStatus === 'withheld') return 'withhold'
  return byRule ? 'publish' : (action ?? 'publish')
}

export function readIncarnation(text: string): Incarnation {
  const [name = '', found, , began] = text.split(' ')
  return { name, found: Number(found), began: Number(began) * 1000 }
}
