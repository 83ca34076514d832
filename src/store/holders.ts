import type { Ref } from '../article.ts'
import type { Giving } from '../parcel.ts'
import { keys } from './keys.ts'
import type { RedisClient } from './redis/connect.ts'
import { Script } from './redis/script.ts'

/** Who was ever given an article. */
export interface Holder {
  partner: string
  /** The highest that they were given. */
  version: number
}

const merge = new Script('holders')
const number = new Script('number')

/** Bytes of a holder, and of their number in it (lua/holders.lua). */
const holderBytes = 5
const numberBytes = 2

/** Who was ever given which article, in a few bytes each, for ever: also what partners hold who are no longer. */
export class Holders {
  readonly #redis: RedisClient
  /** By name: they never change. */
  readonly #numbers = new Map<string, number>()

  constructor(redis: RedisClient) {
    this.#redis = redis
  }

  async add(givings: readonly Giving[]): Promise<void> {
    const versions = versionsIn(givings)
    if (versions.size === 0) return
    const numbers = await this.#numbersOf([...new Set(givings.map(({ partner }) => partner))])
    const pieces = new Map<string, (string | number)[]>()
    for (const [ref, holders] of versions) {
      const key = keys.holders(ref)
      const args = pieces.get(key) ?? []
      pieces.set(key, args)
      args.push(ref, holders.size, ...[...holders].flatMap(([name, version]) => [numbers.get(name)!, version]))
    }
    await Promise.all([...pieces].map(([key, args]) => merge.run(this.#redis, key, args)))
  }

  /** In the order of their names. */
  async of(ref: Ref): Promise<Holder[]> {
    const [bytes, numbers] = await Promise.all([
      this.#redis.hgetBuffer(keys.holders(ref), ref),
      this.#redis.hgetall(keys.holderNumbers),
    ])
    const names = new Map(Object.entries(numbers).map(([name, each]) => [Number(each), name]))
    return decode(bytes)
      .flatMap(([each, version]) => (names.has(each) ? [{ partner: names.get(each)!, version }] : []))
      .toSorted((a, b) => (a.partner < b.partner ? -1 : 1))
  }

  /** Those of the articles that a partner was ever given. */
  async heldBy(partner: string, refs: readonly Ref[]): Promise<Set<Ref>> {
    const [own] = (await this.#redis.hmget(keys.holderNumbers, partner)).map(text =>
      text === null ? -1 : Number(text),
    )
    if (own === undefined || own < 0) return new Set()
    // Asked in one turn of the event loop: they travel as one.
    const all = await Promise.all(refs.map(ref => this.#redis.hgetBuffer(keys.holders(ref), ref)))
    return new Set(refs.filter((_ref, at) => decode(all[at] ?? null).some(([each]) => each === own)))
  }

  async #numbersOf(names: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const missing = names.filter(name => !this.#numbers.has(name))
    if (missing.length > 0) {
      const found = (await number.run(this.#redis, keys.holderNumbers, missing)) as number[]
      for (const [at, name] of missing.entries()) this.#numbers.set(name, found[at]!)
    }
    return this.#numbers
  }
}

/** By article, then by partner: the highest version. */
function versionsIn(givings: readonly Giving[]): Map<Ref, Map<string, number>> {
  const versions = new Map<Ref, Map<string, number>>()
  for (const { partner, parcel } of givings) {
    for (const [ref, version] of parcel.articles) {
      const holders = versions.get(ref) ?? new Map<string, number>()
      versions.set(ref, holders)
      holders.set(partner, Math.max(version, holders.get(partner) ?? 0))
    }
  }
  return versions
}

function decode(bytes: Buffer | null): [number: number, version: number][] {
  if (bytes === null) return []
  return Array.from({ length: bytes.length / holderBytes }, (_, at) => {
    const start = at * holderBytes
    return [bytes.readUIntBE(start, numberBytes), bytes.readUIntBE(start + numberBytes, holderBytes - numberBytes)]
  })
}
