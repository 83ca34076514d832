import type { Instant } from '../article.ts'
import type { RedisClient } from './redis/connect.ts'
import { FieldReader } from './redis/field-reader.ts'
import { keys } from './keys.ts'

/** What is remembered of a file, so that it is read again only when it changed. */
export interface FileRecord {
  /** Of its source's settings and its own state when it was read: `SETTINGS:STATE`; '' where it has to be read as if it were new. */
  signature: string
  /** SHA-256 of its bytes. */
  digest: string
  /** Of the articles that it gave. A reject has some where earlier bytes gave them. */
  keys: string[]
  /** Names of the rejects that it gave: its path, or `PATH#ITEM` for one of its articles. */
  rejects: string[]
  /** Since when the file is missed. */
  goneSince?: Instant
  /** Where it was first seen, if that was another path: what has no id of its own is known by it. */
  firstPath?: string
}

/** An input that could not become an article. */
export interface Reject {
  source: string
  /** Relative to the source's folder, or a URL; with `#ITEM` for one article of several. */
  file: string
  reason: string
  /** Counted from 1, where it is known. */
  line?: number
  since: Instant
  /** The file that it gives way to, with the digest of its bytes then: when they change or go, it is looked at again. */
  givesWayTo?: { file: string; digest: string }
  /** By what it was taken away with another article (`Takedown.binds`): once that is released, it is looked at again. */
  takenDown?: string
}

/** What was read of a file in spite of a fault. */
export interface FileWarnings {
  /** `item`: of several articles, which; counted from 1. */
  warnings: { warning: string; item?: number }[]
  since: Instant
}

export function encodeWarnings({ warnings, since }: FileWarnings): string {
  return JSON.stringify({ warnings, since })
}

/** The last round of a source. */
export interface Round {
  finished: Instant
  counts: Record<string, number>
  /** Why it failed, where it did. */
  error?: string
  /** When a round last went through to its end. */
  succeeded?: Instant
}

export function encodeFile({ signature, digest, keys: articles, rejects, goneSince, firstPath }: FileRecord): string {
  const seldom = [rejects.length > 0 ? rejects : null, goneSince ?? null, firstPath ?? null]
  const last = seldom.findLastIndex(value => value !== null)
  return JSON.stringify([signature, digest, articles, ...seldom.slice(0, last + 1)])
}

/** What stands for a file of which nothing is known. */
export const emptyFile = encodeFile({ signature: '', digest: '', keys: [], rejects: [] })

export function decodeFile(text: string): FileRecord {
  const [signature, digest, articles, rejects, goneSince, firstPath] = JSON.parse(text) as Encoded
  const seldom = { ...(goneSince && { goneSince }), ...(firstPath && { firstPath }) }
  return { signature, digest, keys: articles, rejects: rejects ?? [], ...seldom }
}

type Encoded = [
  signature: string,
  digest: string,
  keys: string[],
  rejects?: string[] | null,
  goneSince?: Instant | null,
  firstPath?: string,
]

/** What is known of the files of each source. Articles' files are changed by `Commits`. */
export class Files {
  readonly #redis: RedisClient
  readonly #fields: FieldReader

  constructor(redis: RedisClient) {
    this.#redis = redis
    this.#fields = new FieldReader(redis)
  }

  /** Encoded records in the order of the paths; null where a path is new. */
  records(source: string, paths: readonly string[]): Promise<(string | null)[]> {
    return paths.length === 0 ? Promise.resolve([]) : this.#redis.hmget(keys.files(source), ...paths)
  }

  record(source: string, path: string): Promise<string | null> {
    return this.#fields.read(keys.files(source), path)
  }

  goneRecord(source: string, path: string): Promise<string | null> {
    return this.#fields.read(keys.gone(source), path)
  }

  /** The path that stands for these bytes. */
  pathOfBytes(source: string, digest: string): Promise<string | null> {
    return this.#fields.read(keys.bytes(source), digest)
  }

  count(source: string): Promise<number> {
    return this.#redis.hlen(keys.files(source))
  }

  /** Every remembered path with its encoded record, in pieces, in no order. */
  async *all(source: string): AsyncGenerator<[path: string, record: string][]> {
    yield* scanHash(this.#redis, keys.files(source))
  }

  /** The same of the files that are gone. */
  async *allGone(source: string): AsyncGenerator<[path: string, record: string][]> {
    yield* scanHash(this.#redis, keys.gone(source))
  }

  /** Forgets a file that is gone. */
  async forgetGone(source: string, path: string): Promise<void> {
    await this.#redis.hdel(keys.gone(source), path)
  }

  async reject(source: string, path: string): Promise<Reject | undefined> {
    const text = await this.#fields.read(keys.rejects(source), path)
    return text === null ? undefined : (JSON.parse(text) as Reject)
  }

  async rejects(source: string): Promise<Reject[]> {
    const all = await this.#redis.hvals(keys.rejects(source))
    return all.map(text => JSON.parse(text) as Reject).toSorted((a, b) => (a.file < b.file ? -1 : 1))
  }

  async warning(source: string, path: string): Promise<FileWarnings | undefined> {
    const text = await this.#fields.read(keys.warnings(source), path)
    return text === null ? undefined : (JSON.parse(text) as FileWarnings)
  }

  /** By path, in no order. */
  async warnings(source: string): Promise<[path: string, warnings: FileWarnings][]> {
    const all = await this.#redis.hgetall(keys.warnings(source))
    return Object.entries(all).map(([path, text]) => [path, JSON.parse(text) as FileWarnings])
  }

  /** By source. Without a prototype: any word may be a source's name, also one that every object knows. */
  async rounds(): Promise<Record<string, Round>> {
    const all = await this.#redis.hgetall(keys.rounds)
    const rounds = Object.create(null) as Record<string, Round>
    for (const [source, text] of Object.entries(all)) rounds[source] = JSON.parse(text) as Round
    return rounds
  }

  /** Remembers a round; one that failed keeps the moment of the last that did not. */
  async keepRound(source: string, round: Round): Promise<void> {
    const before = await this.#redis.hget(keys.rounds, source)
    const { succeeded } = before === null ? {} : (JSON.parse(before) as Round)
    await this.#redis.hset(keys.rounds, source, JSON.stringify({ ...(succeeded && { succeeded }), ...round }))
  }
}

/** Walks a hash of any size in bounded memory (HSCAN); a field may come twice. */
export async function* scanHash(redis: RedisClient, key: string): AsyncGenerator<[field: string, value: string][]> {
  let cursor = '0'
  do {
    const [next, flat] = await redis.hscan(key, cursor, 'COUNT', 500)
    cursor = next
    const pairs: [string, string][] = []
    for (let i = 0; i + 1 < flat.length; i += 2) pairs.push([flat[i]!, flat[i + 1]!])
    if (pairs.length > 0) yield pairs
  } while (cursor !== '0')
}
