import { join } from 'node:path'
import type { Express } from 'express'
import type { Counts } from './collect/rounds/intake.ts'
import type { Readers } from './collect/reading/readers.ts'
import type { Config } from './config.ts'
import { createLog, type Logger } from './log.ts'
import { declare } from './operate/definitions.ts'
import { TakedownList } from './operate/takedown-list.ts'
import type { Heartbeat } from './operate/heartbeat.ts'
import type { Entries } from './publish/entries.ts'
import type { Sealer } from './publish/sealer.ts'
import type { Published } from './publish/publish.ts'
import type { Schedule } from './schedule.ts'
import type { Edge } from './serve/edge/edge.ts'
import type { Follower } from './serve/edge/follower.ts'
import type { Newsroom } from './serve/newsroom.ts'
import type { WireDesk } from './serve/wire/desk.ts'
import type { RunningServer } from './serve/http/server.ts'
import type { collectSource } from './stages/collect.ts'
import type { Pings } from './stages/pings.ts'
import type { Works } from './stages/stage.ts'
import { connect, disconnect, type RedisClient, type Role } from './store/redis/connect.ts'
import { TakedownFile } from './store/local/takedown-file.ts'
import type { Nudges } from './store/nudges.ts'
import type { Pruned } from './store/prune.ts'
import type { Beat } from './store/pulse.ts'
import { Store } from './store/store.ts'

export interface AppOptions {
  /** Names this process in the log. */
  process: string
  /** May a Redis be fetched where there is none? */
  fetch?: boolean
  /** Milliseconds since 1970. */
  clock?: () => number
  /** Threads that stored articles are read on, and as many that editions are compressed on; without any, in this one. */
  threads?: number
}

export interface ServeOptions {
  /** Bytes of editions that are kept in memory; the rest lies on local disk. */
  memory?: number
}

/** The edge and, behind it, the Express application, with what they answer from. */
export interface Handlers {
  edge: Edge
  routes: Express
  newsroom: Newsroom
  follower: Follower
  wire: WireDesk
}

/**
 * Everything that one process of Feedwire is made of, built from a Config. Nothing else constructs, nothing is global.
 * What only some processes do is loaded by those that do it: a command that looks needs the store alone.
 */
export class App implements Works, AsyncDisposable {
  readonly config: Config
  readonly log: Logger
  readonly store: Store
  /** What was taken away, also where the store does not know it. */
  readonly takedowns: TakedownList
  readonly clock: () => number
  readonly #address: string
  readonly #threads: number
  #entries: Entries | undefined
  #readers: Readers | undefined
  #sealer: Sealer | undefined
  #pings: Pings | undefined
  /** Closed last to first. */
  readonly #owned: (() => Promise<void>)[] = []

  private constructor(config: Config, log: Logger, address: string, { clock = Date.now, threads = 0 }: AppOptions) {
    this.config = config
    this.log = log
    this.clock = clock
    this.#address = address
    this.store = new Store(this.#connect('ask'))
    const file = new TakedownFile(join(config.data, 'takedowns'))
    this.takedowns = new TakedownList({ store: this.store, file, log, clock })
    this.#threads = threads
    // Whoever reads or publishes is at its end before.
    this.#owned.push(async () => this.#readers?.[Symbol.asyncDispose]())
    this.#owned.push(async () => this.#sealer?.[Symbol.asyncDispose]())
    this.#owned.push(async () => this.#pings?.[Symbol.asyncDispose]())
  }

  /** Connects to the Redis of the configuration, or joins the local one and starts it if need be. */
  static async open(config: Config, options: AppOptions): Promise<App> {
    const log = createLog(config.logLevel, options.process)
    const { fetch = true } = options
    if (config.redis !== undefined) return new App(config, log, config.redis, options)
    const { LocalRedis } = await import('./store/local/local-redis.ts')
    const announce = (message: string) => log.info(message)
    const local = await LocalRedis.join({ data: config.data, fetch, announce, log })
    const app = new App(config, log, local.socket, options)
    // The connections go before the server that they lead to.
    app.#owned.unshift(() => local.leave())
    return app
  }

  /** Feeds whose editions stand before their last change. */
  behind(): Promise<string[]> {
    return this.store.members.behind()
  }

  /** Puts this process's site and feeds in force for everybody: a worker's right. */
  declare(): Promise<void> {
    return declare(this)
  }

  /** One round of a source by its name. */
  async collect(name: string, options?: Parameters<typeof collectSource>[2]): Promise<Counts> {
    return await (await import('./stages/collect.ts')).collectSource(name, this, options)
  }

  /** One round of the articles that were held back. Returns how many are due and out now. */
  async release(): Promise<number> {
    return await (await import('./stages/release.ts')).releaseDue(this)
  }

  /** One round of pruning, by what the configuration keeps. */
  async prune(): Promise<Pruned> {
    return await (await import('./stages/prune.ts')).pruneStore(this)
  }

  /** One round of a feed by its name. */
  async publish(name: string, options?: { force?: boolean }): Promise<Published[]> {
    return await (await import('./stages/publish.ts')).publishFeed(name, this, options)
  }

  /** A way to nudge the workers, closed with the app. */
  async nudges(): Promise<Nudges> {
    const { Nudges } = await import('./store/nudges.ts')
    return this.#own(new Nudges(this.#connect('wait'), this.log))
  }

  /** Does the rounds that are due, until the app is closed. */
  async work(): Promise<Schedule> {
    const { Schedule } = await import('./schedule.ts')
    await this.declare()
    const schedule = this.#own(new Schedule(this, await this.nudges()))
    await schedule.start()
    await this.#heartbeat('worker', () => schedule.late(Date.now()))
    return schedule
  }

  /** The edge and, behind it, the Express application; both follow the editions until the app is closed. */
  async createHandlers({ memory }: ServeOptions = {}): Promise<Handlers> {
    const parts = await import('./serve/parts.ts')
    const { createNewsroom, createRoutes, edgeInForce, Follower, Memory, Shelf, usualMemory, WireDesk, withWire } =
      parts
    const { config, store, log, takedowns } = this
    const { site, feeds } = config
    const bound = new Memory({ bytes: memory ?? usualMemory, folder: join(config.data, 'editions'), log })
    const shelf = this.#own(new Shelf(site, bound))
    const sources = config.sources.filter(source => 'folder' in source).map(source => source.name)
    const partners = new parts.PartnerList({ store, clock: this.clock })
    const journal = new parts.Journal(join(config.data, 'given'))
    const ledger = this.#own(new parts.Ledger({ store, journal, keep: config.keep.audit, clock: this.clock, log }))
    const admission = new parts.Admission({ partners, ledger, share: use => store.usage.add(use) })
    const subscriber = this.#connect('wait')
    const follower = this.#own(new Follower({ store, subscriber, shelf, feeds, sources, takedowns, partners, log }))
    const heartbeat = await this.#heartbeat('edge')
    const newsroom = createNewsroom({
      site,
      store,
      shelf,
      follower,
      takedowns,
      admission,
      heartbeat,
      clock: this.clock,
    })
    const wire = this.#own(
      new WireDesk({ store, gone: takedowns, subscriber, feeds, partners, ledger, admission, log }),
    )
    const edge = withWire(edgeInForce({ shelf, site, follower, admission }), { site, desk: wire, admission })
    follower.start()
    ledger.start()
    return { edge, routes: createRoutes({ newsroom, edge, log, clock: this.clock }), newsroom, follower, wire }
  }

  /** Serves on `HOST` and `PORT`, until the app is closed: then it says so, and ends every request that runs. */
  async serve(options: ServeOptions = {}): Promise<{ server: RunningServer; newsroom: Newsroom }> {
    const { edge, routes, newsroom, follower, wire } = await this.createHandlers(options)
    const { host, port } = this.config
    // Beside others that are there already, it would say that there is nothing yet.
    await follower.caughtUp()
    const { startServer } = await import('./serve/http/server.ts')
    const server = await startServer({
      handler: (request, response) => edge(request, response, () => routes(request, response)),
      host,
      port,
      log: this.log,
    })
    this.#own(server)
    this.#owned.push(() => Promise.resolve(wire.drain()))
    this.#owned.push(() => Promise.resolve(follower.drain()))
    this.log.info({ host, port: server.port }, 'serving')
    return { server, newsroom }
  }

  readonly readers = async (): Promise<Readers> => {
    const { Readers } = await import('./collect/reading/readers.ts')
    this.#readers ??= new Readers({ threads: this.#threads, log: this.log })
    return this.#readers
  }

  readonly entries = async (): Promise<Entries> => {
    const { Entries } = await import('./publish/entries.ts')
    this.#entries ??= new Entries()
    return this.#entries
  }

  readonly sealer = async (): Promise<Sealer> => {
    const { Sealer } = await import('./publish/sealer.ts')
    this.#sealer ??= new Sealer(this.#threads)
    return this.#sealer
  }

  readonly pings = async (): Promise<Pings> => {
    const { Pings } = await import('./stages/pings.ts')
    this.#pings ??= new Pings(this.log)
    return this.#pings
  }

  readonly listen = (): RedisClient => this.#connect('wait')

  async [Symbol.asyncDispose](): Promise<void> {
    for (let close = this.#owned.pop(); close !== undefined; close = this.#owned.pop()) await close()
  }

  #own<T extends AsyncDisposable>(resource: T): T {
    this.#owned.push(async () => resource[Symbol.asyncDispose]())
    return resource
  }

  /** Says that this process is there, until the app is closed. */
  async #heartbeat(role: Beat['role'], late?: () => number): Promise<Heartbeat> {
    const { Heartbeat } = await import('./operate/heartbeat.ts')
    const { store, log, clock, config } = this
    const sources = config.sources.map(({ name }) => name)
    return this.#own(new Heartbeat({ role, store, log, clock, sources, ...(late && { late }) }))
  }

  #connect(role: Role): RedisClient {
    const client = connect(this.#address, this.log, role)
    this.#owned.push(() => Promise.resolve(disconnect(client)))
    return client
  }
}

/**
 * Feedwire's pages, feeds and health as an Express application, to be mounted in another:
 * `otherApp.use(await createApp({ home }))`. `home` has `config/` and `feeds/`; the other variables are as documented.
 * A worker has to run somewhere (`feedwire work`). `close` ends its connections.
 */
export async function createApp({ home }: { home: string }): Promise<Express & { close: () => Promise<void> }> {
  const { readConfigOf } = await import('./config.ts')
  const app = await App.open(readConfigOf(home), { process: 'mounted' })
  const { routes } = await app.createHandlers()
  return Object.assign(routes, { close: () => app[Symbol.asyncDispose]() })
}
