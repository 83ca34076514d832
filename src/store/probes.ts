import { hash } from 'node:crypto'
import type { Media } from '../article.ts'
import type { RedisClient } from './redis/connect.ts'
import { keys } from './keys.ts'

/** What a medium's own address tells of it. Nothing, where what lies there is no such medium. */
export type Probed = Pick<Media, 'type' | 'length' | 'width' | 'height'>

type Asked = Pick<Media, 'kind' | 'url'>

/** Seconds for which an answer stands: a medium's bytes seldom change, but one that is not there yet may come. */
const lifetimes = { learned: 30 * 86_400, nothing: 86_400, failed: 3_600 }

/** What the addresses of media answered, for a while. */
export class Probes {
  readonly #redis: RedisClient

  constructor(redis: RedisClient) {
    this.#redis = redis
  }

  /** `failed`: it could not be asked lately; undefined: it has not been asked. */
  async get(asked: Asked): Promise<Probed | 'failed' | undefined> {
    const text = await this.#redis.get(keyOf(asked))
    return text === null ? undefined : (JSON.parse(text) as Probed | 'failed')
  }

  async keep(asked: Asked, probed: Probed | 'failed'): Promise<void> {
    const outcome = probed === 'failed' ? 'failed' : probed.type === undefined ? 'nothing' : 'learned'
    await this.#redis.set(keyOf(asked), JSON.stringify(probed), 'EX', lifetimes[outcome])
  }
}

/** The kind has a say in the answer; the address may be long, and hold a secret. */
function keyOf({ kind, url }: Asked): string {
  return keys.probe(hash('sha256', `${kind} ${url}`, 'base64url'))
}
