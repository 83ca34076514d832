import type { Ref } from '../article.ts'
import type { Holders } from './holders.ts'
import { keys } from './keys.ts'
import type { RedisClient } from './redis/connect.ts'
import { Script } from './redis/script.ts'

/** An article that was taken away, and the position on the wire at which that was. */
export interface Away {
  ref: Ref
  position: number
}

/** What a holder of it knows. */
export interface Telling {
  state: 'told' | 'confirmed'
  /** Milliseconds since 1970. */
  at: number
}

/** A partner has read a feed up to a position. */
export interface Passing {
  partner: string
  /** Absent: all that is the partner's. */
  feed?: string
  position: number
  /** Milliseconds since 1970. */
  at: number
}

const ever = new Script('places', 'ever')

/** Articles that are looked up at a time. */
const atOnce = 500

/** What was taken away, and which of those who hold it have been told. */
export class Tellings {
  readonly #redis: RedisClient
  readonly #holders: Holders

  constructor(redis: RedisClient, holders: Holders) {
    this.#redis = redis
    this.#holders = holders
  }

  /** Where on the wire the article was taken away; undefined where it is there, or never was. */
  async position(ref: Ref): Promise<number | undefined> {
    const score = await this.#redis.zscore(keys.away, ref)
    return score === null ? undefined : Number(score)
  }

  /** Newest first, those before a position. */
  async before(position: number, limit: number): Promise<Away[]> {
    const flat = await this.#redis.zrange(
      keys.away,
      `(${position}`,
      '-inf',
      'BYSCORE',
      'REV',
      'LIMIT',
      0,
      limit,
      'WITHSCORES',
    )
    return pairsOf(flat)
  }

  /** By partner. */
  async of({ ref, position }: Away): Promise<Map<string, Telling>> {
    const prefix = `${position} `
    const found = Object.entries(await this.#redis.hgetall(keys.tellings(ref)))
    return new Map(
      found.flatMap(([field, text]) => {
        if (!field.startsWith(prefix)) return []
        const [state, at] = text.split(' ') as [Telling['state'], string]
        return [[field.slice(prefix.length), { state, at: Number(at) }] as const]
      }),
    )
  }

  /** `at` in milliseconds since 1970. False: it was confirmed before. */
  async confirm({ ref, position }: Away, partner: string, at: number): Promise<boolean> {
    const field = `${position} ${partner}`
    if ((await this.#redis.hget(keys.tellings(ref), field))?.startsWith('confirmed') === true) return false
    await this.#redis.hset(keys.tellings(ref), field, `confirmed ${at}`)
    return true
  }

  /** Notes of what was taken away that a partner was told, where they hold it. */
  async note(partner: string, told: readonly Away[], at: number): Promise<void> {
    for (let from = 0; from < told.length; from += atOnce) {
      const piece = told.slice(from, from + atOnce)
      const held = await this.#holders.heldBy(
        partner,
        piece.map(({ ref }) => ref),
      )
      await Promise.all(
        piece.flatMap(({ ref, position }) =>
          held.has(ref) ? [this.#redis.hsetnx(keys.tellings(ref), `${position} ${partner}`, `told ${at}`)] : [],
        ),
      )
    }
  }

  /** Whoever asks behind a position has been told all up to there. */
  async pass(passings: readonly Passing[]): Promise<void> {
    if (passings.length === 0) return
    const fields = passings.map(markOf)
    const marks = (await this.#redis.hmget(keys.marks, ...fields)).map(Number)
    const on = passings.flatMap((passing, i) => (passing.position > marks[i]! ? [{ ...passing, mark: marks[i]! }] : []))
    if (on.length === 0) return
    const [first, last] = [Math.min(...on.map(({ mark }) => mark)), Math.max(...on.map(({ position }) => position))]
    const away = pairsOf(await this.#redis.zrange(keys.away, `(${first}`, String(last), 'BYSCORE', 'WITHSCORES'))
    for (const { partner, feed, mark, position, at } of on) {
      const told = away.filter(each => each.position > mark && each.position <= position)
      await this.note(partner, feed === undefined ? told : await this.#everIn(feed, told), at)
    }
    const read = on.flatMap(passing => [markOf(passing), passing.position])
    await this.#redis.hset(keys.marks, ...read)
  }

  /** Of what a feed never held, who reads it is not told. */
  async #everIn(feed: string, away: readonly Away[]): Promise<Away[]> {
    if (away.length === 0) return []
    const args = [feed, ...away.map(({ ref }) => ref)]
    const answers = (await ever.run(this.#redis, keys.heads, args)) as number[]
    return away.filter((_each, at) => answers[at] === 1)
  }
}

/** Names a feed, or all, in a partner's hands. */
function markOf({ partner, feed = '*' }: Passing): string {
  return `${partner} ${feed}`
}

function pairsOf(flat: readonly string[]): Away[] {
  return Array.from({ length: flat.length / 2 }, (_, i) => ({ ref: flat[2 * i]!, position: Number(flat[2 * i + 1]) }))
}
