import { createHash } from 'node:crypto'
import { selector, traitsOf, type Feed, type Head, type Site } from '../feed.ts'
import type { RedisClient } from './connect.ts'
import { keys } from './keys.ts'
import { Script } from './script.ts'

/** The site and its feeds as all processes of this installation follow them. */
export interface Rules {
  /** Rises with every change of a definition. */
  revision: string
  site: Site
  feeds: ReadonlyMap<string, Feed>
  feedsThatWant: (head: Head) => string[]
}

const declare = new Script('declare')

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

  /** Puts definitions in force; feeds whose rule is new are marked to be filled anew. */
  async declare(site: Site, feeds: readonly Feed[]): Promise<void> {
    const kept = feeds.filter(feed => !feed.gone)
    const rules = kept.flatMap(feed => [feed.name, digest(feed.select)])
    await declare.run(this.#redis, keys.definitions, [JSON.stringify({ site, feeds: kept }), ...rules])
    this.forget()
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

  async #read(): Promise<Rules> {
    const [revision, document] = await this.#redis.hmget(keys.definitions, 'revision', 'document')
    if (!revision || !document) throw new Error('no feeds are declared in this store yet')
    const { site, feeds } = JSON.parse(document) as { site: Site; feeds: Feed[] }
    const selectors = feeds.map(feed => ({ name: feed.name, wants: selector(feed) }))
    const feedsThatWant = (head: Head) => {
      const traits = traitsOf(head)
      return traits === undefined ? [] : selectors.filter(({ wants }) => wants(traits)).map(({ name }) => name)
    }
    return { revision, site, feeds: new Map(feeds.map(feed => [feed.name, feed])), feedsThatWant }
  }
}

/** Counted up where feeds have to be filled anew, since more is kept of what they hold. */
const generation = 2

function digest(select: Feed['select']): string {
  return createHash('sha256').update(JSON.stringify([generation, select])).digest('base64url').slice(0, 16)
}
