import type { Instant } from '../article.ts'
import type { RedisClient } from './redis/connect.ts'
import { keys } from './keys.ts'

/** What is remembered of a URL source between two polls. */
export interface PollState {
  /** Digest of the source's settings: under others the source is asked as if for the first time. */
  settings: string
  /** Not to be asked before. */
  next: Instant
  /** In a row. */
  failures: number
  /** Where it answered last: the configured address, or where that moved for good (301, 308). */
  url?: string
  /** Validators of the last page, as the site wrote them. */
  etag?: string
  lastModified?: string
  /** SHA-256 of the last page's bytes. */
  digest?: string
  /** Seconds for which the site's headers called the last page fresh. */
  lifetime?: number
  /** Seconds for which the feed itself asks to be left alone. */
  ttl?: number
  /** It answered 410. */
  gone?: true
  /** Where the older pages are to be taken up again, with what was read of them so far; `done` when there are none left. */
  backfill?: 'done' | { next: string; pages: number; bytes: number }
}

/** Milliseconds after which the turn of a process that died is over: longer than any poll takes. */
const longestTurn = 300_000

/** How far each URL source has been asked. */
export class PollStates {
  readonly #redis: RedisClient

  constructor(redis: RedisClient) {
    this.#redis = redis
  }

  async get(source: string): Promise<PollState | undefined> {
    const text = await this.#redis.hget(keys.polls, source)
    return text === null ? undefined : (JSON.parse(text) as PollState)
  }

  /** To be called when the articles of the poll are committed: what is kept is not fetched again. */
  async keep(source: string, state: PollState): Promise<void> {
    await this.#redis.hset(keys.polls, source, JSON.stringify(state))
  }

  /** Runs `work`, unless this source's turn is another's right now, in whatever process: undefined then. */
  async alone<T>(source: string, work: () => Promise<T>): Promise<T | undefined> {
    const lock = keys.lock(`poll:${source}`)
    if ((await this.#redis.set(lock, '1', 'PX', longestTurn, 'NX')) !== 'OK') return undefined
    try {
      return await work()
    } finally {
      await this.#redis.del(lock)
    }
  }
}
