import { Worker, type Queue } from 'bullmq'
import type { Logger } from '../log.ts'
import { Outcomes } from '../outcomes.ts'
import type { RedisClient } from './redis/connect.ts'
import { isOutage } from './redis/refusal.ts'

/**
 * With BullMQ's defaults every nudge would wait a minute behind a killed worker, and would be given up the second
 * time a worker dies with it. A lock that is lost under load costs a second round at the same time, which does no harm;
 * a long one costs the time until a round is taken up again. An error would keep a worker from its next try for 15 seconds.
 */
const recovery = { lockDuration: 3000, stalledInterval: 1000, maxStalledCount: 100, runRetryDelay: 1000 }

/** How often it is looked whether nudges wait here in vain, in milliseconds, and after how many such looks in a row there is an end to it. */
const usual = { look: 2000, looks: 5 }

export interface StageWorkerOptions {
  /** Must wait for Redis rather than fail: role `wait`. */
  connection: RedisClient
  prefix: string
  /** Rounds side by side. */
  concurrency: number
  round: (name: string) => Promise<void>
  log: Logger
  /** Is told of what BullMQ complains about: outages, mostly. */
  complain: (error: Error) => void
  patience?: typeof usual
}

/**
 * The rounds of one stage in this process. BullMQ's worker waits for nudges on a connection of its own, and after an outage
 * may wait for that for ever, without a word. Where nudges wait although there is room for a round and the queue's own
 * connection answers, another worker takes its place; a round that the old one left is taken up again by its lock.
 */
export class StageWorker implements AsyncDisposable {
  readonly #queue: Queue
  readonly #options: StageWorkerOptions
  readonly #outcomes: Outcomes
  readonly #timer: NodeJS.Timeout
  #worker: Worker
  #running = 0
  /** Looks in a row that found nudges waiting in vain. */
  #inVain = 0
  /** A look waits for its answer: Redis is away. */
  #looking = false

  constructor(queue: Queue, options: StageWorkerOptions) {
    this.#queue = queue
    this.#options = options
    this.#outcomes = new Outcomes(options.log)
    this.#worker = this.#follow()
    const { look } = options.patience ?? usual
    this.#timer = setInterval(() => void this.#look(), look).unref()
  }

  /** Waits for the rounds that run. */
  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer)
    await this.#worker.close()
  }

  #follow(): Worker {
    const { name: stage } = this.#queue
    const { connection, prefix, concurrency, complain } = this.#options
    const worker = new Worker(stage, job => this.#run(job.name), { connection, prefix, concurrency, ...recovery })
    worker.on('error', complain)
    worker.on('failed', (job, error) => this.#failed(job?.name ?? '', error))
    worker.on('completed', ({ name }) => this.#outcomes.succeeded(name, 'round went through again', { stage, name }))
    return worker
  }

  /** An outage of Redis is told as that, once, by what is connected to it. */
  #failed(name: string, error: Error): void {
    const fields = { stage: this.#queue.name, name, reason: error.message }
    if (isOutage(error)) this.#options.log.debug(fields, 'round failed')
    else this.#outcomes.failed(name, 'round failed', fields)
  }

  async #run(name: string): Promise<void> {
    this.#inVain = 0
    this.#running++
    await this.#options.round(name).finally(() => this.#running--)
  }

  async #look(): Promise<void> {
    if (this.#looking) return
    this.#looking = true
    const waiting = await this.#queue.getWaitingCount().catch(() => 0)
    this.#looking = false
    const { concurrency, patience = usual } = this.#options
    this.#inVain = waiting > 0 && this.#running < concurrency ? this.#inVain + 1 : 0
    if (this.#inVain >= patience.looks && !this.#queue.closing) this.#replace(waiting)
  }

  #replace(waiting: number): void {
    const { log, complain } = this.#options
    log.warn({ stage: this.#queue.name, waiting }, 'nudges were not heard: listening on a new connection')
    // By force: its rounds go on, but what it waits for may never come.
    this.#worker.close(true).catch(complain)
    this.#worker = this.#follow()
    this.#inVain = 0
  }
}
