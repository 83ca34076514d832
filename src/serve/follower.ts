import { setTimeout as pause } from 'node:timers/promises'
import type { Feed } from '../feed.ts'
import type { Logger } from '../log.ts'
import type { RedisClient } from '../store/connect.ts'
import { keys } from '../store/keys.ts'
import type { Store } from '../store/store.ts'
import type { Readiness } from './newsroom.ts'
import type { Shelf } from './shelf.ts'

export interface FollowerOptions {
  store: Store
  /** A connection of its own, role `wait`: it does nothing but listen. */
  subscriber: RedisClient
  shelf: Shelf
  feeds: readonly Feed[]
  /** Names of the sources whose first round decides whether this process is ready. */
  sources: readonly string[]
  log: Logger
}

/** Milliseconds between two looks at the store; a look that takes longer than the patience means that Redis is away. */
const interval = 1000
const patience = 1500

/** Every how many looks all editions are compared, should a message have been lost. */
const sweepEvery = 5

/**
 * Keeps a shelf in step with the editions in Redis: told at once of a replacement, and looking by itself every few
 * seconds. While Redis is away the shelf stays as it is.
 */
export class Follower implements AsyncDisposable {
  readonly #options: FollowerOptions
  readonly #stamps = new Map<string, string>()
  readonly #stopping = new AbortController()
  readonly #unfinished: Set<string>
  #running: Promise<void> = Promise.resolve()
  #away: string | undefined

  constructor(options: FollowerOptions) {
    this.#options = options
    this.#unfinished = new Set(options.sources)
  }

  start(): void {
    const { subscriber } = this.#options
    subscriber.on('message', (_channel: string, feed: string) => void this.#load(feed).catch(() => undefined))
    // ioredis subscribes again by itself after an outage.
    subscriber.subscribe(keys.replaced).catch(() => undefined)
    this.#running = this.#run()
  }

  readiness(): Readiness {
    const missing = this.#feeds().filter(feed => !this.#options.shelf.has(feed.name))
    if (this.#stopping.signal.aborted) return { ready: false, status: 'draining' }
    if (missing.length > 0) {
      const first = missing[0]?.name
      return {
        ready: false,
        status: 'starting',
        reason: `${missing.length} feeds have no edition here yet, such as ${first}`,
      }
    }
    if (this.#unfinished.size > 0) {
      return {
        ready: false,
        status: 'starting',
        reason: `first round not through: ${[...this.#unfinished].join(', ')}`,
      }
    }
    if (this.#away !== undefined) return { ready: true, status: 'degraded', reason: this.#away }
    return { ready: true, status: 'ready' }
  }

  /** From now on this process says that it is draining. */
  drain(): void {
    this.#stopping.abort()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.drain()
    await this.#running
  }

  #feeds(): readonly Feed[] {
    return this.#options.feeds.filter(feed => !feed.gone)
  }

  async #run(): Promise<void> {
    for (let look = 0; !this.#stopping.signal.aborted; look++) {
      const all = look % sweepEvery === 0 || this.#away !== undefined || !this.readiness().ready
      await this.#look(all)
      await pause(this.readiness().status === 'starting' ? interval / 10 : interval, undefined, {
        signal: this.#stopping.signal,
      }).catch(() => undefined)
    }
  }

  async #look(all: boolean): Promise<void> {
    try {
      const late = pause(patience, undefined, { ref: false }).then(() =>
        Promise.reject(new Error('Redis does not answer')),
      )
      await Promise.race([this.#compare(all), late])
      this.#away = undefined
    } catch (error) {
      this.#away = `Redis is away, editions stay as they are: ${error instanceof Error ? error.message : String(error)}`
    }
  }

  async #compare(all: boolean): Promise<void> {
    const { store } = this.#options
    if (this.#unfinished.size > 0) {
      for (const source of Object.keys(await store.files.rounds())) this.#unfinished.delete(source)
    } else await store.wire.position()
    if (!all) return
    await Promise.all(
      this.#feeds().map(async ({ name }) => {
        const stamp = await store.editions.stampText(name)
        if (stamp !== '' && stamp !== this.#stamps.get(name)) await this.#load(name)
      }),
    )
  }

  async #load(name: string): Promise<void> {
    const feed = this.#options.feeds.find(each => each.name === name)
    if (feed === undefined) return
    const loaded = await this.#options.store.editions.load(name)
    if (loaded === undefined) return
    this.#stamps.set(name, loaded.stamp)
    this.#options.shelf.put(loaded.editions, feed)
    this.#options.log.debug({ feed: name, position: loaded.editions.position }, 'editions loaded')
  }
}
