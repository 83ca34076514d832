import { setTimeout as pause } from 'node:timers/promises'
import { declare } from './operate/definitions.ts'
import { Clock } from './schedule/clock.ts'
import { Lookout } from './schedule/lookout.ts'
import { stages } from './stages.ts'
import { isNudged, type SoleStage, type Stage, type Turn, type Works } from './stages/stage.ts'
import type { Nudges } from './store/nudges.ts'

const nudged = stages.filter(isNudged)
const atEveryLook = stages.filter((stage): stage is SoleStage => !isNudged(stage) && stage.clock === undefined)

/** When what is done: walks the table of stages, with the clock and the nudges of one worker. */
export class Schedule implements AsyncDisposable {
  readonly #works: Works
  readonly #nudges: Nudges
  readonly #clock: Clock
  readonly #watchers: AsyncDisposable[] = []
  readonly #stopping = new AbortController()
  readonly #turn: Turn = { signal: this.#stopping.signal, moved: () => this.#nudgeBehind() }
  #looking: Promise<void> = Promise.resolve()

  constructor(works: Works, nudges: Nudges) {
    this.#works = works
    this.#nudges = nudges
    const { config, log, store } = works
    this.#clock = new Clock({ timezone: config.schedule.timezone, log, lock: (task, ms) => store.lock(task, ms) })
  }

  /** Begins, with a nudge for everything. */
  async start(): Promise<void> {
    for (const stage of stages) this.#begin(stage)
    await this.#nudgeAll()
    // What the clock said during an outage was lost, however short it was.
    this.#nudges.onReturn(() => this.#lightly(this.#nudgeAll()))
    const { store, log } = this.#works
    const lookout = new Lookout({
      wire: store.wire,
      log,
      signal: this.#stopping.signal,
      declare: () => declare(this.#works),
      rounds: async () => {
        for (const stage of atEveryLook) await stage.round(this.#works, this.#turn)
      },
      nudgeAll: () => this.#nudgeAll(),
      nudgeBehind: () => this.#nudgeBehind(),
    })
    this.#looking = (await lookout.begin()).end
  }

  /** By how many milliseconds the clock is late, at `now` in milliseconds since 1970. */
  late(now: number): number {
    return this.#clock.late(now)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping.abort()
    await this.#clock[Symbol.asyncDispose]()
    const watchers = this.#watchers.map(watcher => watcher[Symbol.asyncDispose]())
    // A look, or a round, that waits for a Redis that is away fails when the connection goes.
    await Promise.race([Promise.all([this.#looking, ...watchers]), pause(1000, undefined, { ref: false })])
  }

  #begin(stage: Stage): void {
    const { clock } = stage
    const { schedule } = this.#works.config
    if (isNudged(stage)) {
      this.#nudges.follow(stage.name, stage.concurrency, name => stage.round(name, this.#works, this.#turn))
      const nudge = (names: readonly string[]) => this.#nudges.nudge(stage.name, names)
      if (clock) this.#clock.every(clock, schedule[clock], () => nudge(stage.names(this.#works.config)))
      const hint = (names: readonly string[]) => this.#lightly(nudge(names))
      this.#watchers.push(...(stage.watch?.(this.#works, { ...this.#turn, nudge: hint }) ?? []))
    } else if (clock) this.#clock.every(clock, schedule[clock], () => stage.round(this.#works, this.#turn))
  }

  /** A nudge that may be lost: the schedule comes anyway. */
  #lightly(nudging: Promise<void>): void {
    nudging.catch((error: unknown) => this.#works.log.debug({ error: String(error) }, 'could not nudge'))
  }

  /**
   * Whatever was missed while no worker ran, or while the store was away, is done now. Out of an empty store feeds would
   * be published empty: there the rounds of the sources come first, and nudge what comes after them.
   */
  async #nudgeAll(): Promise<void> {
    for (const { name, names } of nudged) {
      const all = names(this.#works.config)
      await this.#nudges.nudge(name, all)
      if (all.length > 0 && (await this.#works.store.wire.position()) === 0) return
    }
  }

  /** Nudges all that stands before the newest change. */
  async #nudgeBehind(): Promise<void> {
    for (const { name, behind } of nudged) {
      if (behind !== undefined) await this.#nudges.nudge(name, await behind(this.#works.store))
    }
  }
}
