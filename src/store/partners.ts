import type { Partner } from '../partner.ts'
import { keys } from './keys.ts'
import type { RedisClient } from './redis/connect.ts'
import { Script } from './redis/script.ts'

/** A partner, and the text by which the store knows whether it is still the same. */
export interface StoredPartner {
  partner: Partner
  text: string
}

const script = new Script('sorted', 'places', 'positions', 'partner')

/** Who has tokens, and for what. */
export class Partners {
  readonly #redis: RedisClient

  constructor(redis: RedisClient) {
    this.#redis = redis
  }

  /** Another text after each change; '' where there never was a partner. */
  async revision(): Promise<string> {
    return (await this.#redis.get(keys.partnersRevision)) ?? ''
  }

  /** Position of the newest act that gave feeds or took them; 0 before the first. */
  async act(): Promise<number> {
    return Number((await this.#redis.get(keys.act)) ?? 0)
  }

  /** In the order of their names. */
  async all(): Promise<Partner[]> {
    const texts = await this.#redis.hvals(keys.partners)
    return texts.map(text => JSON.parse(text) as Partner).toSorted((a, b) => (a.name < b.name ? -1 : 1))
  }

  async find(name: string): Promise<StoredPartner | undefined> {
    const text = await this.#redis.hget(keys.partners, name)
    return text === null ? undefined : { partner: JSON.parse(text) as Partner, text }
  }

  /**
   * Puts a partner in the place of the one that was read, or takes it away. A position `now` becomes the one that the
   * change takes on the wire. `moment` in milliseconds. False where another was quicker.
   */
  async put(name: string, was: string, partner: Partner | undefined, moment: number): Promise<boolean> {
    const text = partner === undefined ? '' : JSON.stringify(partner)
    return (await script.run(this.#redis, keys.partners, [name, was, text, moment])) !== null
  }

  /** Notes that tokens were used: seconds since 1970 by `NAME/ID`. */
  async noteUses(uses: ReadonlyMap<string, number>): Promise<void> {
    if (uses.size > 0) await this.#redis.hset(keys.tokenUses, Object.fromEntries(uses))
  }

  /** The same as it was noted. */
  async uses(): Promise<ReadonlyMap<string, number>> {
    const uses = await this.#redis.hgetall(keys.tokenUses)
    return new Map(Object.entries(uses).map(([token, second]) => [token, Number(second)]))
  }
}
