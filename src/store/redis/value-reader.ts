import { Cluster } from 'ioredis'
import type { RedisClient } from './connect.ts'

interface Question {
  key: string
  answer: (value: Buffer | null) => void
  fail: (error: unknown) => void
}

/** Reads single strings: all that are asked for in one turn of the event loop travel as one MGET, but for a Cluster, where they lie apart. */
export class ValueReader {
  readonly #redis: RedisClient
  #waiting: Question[] = []

  constructor(redis: RedisClient) {
    this.#redis = redis
  }

  /** Null where there is none. */
  read(key: string): Promise<Buffer | null> {
    if (this.#redis instanceof Cluster) return this.#redis.getBuffer(key)
    return new Promise((answer, fail) => {
      if (this.#waiting.length === 0) setImmediate(() => void this.#ask())
      this.#waiting.push({ key, answer, fail })
    })
  }

  async #ask(): Promise<void> {
    const questions = this.#waiting
    this.#waiting = []
    try {
      const values = await this.#redis.mgetBuffer(questions.map(({ key }) => key))
      for (const [at, { answer }] of questions.entries()) answer(values[at] ?? null)
    } catch (error) {
      for (const { fail } of questions) fail(error)
    }
  }
}
