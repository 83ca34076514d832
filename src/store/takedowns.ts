import type { Ref } from '../article.ts'
import { decodeTakedown, type Takedown } from '../takedown.ts'
import { keys } from './keys.ts'
import type { RedisClient } from './redis/connect.ts'
import { FieldReader } from './redis/field-reader.ts'

/** What was taken away, by uri, bytes, text and own id. It is written by `Commits` alone, together with the head. */
export class Takedowns {
  readonly #redis: RedisClient
  readonly #fields: FieldReader

  constructor(redis: RedisClient) {
    this.#redis = redis
    this.#fields = new FieldReader(redis)
  }

  /** The article that these bytes, this text or this id were taken away with. `bind` as in `Takedown.binds`. */
  async boundTo(bind: string): Promise<Ref | undefined> {
    return (await this.#fields.read(keys.takedowns, bind)) ?? undefined
  }

  /** The newest word about an article. */
  async of(ref: Ref): Promise<Takedown | undefined> {
    return decodeTakedown(await this.textOf(ref))
  }

  /** The same as it stands in the store, '' for none: what `Change.takedownsWere` expects under `uri:REF`. */
  async textOf(ref: Ref): Promise<string> {
    return (await this.#fields.read(keys.takedowns, `uri:${ref}`)) ?? ''
  }

  /** Another text after each takedown; '' where there was none. */
  async newest(): Promise<string> {
    return (await this.#fields.read(keys.takedowns, 'newest')) ?? ''
  }

  /** All that are known, with the `newest` that they were read at. Not `complete`: heads may have been taken away before there was this list. */
  async all(): Promise<{ newest: string; complete: boolean; takedowns: Takedown[] }> {
    const { newest = '', complete, ...rest } = await this.#redis.hgetall(keys.takedowns)
    const texts = Object.entries(rest).flatMap(([field, text]) => (field.startsWith('uri:') ? [text] : []))
    return { newest, complete: complete !== undefined, takedowns: texts.flatMap(text => decodeTakedown(text) ?? []) }
  }

  /** Every head that is taken away has its word. */
  async markComplete(): Promise<void> {
    await this.#redis.hset(keys.takedowns, 'complete', '1')
  }
}
