import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { instant } from '../article.ts'
import type { Logger } from '../log.ts'
import { Outcomes } from '../outcomes.ts'
import type { Beat } from '../store/pulse.ts'
import { refusalOf } from '../store/redis/refusal.ts'
import type { Store } from '../store/store.ts'
import { assess, readFacts, type Problem } from './health.ts'

export interface HeartbeatOptions {
  role: Beat['role']
  store: Store
  log: Logger
  /** Milliseconds since 1970. */
  clock: () => number
  /** Names of the configured sources. */
  sources: readonly string[]
  /** Of a worker: by how many milliseconds its clock is late. */
  late?: () => number
}

/** Milliseconds between two beats, and until the next after one that failed. */
const interval = 5_000
const retry = 1_000

/** How long a process must have been heard until it judges others by their silence: they may just be starting. */
const patience = 10_000

/**
 * A process says that it is there, and looks whether all is well: what begins to be wrong, and what is well again, is a line
 * in the log each. That Redis is away altogether is told by the connections.
 */
export class Heartbeat implements AsyncDisposable {
  readonly #options: HeartbeatOptions
  readonly #id = randomUUID()
  readonly #started: number
  readonly #outcomes: Outcomes
  readonly #stopping = new AbortController()
  readonly #running: Promise<void>
  /** Since when beats are taken without a break. */
  #heard: number | undefined
  #problems: readonly Problem[] = []

  constructor(options: HeartbeatOptions) {
    this.#options = options
    this.#started = options.clock()
    this.#outcomes = new Outcomes(options.log)
    this.#running = this.#run()
  }

  /** What is wrong, worst first, as of the last look. */
  get problems(): readonly Problem[] {
    return this.#problems
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping.abort()
    // A beat that waits for a Redis that is away fails when the connection goes.
    const over = this.#running.then(() => this.#options.store.pulse.end(this.#id)).catch(() => undefined)
    await Promise.race([over, pause(500, undefined, { ref: false })])
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping
    while (!signal.aborted) {
      const taken = await this.#beat()
      await pause(taken ? interval : retry, undefined, { signal, ref: false }).catch(() => undefined)
    }
  }

  async #beat(): Promise<boolean> {
    const { role, store, late } = this.#options
    const said = { role, host: hostname(), pid: process.pid, started: instant(this.#started) }
    try {
      await store.pulse.beat(this.#id, { ...said, ...(late && { late: late() }) })
      this.#heard ??= performance.now()
      await this.#look()
      return true
    } catch (error) {
      this.#heard = undefined
      const reason = refusalOf(error)
      // What else fails is an outage of the connection, which says so itself.
      if (reason !== undefined) this.#judge([{ kind: 'redis', reason }])
      return false
    }
  }

  async #look(): Promise<void> {
    const { store, sources } = this.#options
    const problems = assess(await readFacts(store, sources))
    const isNew = this.#heard === undefined || performance.now() - this.#heard < patience
    this.#judge(problems.filter(({ kind }) => kind !== 'worker' || !isNew))
  }

  /** A source that fails is in the log of the worker that found it. */
  #judge(problems: readonly Problem[]): void {
    this.#problems = problems
    const found = new Map(problems.map(({ kind, reason }) => [kind, reason]))
    for (const [kind, over] of told) {
      const reason = found.get(kind)
      if (reason !== undefined) this.#outcomes.failed(kind, reason)
      else this.#outcomes.succeeded(kind, over)
    }
  }
}

const told = [
  ['redis', 'Redis takes writes again'],
  ['worker', 'a worker is there again'],
  ['clock', 'the clock ticks again'],
] as const
