import type { RedisClient } from './connect.ts'

interface Question {
  field: string
  answer: (value: string | null) => void
  fail: (error: unknown) => void
}

/** Reads single fields of hashes: all that are asked of one hash in one turn of the event loop travel as one HMGET. */
export class FieldReader {
  readonly #redis: RedisClient
  readonly #waiting = new Map<string, Question[]>()

  constructor(redis: RedisClient) {
    this.#redis = redis
  }

  /** Null where the hash has no such field. */
  read(key: string, field: string): Promise<string | null> {
    return new Promise((answer, fail) => {
      const waiting = this.#waiting.get(key)
      if (waiting) waiting.push({ field, answer, fail })
      else {
        this.#waiting.set(key, [{ field, answer, fail }])
        setImmediate(() => void this.#ask(key))
      }
    })
  }

  async #ask(key: string): Promise<void> {
    const questions = this.#waiting.get(key) ?? []
    this.#waiting.delete(key)
    try {
      const values = await this.#redis.hmget(key, ...questions.map(({ field }) => field))
      for (const [index, { answer }] of questions.entries()) answer(values[index] ?? null)
    } catch (error) {
      for (const { fail } of questions) fail(error)
    }
  }
}
