import type { Instant } from '../article.ts'
import type { RedisClient } from './redis/connect.ts'
import { keys } from './keys.ts'

/** A process that lives, as it said itself. */
export interface Beat {
  role: 'worker' | 'edge'
  host: string
  pid: number
  started: Instant
  /** Of a worker: by how many milliseconds its clock is late. */
  late?: number
  /** When it said so, by the clock of Redis. */
  at: number
}

/** Milliseconds after which a process that says nothing is no longer there, and until nothing more is known of it. */
const patience = 10_000
const memory = 3_600_000

/**
 * Which processes are there. Each says so every few seconds, beside the wire: what refuses that, refuses every commit.
 * Times are those of Redis, so that the clocks of machines need not agree.
 */
export class Pulse {
  readonly #redis: RedisClient

  constructor(redis: RedisClient) {
    this.#redis = redis
  }

  /** Throws what Redis says where it takes no writes: `refusalOf` tells. `id`: of the process, among all of them. */
  async beat(id: string, beat: Omit<Beat, 'at'>): Promise<void> {
    const at = await this.#now()
    await this.#redis.hset(keys.processes, id, JSON.stringify({ ...beat, at }))
    const all = await this.#redis.hgetall(keys.processes)
    const forgotten = Object.keys(all).filter(each => at - parse(all[each]).at > memory)
    if (forgotten.length > 0) await this.#redis.hdel(keys.processes, ...forgotten)
  }

  /** A process that ends in order is missed by nobody. */
  async end(id: string): Promise<void> {
    await this.#redis.hdel(keys.processes, id)
  }

  /** Those that are there. */
  async living(): Promise<Beat[]> {
    const [now, all] = await Promise.all([this.#now(), this.#redis.hvals(keys.processes)])
    return all.map(parse).filter(({ at }) => now - at <= patience)
  }

  /** Throws what Redis says where it takes no writes. */
  async try(): Promise<void> {
    await this.#redis.set(keys.trial, '1', 'EX', 60)
  }

  async #now(): Promise<number> {
    const [seconds, microseconds] = await this.#redis.time()
    return Number(seconds) * 1000 + Math.floor(Number(microseconds) / 1000)
  }
}

function parse(text = '{"at":0}'): Beat {
  return JSON.parse(text) as Beat
}
