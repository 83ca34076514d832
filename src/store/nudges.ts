import { setTimeout as pause } from 'node:timers/promises'
import { Queue } from 'bullmq'
import type { Logger } from '../log.ts'
import type { RedisClient } from './redis/connect.ts'
import { StageWorker } from './stage-worker.ts'

export type Stage = 'collect' | 'publish'
const stages = ['collect', 'publish'] as const

/** Milliseconds until a nudge, or the end of the rounds, is given up: rounds wait for Redis for five seconds at the most. */
const patience = 6000

/** In one slot of a Cluster. */
const prefix = '{feedwire}'

/**
 * Hints that there may be something to do, for one source or one feed. Many for the same fold into one round; one
 * that is lost costs a moment only, since each round finds out by itself what there is to do.
 */
export class Nudges implements AsyncDisposable {
  readonly #connection: RedisClient
  readonly #log: Logger
  readonly #queues: Record<Stage, Queue>
  readonly #workers: StageWorker[] = []

  /** `connection` must wait for Redis rather than fail: role `wait`. */
  constructor(connection: RedisClient, log: Logger) {
    this.#connection = connection
    this.#log = log
    const queue = (stage: Stage) => new Queue(stage, { connection, prefix })
    this.#queues = { collect: queue('collect'), publish: queue('publish') }
    for (const stage of stages) this.#queues[stage].on('error', error => this.#complain(stage, error))
  }

  /** Throws when Redis does not answer; it may be heard all the same later. */
  async nudge(stage: Stage, names: readonly string[]): Promise<void> {
    const opts = { attempts: 1, removeOnComplete: true, removeOnFail: true }
    await inTime(
      this.#queues[stage].addBulk(
        names.map(name => ({
          name,
          data: {},
          opts: { ...opts, deduplication: { id: name, keepLastIfActive: true } },
        })),
      ),
    )
  }

  /** Calls `resume` each time that the connection is there again after it was lost. */
  onReturn(resume: () => void): void {
    let lost = false
    this.#connection.on('close', () => (lost = true))
    this.#connection.on('ready', () => {
      if (lost) resume()
      lost = false
    })
  }

  /** Does any process follow this stage? */
  async isFollowed(stage: Stage): Promise<boolean> {
    return (await this.#queues[stage].getWorkersCount()) > 0
  }

  /** From now on nudges of this stage run `round` here, `concurrency` of them side by side. A round that throws is logged. */
  follow(stage: Stage, concurrency: number, round: (name: string) => Promise<void>): void {
    const worker = new StageWorker(this.#queues[stage], {
      connection: this.#connection,
      prefix,
      concurrency,
      round,
      log: this.#log,
      complain: error => this.#complain(stage, error),
    })
    this.#workers.push(worker)
  }

  /** Waits for the rounds that run. */
  async [Symbol.asyncDispose](): Promise<void> {
    // While Redis is away BullMQ's close waits for ever. What it has not told Redis, another worker takes up again.
    await inTime(this.#close()).catch((error: unknown) =>
      this.#log.warn({ reason: String(error) }, 'rounds left as they are'),
    )
  }

  async #close(): Promise<void> {
    await Promise.all(this.#workers.map(worker => worker[Symbol.asyncDispose]()))
    await Promise.all(stages.map(stage => this.#queues[stage].close()))
  }

  /** An outage is logged once, by the connection. */
  #complain(stage: Stage, error: Error): void {
    this.#log.debug({ stage, error: String(error) }, 'queue')
  }
}

/** What BullMQ does on a connection that waits. Throws when it takes longer than the patience. */
async function inTime(work: Promise<unknown>): Promise<void> {
  const over = new AbortController()
  const late = pause(patience, undefined, { signal: over.signal }).then(() =>
    Promise.reject(new Error('Redis does not answer')),
  )
  await Promise.race([work, late]).finally(() => over.abort())
}
