import { createHash } from 'node:crypto'
import type { Feed } from '../feed.ts'
import { prepareSelection, type Selection } from '../selection.ts'
import type { Site } from '../site.ts'
import { version } from '../version.ts'
import type { RedisClient } from './redis/connect.ts'
import { keys } from './keys.ts'
import { Script } from './redis/script.ts'

/** The site and its feeds as all processes of this installation follow them. */
export interface Rules {
  /** Rises with every change of a definition. */
  revision: string
  site: Site
  feeds: ReadonlyMap<string, Feed>
  feedsThatWant: Selection
}

const declare = new Script('sorted', 'places', 'positions', 'declare')

/** On the channel of replaced editions, in the place of a feed's name: the definitions were declared. */
export const everyFeed = ''

/**
 * The definitions in force: those of the process that started last. They lie in the store, so that collectors,
 * publishers and commands of different age never choose by different rules.
 */
export class Definitions {
  readonly #redis: RedisClient
  #current: Promise<Rules> | undefined

  constructor(redis: RedisClient) {
    this.#redis = redis
  }

  /**
   * Puts definitions in force, and tells every edge; feeds whose rule is new are marked to be filled anew. The editions
   * of feeds that are dropped go: nothing would ever cut a killed article out of them. Another version of this program
   * counts as another definition: it may render the same feed in other bytes.
   */
  async declare(site: Site, feeds: readonly Feed[]): Promise<void> {
    const kept = feeds.filter(feed => !feed.gone)
    const rules = kept.flatMap(feed => [feed.name, digest(feed.select), feed.access === 'public' ? 1 : 0])
    await declare.run(this.#redis, keys.definitions, [JSON.stringify({ version, site, feeds: kept }), ...rules])
    this.forget()
    await this.#redis.publish(keys.replaced, everyFeed)
    await this.#dropEditions(new Set(kept.map(({ name }) => name)))
  }

  /** Rises with every change of a definition; undefined in a store where none were declared. */
  async revision(): Promise<string | undefined> {
    return (await this.#redis.hget(keys.definitions, 'revision')) ?? undefined
  }

  /** The definitions in force; undefined in a store where none were declared. */
  async inForce(): Promise<Rules | undefined> {
    this.forget()
    return (await this.#redis.hexists(keys.definitions, 'document')) === 1 ? this.current() : undefined
  }

  /** As last read. A commit by outdated ones is refused by the store, which is the moment to `forget` and ask again. */
  current(): Promise<Rules> {
    this.#current ??= this.#read().catch((error: unknown) => {
      this.#current = undefined
      throw error
    })
    return this.#current
  }

  forget(): void {
    this.#current = undefined
  }

  /** They lie in other slots of a Cluster than the script. A feed is forgotten last, so that the next start sees to what this one did not. */
  async #dropEditions(kept: ReadonlySet<string>): Promise<void> {
    for (const name of await this.#redis.hkeys(keys.published)) {
      if (kept.has(name)) continue
      await this.#redis.del(keys.editions(name), keys.known(name))
      await this.#redis.hdel(keys.published, name)
    }
  }

  async #read(): Promise<Rules> {
    const [revision, document] = await this.#redis.hmget(keys.definitions, 'revision', 'document')
    if (!revision || !document) throw new Error('no feeds are declared in this store yet')
    const { site, feeds } = JSON.parse(document) as { site: Site; feeds: Feed[] }
    const feedsThatWant = prepareSelection(feeds)
    return { revision, site, feeds: new Map(feeds.map(feed => [feed.name, feed])), feedsThatWant }
  }
}

/** Counted up where feeds have to be filled anew, since more is kept of what they hold. */
const generation = 3

function digest(select: Feed['select']): string {
  return createHash('sha256')
    .update(JSON.stringify([generation, select]))
    .digest('base64url')
    .slice(0, 16)
}
