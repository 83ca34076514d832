import { join } from 'node:path'
import type { Express } from 'express'
import { refOf, type Article } from './article.ts'
import type { Counts } from './collect/rounds/intake.ts'
import type { Readers } from './collect/reading/readers.ts'
import type { Config } from './config.ts'
import { TextLost, UsageError } from './errors.ts'
import type { Head } from './head.ts'
import type { Site } from './site.ts'
import { createLog, type Logger } from './log.ts'
import type { Entries } from './publish/entries.ts'
import type { Published } from './publish/publish.ts'
import type { Schedule } from './schedule.ts'
import type { createEdge, Edge } from './serve/edge/edge.ts'
import type { Follower } from './serve/edge/follower.ts'
import type { Newsroom } from './serve/newsroom.ts'
import type { RunningServer } from './serve/http/server.ts'
import type { Shelf } from './serve/edge/shelf.ts'
import type { Source } from './source.ts'
import { connect, disconnect, type RedisClient, type Role } from './store/redis/connect.ts'
import type { Nudges } from './store/nudges.ts'
import type { Pruned } from './store/prune.ts'
import { Store } from './store/store.ts'

export interface AppOptions {
  /** Names this process in the log. */
  process: string
  /** May a Redis be fetched where there is none? */
  fetch?: boolean
  /** Milliseconds since 1970. */
  clock?: () => number
  /** Threads that stored articles are read on; without any, in this one. */
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
}

/**
 * Everything that one process of Feedwire is made of, built from a Config. Nothing else constructs, nothing is global.
 * What only some processes do is loaded by those that do it: a command that looks needs the store alone.
 */
export class App implements AsyncDisposable {
  readonly config: Config
  readonly log: Logger
  readonly store: Store
  readonly clock: () => number
  readonly #address: string
  readonly #threads: number
  #entries: Entries | undefined
  #readers: Readers | undefined
  /** Closed last to first. */
  readonly #owned: (() => Promise<void>)[] = []

  private constructor(config: Config, log: Logger, address: string, { clock = Date.now, threads = 0 }: AppOptions) {
    this.config = config
    this.log = log
    this.clock = clock
    this.#address = address
    this.store = new Store(this.#connect('ask'))
    this.#threads = threads
    // Whoever reads is at its end before.
    this.#owned.push(async () => this.#readers?.[Symbol.asyncDispose]())
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

  /** Takes the lock of a scheduled task, so that one of several workers runs it. */
  lock(task: string, milliseconds: number): Promise<boolean> {
    return this.store.lock(task, milliseconds)
  }

  /** Names the store; '' for one in which nothing was declared. */
  epoch(): Promise<string> {
    return this.store.wire.epoch()
  }

  /** The newest position on the wire; 0 where nothing is on it yet. */
  position(): Promise<number> {
    return this.store.wire.position()
  }

  /** Puts this process's site and feeds in force for everybody: a worker's right. */
  declare(): Promise<void> {
    return this.store.definitions.declare(this.config.site, this.config.feeds)
  }

  /**
   * For a command beside the workers. Their definitions stay; with `feeds` those of this configuration take their
   * place, but not the public address: an operator's shell seldom has the environment of the service.
   */
  async joinDefinitions({ feeds = false } = {}): Promise<void> {
    const inForce = await this.store.definitions.inForce()
    if (inForce === undefined) return await this.declare()
    if (!feeds) return
    const site = { ...this.config.site, url: inForce.site.url }
    await this.store.definitions.declare(site, this.config.feeds)
  }

  /** One round of a source by its name. */
  async collect(
    name: string,
    options: { progress?: (passed: number) => void; signal?: AbortSignal } = {},
  ): Promise<Counts> {
    const { store, log, clock } = this
    const source = this.source(name)
    const [{ collect }, { Readers }] = await Promise.all([
      import('./collect/collect.ts'),
      import('./collect/reading/readers.ts'),
    ])
    this.#readers ??= new Readers({ threads: this.#threads, log })
    return await collect(source, { store, readers: this.#readers, log, clock, ...options })
  }

  /** One round of the articles that were held back. Returns how many are due and out now. */
  async release(): Promise<number> {
    const { publishDue } = await import('./collect/rounds/due.ts')
    return await publishDue(this.store, this.clock())
  }

  /** One round of pruning, by what the configuration keeps. */
  prune(): Promise<Pruned> {
    return this.store.prune({ now: this.clock(), keep: this.config.keep })
  }

  /** One round of a feed by its name. */
  async publish(name: string, { force = false } = {}): Promise<Published[]> {
    const [{ publish }, { Entries }] = await Promise.all([
      import('./publish/publish.ts'),
      import('./publish/entries.ts'),
    ])
    const { store, log, clock } = this
    this.#entries ??= new Entries()
    return await publish(name, { store, entries: this.#entries, log, clock, force })
  }

  source(name: string): Source {
    const source = this.config.sources.find(each => each.name === name)
    if (source !== undefined) return source
    const names = this.config.sources.map(each => each.name).join(', ')
    throw new UsageError(`there is no source “${name}”; the configuration has: ${names || 'none'}`)
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
    return schedule
  }

  /** The edge and, behind it, the Express application; both follow the editions until the app is closed. */
  async createHandlers({ memory }: ServeOptions = {}): Promise<Handlers> {
    const { Archives, createEdge, createRoutes, Follower, Memory, Shelf, usualMemory } = await loadServing()
    const { config, store, log } = this
    const { site, feeds } = config
    const bound = new Memory({ bytes: memory ?? usualMemory, folder: join(config.data, 'editions'), log })
    const shelf = this.#own(new Shelf(site, bound))
    const sources = config.sources.filter(source => 'folder' in source).map(source => source.name)
    const subscriber = this.#connect('wait')
    const follower = this.#own(new Follower({ store, subscriber, shelf, feeds, sources, log }))
    const archives = new Archives(store)
    // While Redis is known to be away nobody waits for it.
    const refuseWhileAway = () => {
      const { status, reason } = follower.readiness()
      if (status === 'degraded') throw new Error(reason)
    }
    const newsroom: Newsroom = {
      site,
      get configured() {
        return follower.feeds.configured
      },
      get feeds() {
        return follower.feeds.granted
      },
      shelf,
      readiness: () => follower.readiness(),
      archivePage: async (feed, page, format) => {
        refuseWhileAway()
        const { feeds: before } = follower
        const edition = await archives.page(feed, page, format)
        await follower.followDefinitions()
        // Who may have it was decided by those.
        if (follower.feeds !== before) throw new Error('the definitions have just changed')
        return edition
      },
      head: async ref => {
        refuseWhileAway()
        return await store.articles.head(ref)
      },
      position: async () => {
        refuseWhileAway()
        const position = await store.wire.position()
        // Asked after it: who may have what changed up to there, is decided by those or later ones.
        await follower.followDefinitions()
        return position
      },
      publishedSince: async (names, since) => {
        refuseWhileAway()
        return await store.members.publishedSince(names, since)
      },
      article: async ref => {
        refuseWhileAway()
        const head = await store.articles.head(refOf(ref))
        // Asked after it: what feeds grant of the article now, or later.
        await follower.followDefinitions()
        return head && { head, ...(await this.#textOf(head)) }
      },
    }
    const edge = edgeInForce(createEdge, shelf, site, follower)
    follower.start()
    return { edge, routes: createRoutes({ newsroom, edge, log, clock: this.clock }), newsroom, follower }
  }

  /** Serves on `HOST` and `PORT`, until the app is closed: then it says so, and ends every request that runs. */
  async serve(options: ServeOptions = {}): Promise<{ server: RunningServer; newsroom: Newsroom }> {
    const { edge, routes, newsroom, follower } = await this.createHandlers(options)
    const { host, port } = this.config
    // Beside others that are there already, it would say that there is nothing yet.
    await follower.caughtUp()
    const { startServer } = await import('./serve/http/server.ts')
    const server = await startServer({
      handler: (request, response) => edge(request, response, () => routes(request, response)),
      host,
      port,
    })
    this.#own(server)
    this.#owned.push(() => Promise.resolve(follower.drain()))
    this.log.info({ host, port: server.port }, 'serving')
    return { server, newsroom }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (let close = this.#owned.pop(); close !== undefined; close = this.#owned.pop()) await close()
  }

  /** Nothing where it was taken away, or is lost. */
  async #textOf(head: Head): Promise<{ article?: Article }> {
    if (head.pubStatus === 'canceled') return {}
    try {
      return { article: await this.store.articles.article(head, this.config.site.authority) }
    } catch (error) {
      if (error instanceof TextLost) return {}
      throw error
    }
  }

  #own<T extends AsyncDisposable>(resource: T): T {
    this.#owned.push(async () => resource[Symbol.asyncDispose]())
    return resource
  }

  #connect(role: Role): RedisClient {
    const client = connect(this.#address, this.log, role)
    this.#owned.push(() => Promise.resolve(disconnect(client)))
    return client
  }
}

/** What only a process that serves needs. */
async function loadServing() {
  const modules = await Promise.all([
    import('./show/archive.ts'),
    import('./serve/edge/edge.ts'),
    import('./serve/edge/follower.ts'),
    import('./serve/edge/memory.ts'),
    import('./serve/edge/shelf.ts'),
    import('./serve/routes/routes.ts'),
  ])
  const [archive, edge, follower, memory, shelf, routes] = modules
  return { ...archive, ...edge, ...follower, ...memory, ...shelf, ...routes }
}

/** Made anew for other definitions: a feed that is no longer in force is not found, and one that is for partners now asks who comes. */
function edgeInForce(create: typeof createEdge, shelf: Shelf, site: Site, follower: Follower): Edge {
  let { feeds } = follower
  let current = create(shelf, { site, feeds: feeds.configured })
  return function edge(request, response, next) {
    if (feeds !== follower.feeds) {
      feeds = follower.feeds
      current = create(shelf, { site, feeds: feeds.configured })
    }
    current(request, response, next)
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
