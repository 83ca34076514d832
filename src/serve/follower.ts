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
 * seconds. While Redis is away the shelf stays as it is; where it came back without its data, until every source has
 * been through again: whole editions are not given up for beginnings.
 */
export class Follower implements AsyncDisposable {
  readonly #options: FollowerOptions
  /** Of the editions on the shelf, by feed. */
  readonly #stamps = new Map<string, { epoch: string; stamp: string }>()
  /** Loads begun, by feed: what an earlier one brings late is dropped. */
  readonly #loads = new Map<string, number>()
  readonly #stopping = new AbortController()
  #running: Promise<void> = Promise.resolve()
  /** Sources without a round that went through, in the store as it is now. */
  #unfinished: readonly string[]
  /** They all had one, at least once. */
  #complete = false
  #away: string | undefined

  constructor(options: FollowerOptions) {
    this.#options = options
    this.#unfinished = options.sources
  }

  start(): void {
    const { subscriber } = this.#options
    subscriber.on('message', (_channel: string, feed: string) => void this.#load(feed).catch(() => undefined))
    // ioredis subscribes again by itself after an outage.
    subscriber.subscribe(keys.replaced).catch(() => undefined)
    this.#running = this.#run()
  }

  readiness(): Readiness {
    if (this.#stopping.signal.aborted) return { ready: false, status: 'draining' }
    const missing = this.#feeds().filter(feed => !this.#options.shelf.has(feed.name))
    if (missing.length > 0) return starting(`no edition here yet: ${listOf(missing.map(({ name }) => name))}`)
    if (!this.#complete) return starting(this.#away ?? `first round not through: ${listOf(this.#unfinished)}`)
    const trouble = this.#away ?? this.#incomplete()
    return trouble === undefined
      ? { ready: true, status: 'ready' }
      : { ready: true, status: 'degraded', reason: trouble }
  }

  /** From now on this process says that it is draining. */
  drain(): void {
    this.#stopping.abort()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.drain()
    await this.#running
  }

  #incomplete(): string | undefined {
    if (this.#unfinished.length === 0) return undefined
    return `the store has lost its data, editions stay until these sources are through: ${listOf(this.#unfinished)}`
  }

  #feeds(): readonly Feed[] {
    return this.#options.feeds.filter(feed => !feed.gone)
  }

  async #run(): Promise<void> {
    for (let look = 0; !this.#stopping.signal.aborted; look++) {
      const all = look % sweepEvery === 0 || this.readiness().status !== 'ready'
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
    const { store, sources } = this.#options
    const rounds = await store.files.rounds()
    this.#unfinished = sources.filter(source => rounds[source]?.succeeded === undefined)
    this.#complete ||= this.#unfinished.length === 0
    if (!all && this.#unfinished.length === 0) return
    await Promise.all(
      this.#feeds().map(async ({ name }) => {
        const stamp = await store.editions.stampText(name)
        if (stamp !== '' && stamp !== this.#stamps.get(name)?.stamp) await this.#load(name)
      }),
    )
  }

  async #load(name: string): Promise<void> {
    const { feeds, shelf, store, log } = this.#options
    const feed = feeds.find(each => each.name === name)
    if (feed === undefined) return
    const turn = (this.#loads.get(name) ?? 0) + 1
    this.#loads.set(name, turn)
    const loaded = await store.editions.load(name)
    if (loaded === undefined || this.#loads.get(name) !== turn) return
    const { epoch, stamp, editions } = loaded
    const standing = this.#stamps.get(name)
    if (standing !== undefined && standing.epoch !== epoch && this.#unfinished.length > 0) return
    this.#stamps.set(name, { epoch, stamp })
    shelf.put(editions, feed)
    log.debug({ feed: name, stamp }, 'editions loaded')
  }
}

function starting(reason: string): Readiness {
  return { ready: false, status: 'starting', reason }
}

/** The first few names, and how many more there are. */
function listOf(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(', ')
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown
}
