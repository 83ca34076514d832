import { keys } from './keys.ts'
import type { RedisClient } from './redis/connect.ts'
import { Script } from './redis/script.ts'

const script = new Script('usage')

/** How much partners have asked of all processes together. */
export class Usage {
  readonly #redis: RedisClient

  constructor(redis: RedisClient) {
    this.#redis = redis
  }

  /** Adds requests to what a partner has used of `rate` in `window` seconds. Returns what is used by now. */
  async add({
    name,
    more,
    rate,
    window,
  }: {
    name: string
    more: number
    rate: number
    window: number
  }): Promise<number> {
    return Number(await script.run(this.#redis, keys.usage(name), [more, rate, window]))
  }
}
