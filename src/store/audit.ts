import { promisify } from 'node:util'
import { deflateRaw, deflateRawSync, inflateRawSync } from 'node:zlib'
import type { Instant, Ref } from '../article.ts'
import { nameOf, type Giving, type Parcel, type Way } from '../parcel.ts'
import { keys } from './keys.ts'
import type { RedisClient } from './redis/connect.ts'
import { Script } from './redis/script.ts'

/** An article in a partner's hands. */
export interface Given {
  partner: string
  ref: Ref
  version: number
  way: Way
  /** Milliseconds since 1970. */
  at: number
}

/** What an operator did. */
export interface Act {
  at: Instant
  /** Who. */
  operator: string
  /** `kill`, `partner set`. */
  act: string
  /** An article's uri, or a partner's name. */
  about: string
  before?: string
  after?: string
  reason?: string
}

/** Of a journal (`store/local/journal.ts`): what its lines up to a number say. */
export interface Told {
  journal: string
  number: number
  givings: readonly Giving[]
}

/** As a parcel is kept: whole, or by what is other than in one before. */
type Kept = { whole: Parcel['articles'] } | { base: string; put: Parcel['articles']; drop: Ref[] }

/** Lines as they are kept, of one list. */
type Lines = [at: number, partner: string, way: Way, parcel: string][]

const add = new Script('audit')
const deflate = promisify(deflateRaw)

const day = 86_400_000

/** Parcels in a row of which each is told by the one before. */
const longestRow = 50

/** Acts that are kept; those of years. */
const mostActs = 100_000

/** Who was given what, how and when: a line each, packed, in a list for each day, which is dropped as a whole. */
export class Audit {
  readonly #redis: RedisClient
  /** By series and month: the parcel that was kept last. */
  readonly #last = new Map<string, { id: string; row: number; parcel: Parcel }>()

  constructor(redis: RedisClient) {
    this.#redis = redis
  }

  /** Adds what lines of a journal say; once, however often it is told. `keep` in milliseconds. */
  async add({ journal, number, givings }: Told, keep: number): Promise<void> {
    for (const [date, ofDay] of byDay(givings)) {
      const month = date.slice(0, 7)
      const parcels = new Map<string, Kept>()
      const lines = ofDay.map(({ at, partner, way, parcel }) => [at, partner, way, this.#name(parcel, month, parcels)])
      const packed = await deflate(JSON.stringify(lines))
      const dayEnd = seconds(keep + 2 * day)
      // What refers to a parcel is of the same month.
      const monthEnd = seconds(keep + 33 * day)
      const kept = [...parcels].flatMap(([id, each]) => [keys.parcels(month), id, pack(each), monthEnd])
      // A list for each day, and a line of a journal is of one.
      const args = [`${journal} ${date}`, number, date, packed, dayEnd, ...kept]
      await add.run(this.#redis, keys.journals, args).catch((error: unknown) => {
        // Nobody knows what of it is there.
        this.#last.clear()
        throw error
      })
    }
  }

  /** Up to which line of a journal it is told. */
  async numberOf(journal: string): Promise<number> {
    const told = Object.entries(await this.#redis.hgetall(keys.journals))
    return Math.max(0, ...told.flatMap(([name, number]) => (name.startsWith(`${journal} `) ? Number(number) : [])))
  }

  /** Nothing more comes of this journal. */
  async close(journal: string): Promise<void> {
    const names = (await this.#redis.hkeys(keys.journals)).filter(name => name.startsWith(`${journal} `))
    if (names.length > 0) await this.#redis.hdel(keys.journals, ...names)
  }

  /** Oldest first. `since` in milliseconds. */
  async *given(since: number, wanted: { partner?: string; ref?: Ref } = {}): AsyncGenerator<Given> {
    const parcels = new Parcels(this.#redis)
    for (const date of (await this.#redis.smembers(keys.givenDays)).toSorted()) {
      if (Date.parse(date) + day <= since) continue
      for await (const lines of this.#linesOf(date)) {
        for (const [at, partner, way, id] of lines) {
          if (at < since || (wanted.partner !== undefined && partner !== wanted.partner)) continue
          for (const [ref, version] of await parcels.articles(date.slice(0, 7), id)) {
            if (wanted.ref === undefined || ref === wanted.ref) yield { partner, ref, version, way, at }
          }
        }
      }
    }
  }

  async addAct(act: Act): Promise<void> {
    await this.#redis.rpush(keys.acts, JSON.stringify(act))
    await this.#redis.ltrim(keys.acts, -mostActs, -1)
  }

  /** Oldest first. `since` in milliseconds. */
  async acts(since = 0): Promise<Act[]> {
    const acts = (await this.#redis.lrange(keys.acts, 0, -1)).map(text => JSON.parse(text) as Act)
    return acts.filter(({ at }) => Date.parse(at) >= since)
  }

  async *#linesOf(date: string): AsyncGenerator<Lines> {
    const step = 200
    for (let at = 0; ; at += step) {
      const blobs = await this.#redis.lrangeBuffer(keys.given(date), at, at + step - 1)
      for (const blob of blobs) yield JSON.parse(inflateRawSync(blob).toString()) as Lines
      if (blobs.length < step) return
    }
  }

  /** What a parcel is called; noted in `parcels` where this process does not know that it is kept. */
  #name(parcel: Parcel, month: string, parcels: Map<string, Kept>): string {
    const id = nameOf(parcel)
    const series = `${month} ${parcel.series ?? ''}`
    const last = parcel.series === undefined ? undefined : this.#last.get(series)
    if (last?.id === id) return id
    const kept = last && last.row < longestRow ? changed(last, parcel) : { whole: parcel.articles }
    parcels.set(id, kept)
    if (parcel.series !== undefined)
      this.#last.set(series, { id, row: 'whole' in kept ? 0 : (last?.row ?? 0) + 1, parcel })
    return id
  }
}

/** Parcels as they were kept, read when they are asked for. */
class Parcels {
  readonly #redis: RedisClient
  readonly #known = new Map<string, Promise<Parcel['articles']>>()

  constructor(redis: RedisClient) {
    this.#redis = redis
  }

  articles(month: string, id: string): Promise<Parcel['articles']> {
    const known = this.#known.get(id) ?? this.#read(month, id)
    this.#known.set(id, known)
    return known
  }

  async #read(month: string, id: string): Promise<Parcel['articles']> {
    const packed = await this.#redis.hgetBuffer(keys.parcels(month), id)
    if (packed === null) return []
    const kept = JSON.parse(inflateRawSync(packed).toString()) as Kept
    if ('whole' in kept) return kept.whole
    const versions = new Map(await this.articles(month, kept.base))
    for (const ref of kept.drop) versions.delete(ref)
    for (const [ref, version] of kept.put) versions.set(ref, version)
    return [...versions]
  }
}

function pack(kept: Kept): Buffer {
  return deflateRawSync(JSON.stringify(kept))
}

/** What has to be said of a parcel beside one before it. */
function changed({ id, parcel: before }: { id: string; parcel: Parcel }, { articles }: Parcel): Kept {
  const were = new Map(before.articles)
  const are = new Map(articles)
  return {
    base: id,
    put: articles.filter(([ref, version]) => were.get(ref) !== version),
    drop: [...were.keys()].filter(ref => !are.has(ref)),
  }
}

function byDay(givings: readonly Giving[]): Map<string, Giving[]> {
  const days = new Map<string, Giving[]>()
  for (const giving of givings) {
    if (giving.parcel.articles.length === 0) continue
    const date = new Date(giving.at).toISOString().slice(0, 10)
    const others = days.get(date)
    if (others === undefined) days.set(date, [giving])
    else others.push(giving)
  }
  return days
}

function seconds(milliseconds: number): number {
  return Math.ceil(milliseconds / 1000)
}
