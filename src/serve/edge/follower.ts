import { setTimeout as pause } from 'node:timers/promises'
import type { Ref } from '../../article.ts'
import type { Feed } from '../../feed.ts'
import type { Logger } from '../../log.ts'
import type { RedisClient } from '../../store/redis/connect.ts'
import { everyFeed } from '../../store/definitions.ts'
import { keys } from '../../store/keys.ts'
import type { Store } from '../../store/store.ts'
import { feedsInForce, type FeedsInForce } from '../../show/feeds-in-force.ts'
import type { PartnerList } from '../../partners/partner-list.ts'
import type { TakedownList } from '../../operate/takedown-list.ts'
import type { Shelf } from './shelf.ts'
import { cutOut } from '../../show/cut-out.ts'
import { Turns } from './turns.ts'

export interface FollowerOptions {
  store: Store
  /** A connection of its own, role `wait`: it does nothing but listen. */
  subscriber: RedisClient
  shelf: Shelf
  /** As this process is configured. */
  feeds: readonly Feed[]
  /** Names of the sources whose first round decides whether this process is ready. */
  sources: readonly string[]
  /** What must not be served, whatever the store says. */
  takedowns: TakedownList
  /** Who may have what is not for everybody. */
  partners: PartnerList
  log: Logger
}

/** `ready` decides between 200 and 503; `reason` is a sentence for the operators. */
export interface Readiness {
  ready: boolean
  status: 'ready' | 'degraded' | 'starting' | 'draining'
  reason?: string
}

/** Milliseconds between two looks at the store; a look that takes longer than the patience means that Redis is away. */
const interval = 1000
const patience = 1500

/** How long a start waits for what there is to be loaded. */
const mostPatience = 2000

/** Every how many looks all editions are compared, should a message have been lost. */
const sweepEvery = 5

/** Feeds loaded at a time: all of them at once would not fit into memory. */
const loadsAtOnce = 4

/**
 * Keeps a shelf in step with the editions in Redis, and what is served with the definitions in force: told at once of a
 * replacement, and looking by itself every few seconds. While Redis is away the shelf stays as it is; where it came back
 * without its data, until every source has been through again: whole editions are not given up for beginnings.
 */
export class Follower implements AsyncDisposable {
  readonly #options: FollowerOptions
  /** Of the editions on the shelf, by feed. */
  readonly #stamps = new Map<string, { epoch: string; stamp: string }>()
  readonly #turns = new Turns(loadsAtOnce)
  readonly #stopping = new AbortController()
  /** As configured, until the definitions in force are known. */
  #feeds: FeedsInForce
  /** Of the definitions in force. */
  #revision: string | undefined
  /** Names of feeds that were in force at any time. */
  readonly #wereInForce = new Set<string>()
  #running: Promise<void> = Promise.resolve()
  #caughtUp: Promise<void> = Promise.resolve()
  /** Sources without a round that went through, in the store as it is now. */
  #unfinished: readonly string[]
  /** They all had one, at least once. */
  #complete = false
  #away: string | undefined

  constructor(options: FollowerOptions) {
    this.#options = options
    this.#unfinished = options.sources
    this.#feeds = { configured: options.feeds, granted: options.feeds }
  }

  /** Another object when they are others. */
  get feeds(): FeedsInForce {
    return this.#feeds
  }

  start(): void {
    const { subscriber, takedowns, partners } = this.#options
    takedowns.onTold(ref => this.#takeDown(ref))
    subscriber.on('message', (channel: string, feed: string) => {
      if (channel === keys.takenDown) return takedowns.hear(feed)
      if (channel !== keys.replaced && channel !== keys.partnersChanged) return
      const follow =
        channel === keys.partnersChanged
          ? partners.inForce()
          : feed === everyFeed
            ? this.followDefinitions()
            : this.#load(feed)
      // The next look sees to it.
      follow.catch(() => undefined)
    })
    // ioredis subscribes again by itself after an outage.
    subscriber.subscribe(keys.replaced, keys.takenDown, keys.partnersChanged).catch(() => undefined)
    const first = this.#look(true)
    this.#caughtUp = first.then(() => this.#turns.settled())
    this.#running = first.then(() => this.#run())
  }

  /** Resolves when everything that stood in the store at the start is on the shelf; after two seconds in any case. */
  async caughtUp(): Promise<void> {
    await Promise.race([this.#caughtUp, pause(mostPatience, undefined, { ref: false })])
  }

  /** Resolves when `feeds` are no older than this call. */
  async followDefinitions(): Promise<void> {
    const { definitions } = this.#options.store
    if ((await definitions.revision()) === this.#revision) return
    const rules = await definitions.inForce()
    // A store that has lost its data forbids nothing.
    if (rules === undefined) return
    for (const name of rules.feeds.keys()) this.#wereInForce.add(name)
    const before = this.#feeds
    this.#revision = rules.revision
    this.#feeds = feedsInForce(this.#options.feeds, rules.feeds, this.#wereInForce)
    this.#giveUp(before.granted)
  }

  readiness(): Readiness {
    if (this.#stopping.signal.aborted) return { ready: false, status: 'draining' }
    const missing = this.#feeds.configured.filter(({ name, gone }) => !gone && !this.#options.shelf.has(name))
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

  async #run(): Promise<void> {
    const { signal } = this.#stopping
    for (let look = 1; ; look++) {
      const rest = this.readiness().status === 'starting' ? interval / 10 : interval
      await pause(rest, undefined, { signal }).catch(() => undefined)
      if (signal.aborted) return
      await this.#look(look % sweepEvery === 0 || this.readiness().status !== 'ready')
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
      // Its own words are for the operators, not for everyone who asks.
      if (this.#away === undefined) this.#options.log.warn({ reason: String(error) }, 'the store cannot be followed')
      this.#away = 'Redis does not answer, editions stay as they are'
    }
  }

  async #compare(all: boolean): Promise<void> {
    const { store, sources, partners } = this.#options
    const looks = [this.followDefinitions(), partners.inForce(), this.#putBackLost()]
    const [rounds] = await Promise.all([store.files.rounds(), ...looks])
    this.#unfinished = sources.filter(source => rounds[source]?.succeeded === undefined)
    this.#complete ||= this.#unfinished.length === 0
    if (!all && this.#unfinished.length === 0) return
    await Promise.all(this.#feeds.granted.map(({ name }) => this.#compareStamp(name)))
  }

  async #compareStamp(name: string): Promise<void> {
    const { store, shelf } = this.#options
    const stamp = await store.editions.stampText(name)
    if (stamp === '' || (stamp === this.#stamps.get(name)?.stamp && !shelf.isDamaged(name))) return
    // It may take its time, which says nothing of Redis; one that fails is noticed by the next look.
    if (!this.#turns.isBusy(name)) this.#load(name).catch(() => undefined)
  }

  /** A store that has lost its definitions too can be told of takedowns once a worker has declared them. */
  async #putBackLost(): Promise<void> {
    const { takedowns, log } = this.#options
    await takedowns.inForce().catch((error: unknown) => log.debug({ error: String(error) }, 'takedowns not compared'))
  }

  /** It is cut out of what stands here; where that fails, nothing stands there until it is loaded again. */
  #takeDown(ref: Ref): void {
    const { shelf, takedowns } = this.#options
    if (takedowns.headOf(ref) === undefined) return
    for (const name of shelf.holding(ref)) {
      shelf.cutOut(name, this.#options.takedowns.isTakenDown).catch(() => {
        shelf.drop(name)
        this.#stamps.delete(name)
      })
    }
  }

  /** What is no longer granted as it was, leaves the shelf. */
  #giveUp(before: readonly Feed[]): void {
    const access = new Map(this.#feeds.granted.map(feed => [feed.name, feed.access]))
    for (const feed of before.filter(({ name }) => this.#options.shelf.has(name))) {
      if (access.get(feed.name) === feed.access) continue
      this.#options.shelf.drop(feed.name)
      this.#stamps.delete(feed.name)
      if (access.has(feed.name)) this.#load(feed.name).catch(() => undefined)
    }
  }

  #load(name: string): Promise<void> {
    return this.#turns.take(name, () => this.#loadNow(name))
  }

  async #loadNow(name: string): Promise<void> {
    const { shelf, store, log } = this.#options
    const loaded = await store.editions.loadPacked(name)
    // Asked after it: the definitions that it was made by, or later ones.
    await Promise.all([this.followDefinitions(), this.#putBackLost()])
    const feed = this.#feeds.granted.find(each => each.name === name)
    if (loaded === undefined || feed === undefined) return
    const { epoch, stamp } = loaded
    const cut = await Promise.all(
      loaded.editions.editions.map(each => cutOut(each, this.#options.takedowns.isTakenDown)),
    )
    const editions = { ...loaded.editions, editions: cut }
    const standing = this.#stamps.get(name)
    if (standing !== undefined && standing.epoch !== epoch && this.#unfinished.length > 0) return
    if (shelf.isDamaged(name)) log.error({ feed: name }, 'the disk has lost editions: they are loaded again')
    this.#stamps.set(name, { epoch, stamp })
    shelf.put(editions, feed)
    // Of what was told while it was cut.
    await shelf.cutOut(name, this.#options.takedowns.isTakenDown)
    log.debug({ feed: name, stamp }, 'editions loaded')
    await shelf.settled()
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
