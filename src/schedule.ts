import { setTimeout as pause } from 'node:timers/promises'
import { schedule, type ScheduledTask } from 'node-cron'
import type { Counts } from './collect/rounds/intake.ts'
import { watchFolder } from './collect/sources/watch.ts'
import type { Config } from './config.ts'
import type { Logger } from './log.ts'
import { Outcomes } from './outcomes.ts'
import type { Published } from './publish/publish.ts'
import { isOutage } from './store/redis/refusal.ts'
import type { FolderSource } from './source.ts'
import type { Nudges } from './store/nudges.ts'
import type { Pruned } from './store/prune.ts'

/** Rounds of each stage side by side in one process. */
const concurrency = { collect: 2, publish: 8 }

/** Milliseconds between two looks at the store and for articles that have become due, and between nudges while a long round runs. */
const second = 1000
const whileCollecting = 5 * second

/** What there is to do, each a round that is safe to run twice at once. */
export interface Rounds {
  config: Config
  log: Logger
  collect(source: string, options: { progress: () => void; signal: AbortSignal }): Promise<Counts>
  /** Only what lies at these paths; `whole` where it takes a whole round to tell. */
  collectNamed(
    source: string,
    paths: readonly string[],
    signal: AbortSignal,
  ): Promise<{ counts: Counts; whole: boolean }>
  publish(feed: string): Promise<Published[]>
  release(): Promise<number>
  prune(): Promise<Pruned>
  /** Puts the configured site and feeds in force. */
  declare(): Promise<void>
  /** Names the store: another name, or none, means that its data were lost. */
  epoch(): Promise<string>
  /** The newest position on the wire; 0 where nothing is on it yet. */
  position(): Promise<number>
  /** Feeds whose editions stand before their last change. */
  behind(): Promise<string[]>
  /** Takes the lock of a task for some milliseconds; false where another has it. */
  lock(task: string, milliseconds: number): Promise<boolean>
}

/** When what is done: the clock and the nudges of one worker. */
export class Schedule implements AsyncDisposable {
  readonly #rounds: Rounds
  readonly #nudges: Nudges
  readonly #tasks: ScheduledTask[] = []
  /** When each task has to run next, in milliseconds since 1970; of one that runs nothing is expected. */
  readonly #planned = new Map<string, number>()
  readonly #watchers: AsyncDisposable[] = []
  readonly #stopping = new AbortController()
  #looking: Promise<void> = Promise.resolve()
  /** Rounds of what watchers named. */
  #hinted: Promise<void> = Promise.resolve()
  /** Where the wire stood at the last look, and where it stood still for a look. */
  #stood = 0
  #stoodStill = 0

  readonly #outcomes: Outcomes

  constructor(rounds: Rounds, nudges: Nudges) {
    this.#outcomes = new Outcomes(rounds.log)
    this.#rounds = rounds
    this.#nudges = nudges
  }

  /** Begins, with a nudge for everything. */
  async start(): Promise<void> {
    this.#nudges.follow('collect', concurrency.collect, name => this.#collect(name))
    this.#nudges.follow('publish', concurrency.publish, name => this.#publish(name))
    const { collect, republish, prune } = this.#rounds.config.schedule
    this.#every('collect', collect, () => this.#nudges.nudge('collect', this.#sources()))
    this.#every('republish', republish, () => this.#nudges.nudge('publish', this.#feeds()))
    this.#every('prune', prune, async () => this.#rounds.log.info(await this.#rounds.prune(), 'pruned'))
    for (const source of this.#rounds.config.sources) {
      if ('folder' in source && source.watch) this.#watch(source)
    }
    await this.#nudgeAll()
    // What the clock said during an outage was lost, however short it was.
    this.#nudges.onReturn(() => {
      this.#nudgeAll().catch((error: unknown) => this.#rounds.log.debug({ error: String(error) }, 'could not nudge'))
    })
    this.#looking = this.#lookEverySecond(await this.#rounds.epoch())
  }

  /** By how many milliseconds the clock is late, at `now` in milliseconds since 1970. */
  late(now: number): number {
    return Math.max(0, ...[...this.#planned.values()].map(planned => now - planned))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping.abort()
    for (const task of this.#tasks) await task.destroy()
    for (const watcher of this.#watchers) await watcher[Symbol.asyncDispose]()
    // A look that waits for a Redis that is away fails when the connection goes.
    await Promise.race([Promise.all([this.#looking, this.#hinted]), pause(second, undefined, { ref: false })])
  }

  /** What its watcher names is collected here and now, one round after the other: what is named meanwhile goes together. */
  #watch(source: FolderSource): void {
    const named = new Set<string>()
    let running = false
    const run = async () => {
      running = true
      while (named.size > 0 && !this.#stopping.signal.aborted) {
        const paths = [...named]
        named.clear()
        await this.#collectNamed(source.name, paths)
      }
      running = false
    }
    const watcher = watchFolder(source, paths => {
      if (paths === undefined) return this.#hint([source.name])
      for (const path of paths) named.add(path)
      if (!running) this.#hinted = Promise.all([this.#hinted, run()]).then(() => undefined)
    })
    this.#watchers.push(watcher)
  }

  async #collectNamed(source: string, paths: readonly string[]): Promise<void> {
    const { log } = this.#rounds
    const begun = performance.now()
    try {
      const { counts, whole } = await this.#rounds.collectNamed(source, paths, this.#stopping.signal)
      if (whole) this.#hint([source])
      const ms = Math.round(performance.now() - begun)
      log.debug({ source, named: paths.length, ...counts, ms }, 'collected')
      await this.#nudgeBehind()
    } catch (error) {
      log.debug({ source, error: String(error) }, 'named files are left to a whole round')
      this.#hint([source])
    }
  }

  /** A nudge that may be lost: the schedule comes anyway. */
  #hint(sources: readonly string[]): void {
    this.#nudges
      .nudge('collect', sources)
      .catch((error: unknown) => this.#rounds.log.debug({ error: String(error) }, 'could not nudge'))
  }

  /** Of several workers one runs a task: the one that takes its lock. */
  #every(name: string, pattern: string, run: () => Promise<void>): void {
    const { config } = this.#rounds
    // A timer may fire a moment early: the instant that is meant then is not the next.
    const plan = () =>
      void this.#planned.set(
        name,
        task
          .getNextRuns(2)
          .map(Number)
          .find(at => at > Date.now() + 500) ?? Infinity,
      )
    const task = schedule(
      pattern,
      () =>
        run()
          .then(() => this.#outcomes.succeeded(`task ${name}`, 'scheduled task went through', { task: name }))
          .catch((error: unknown) => this.#failed(`task ${name}`, error, 'scheduled task failed', { task: name }))
          .finally(plan),
      {
        name,
        timezone: config.schedule.timezone,
        noOverlap: true,
        distributed: true,
        runCoordinator: {
          shouldRun: async (key, ttl) => {
            plan()
            const isOurs = await this.#rounds.lock(key, ttl)
            if (isOurs) this.#planned.delete(name)
            return isOurs
          },
        },
        logger: quiet,
      },
    )
    task.on('execution:missed', plan)
    plan()
    this.#tasks.push(task)
  }

  /** What fails since Redis is away, or takes no writes, is told as that, once. */
  #failed(what: string, error: unknown, message: string, fields: Record<string, unknown>): void {
    const reason = error instanceof Error ? error.message : String(error)
    if (isOutage(error)) this.#rounds.log.debug({ ...fields, reason }, message)
    else this.#outcomes.failed(what, message, { ...fields, reason })
  }

  async #collect(name: string): Promise<void> {
    const { log } = this.#rounds
    const begun = performance.now()
    let nudged = begun
    const progress = () => {
      if (performance.now() - nudged < whileCollecting) return
      nudged = performance.now()
      this.#nudgeBehind().catch((error: unknown) => log.debug({ error: String(error) }, 'could not nudge'))
    }
    const counts = await this.#rounds.collect(name, { progress, signal: this.#stopping.signal })
    const changed = counts.new + counts.updated + counts.killed > 0
    const ms = Math.round(performance.now() - begun)
    log[changed ? 'info' : 'debug']({ source: name, ...counts, ms }, 'collected')
    await this.#nudgeBehind()
  }

  async #publish(name: string): Promise<void> {
    const editions = await this.#rounds.publish(name)
    const changed = editions.filter(edition => edition.changed).map(({ format }) => format)
    if (changed.length > 0) this.#rounds.log.info({ feed: name, changed }, 'published')
  }

  /** `epoch`: of the store that everything was declared in. */
  async #lookEverySecond(epoch: string): Promise<void> {
    const { signal } = this.#stopping
    let away = false
    while (!signal.aborted) {
      try {
        const asked = performance.now()
        const found = await this.#rounds.epoch()
        away ||= performance.now() - asked > second
        if (found !== epoch) epoch = await this.#beginAnew()
        else if (away) await this.#nudgeAll()
        away = false
        await this.#release()
        await this.#catchUp()
      } catch (error) {
        away = true
        this.#rounds.log.debug({ error: String(error) }, 'could not look at the store')
      }
      await pause(second, undefined, { signal }).catch(() => undefined)
    }
  }

  /** Returns the new epoch. */
  async #beginAnew(): Promise<string> {
    this.#rounds.log.warn('the store has lost its data: everything is collected and published anew')
    await this.#rounds.declare()
    await this.#nudgeAll()
    return this.#rounds.epoch()
  }

  async #release(): Promise<void> {
    const released = await this.#rounds.release()
    if (released === 0) return
    this.#rounds.log.info({ released }, 'released what was held back')
    await this.#nudgeBehind()
  }

  /**
   * Whoever changes an article sees to its feeds, and may die before: they are nudged once the wire has stood still for a
   * look. While it moves, as in a long round, that would render everything each second; an empty one is for the sources.
   */
  async #catchUp(): Promise<void> {
    const position = await this.#rounds.position()
    if (position < this.#stood) await this.#wentBack(position)
    if (position > 0 && position === this.#stood && position !== this.#stoodStill) {
      await this.#nudgeBehind()
      this.#stoodStill = position
    }
    this.#stood = position
  }

  /** The same store at an earlier moment: a restored copy, or a replica that had not heard the newest. */
  async #wentBack(position: number): Promise<void> {
    const lost = this.#stood - position
    this.#rounds.log.warn({ position, lost }, 'the store has lost its newest changes: everything is collected anew')
    await this.#nudgeAll()
  }

  /**
   * Whatever was missed while no worker ran, or while the store was away, is done now. Out of an empty store feeds would
   * be published empty: there the rounds of the sources come first, and nudge them.
   */
  async #nudgeAll(): Promise<void> {
    const sources = this.#sources()
    await this.#nudges.nudge('collect', sources)
    if (sources.length === 0 || (await this.#rounds.position()) > 0) await this.#nudges.nudge('publish', this.#feeds())
  }

  /** Nudges every feed whose editions stand before its last change. */
  async #nudgeBehind(): Promise<void> {
    await this.#nudges.nudge('publish', await this.#rounds.behind())
  }

  #sources(): string[] {
    return this.#rounds.config.sources.map(source => source.name)
  }

  #feeds(): string[] {
    return this.#rounds.config.feeds.filter(feed => !feed.gone).map(feed => feed.name)
  }
}

const nothing = () => undefined
/** What node-cron would print, it also tells through its results. */
const quiet = { info: nothing, warn: nothing, error: nothing, debug: nothing }
