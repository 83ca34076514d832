import { schedule, type ScheduledTask } from 'node-cron'
import type { Logger } from '../log.ts'
import { Outcomes } from '../outcomes.ts'
import { isOutage } from '../store/redis/refusal.ts'

interface ClockOptions {
  /** IANA name, of all patterns. */
  timezone: string
  log: Logger
  /** Takes the lock of a task for some milliseconds; false where another has it. */
  lock: (task: string, milliseconds: number) => Promise<boolean>
}

/** Does what is planned: of several workers one runs a task, the one that takes its lock. */
export class Clock implements AsyncDisposable {
  readonly #options: ClockOptions
  readonly #outcomes: Outcomes
  readonly #tasks: ScheduledTask[] = []
  /** When each task has to run next, in milliseconds since 1970; of one that runs nothing is expected. */
  readonly #planned = new Map<string, number>()

  constructor(options: ClockOptions) {
    this.#options = options
    this.#outcomes = new Outcomes(options.log)
  }

  /** Runs a task from now on, by a cron pattern. What it throws is told. */
  every(name: string, pattern: string, run: () => Promise<void>): void {
    const { timezone, lock } = this.#options
    const plan = () => void this.#planned.set(name, nextOf(task))
    const shouldRun = async (key: string, ttl: number) => {
      plan()
      const isOurs = await lock(key, ttl)
      if (isOurs) this.#planned.delete(name)
      return isOurs
    }
    const task = schedule(
      pattern,
      () =>
        run()
          .then(() => this.#outcomes.succeeded(`task ${name}`, 'scheduled task went through', { task: name }))
          .catch((error: unknown) => this.#failed(name, error))
          .finally(plan),
      { name, timezone, noOverlap: true, distributed: true, runCoordinator: { shouldRun }, logger: quiet },
    )
    task.on('execution:missed', plan)
    plan()
    this.#tasks.push(task)
  }

  /** By how many milliseconds it is late, at `now` in milliseconds since 1970. */
  late(now: number): number {
    return Math.max(0, ...[...this.#planned.values()].map(planned => now - planned))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const task of this.#tasks) await task.destroy()
  }

  /** What fails since Redis is away, or takes no writes, is told as that, once. */
  #failed(task: string, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error)
    const message = 'scheduled task failed'
    if (isOutage(error)) this.#options.log.debug({ task, reason }, message)
    else this.#outcomes.failed(`task ${task}`, message, { task, reason })
  }
}

/** In milliseconds since 1970. A timer may fire a moment early: the instant that is meant then is not the next. */
function nextOf(task: ScheduledTask): number {
  const instants = task.getNextRuns(2).map(Number)
  return instants.find(at => at > Date.now() + 500) ?? Infinity
}

const nothing = () => undefined
/** What node-cron would print, it also tells through its results. */
const quiet = { info: nothing, warn: nothing, error: nothing, debug: nothing }
