import { Piscina } from 'piscina'
import type { Logger } from '../log.ts'
import { enough, readInputs, sizeOf, unread, type Input, type Portion, type Read } from './inputs.ts'

/** Milliseconds for a portion. The parsers are bounded to far less; this is for what nobody thought of. */
const patience = 30_000

/** Megabytes of what a thread may hold. One that needs more is ended, not the process. */
const resourceLimits = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 64 }

/** Milliseconds after which an idle thread goes. */
const idleTimeout = 60_000

/**
 * Reads stored inputs on threads of their own, so that no parser holds up whatever else the process does, and all
 * cores are used. An input that takes its thread down with it costs itself alone.
 */
export class Readers implements AsyncDisposable {
  /** How many portions are worth having under way. */
  readonly width: number
  readonly #threads: number
  readonly #log: Logger
  #pool: Piscina | undefined
  #busy = 0
  readonly #waiting: (() => void)[] = []

  /** Without threads everything is read in this one. */
  constructor(threads: number, log: Logger) {
    this.#threads = threads
    this.#log = log
    this.width = threads === 0 ? 1 : threads + 2
  }

  /** In the order of what is stored; without what is gone or changes right now. */
  async read(portion: Portion): Promise<Read> {
    if (this.#threads === 0) return readInputs(portion)
    try {
      return await this.#onThread(portion)
    } catch (error) {
      return portion.stored.length > 1 ? await this.#oneByOne(portion) : this.#giveUp(portion, error)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#pool?.destroy()
  }

  async #oneByOne({ source, stored }: Portion): Promise<Read> {
    const inputs: Input[] = []
    let size = 0
    for (const [index, one] of stored.entries()) {
      const read = await this.read({ source, stored: [one] })
      inputs.push(...read.inputs)
      size += read.inputs.reduce((sum, input) => sum + sizeOf(input), 0)
      if (size > enough) return { inputs, rest: stored.slice(index + 1) }
    }
    return { inputs, rest: [] }
  }

  #giveUp({ source, stored }: Portion, error: unknown): Read {
    const reason = reasonOf(error)
    this.#log.warn({ source: source.name, files: stored.map(({ path }) => path), error: String(error) }, reason)
    return { inputs: stored.map(one => unread(source, one, { reason })), rest: [] }
  }

  /** Nothing waits within the pool: a portion's time begins when its thread does. */
  async #onThread(portion: Portion): Promise<Read> {
    while (this.#busy >= this.#threads) await new Promise<void>(go => this.#waiting.push(go))
    this.#busy++
    try {
      return (await this.#running().run(portion, { signal: AbortSignal.timeout(patience) })) as Read
    } finally {
      this.#busy--
      this.#waiting.shift()?.()
    }
  }

  #running(): Piscina {
    this.#pool ??= new Piscina({
      filename: new URL('reading-thread.js', import.meta.url).href,
      minThreads: 0,
      maxThreads: this.#threads,
      idleTimeout,
      resourceLimits,
    })
    return this.#pool
  }
}

function reasonOf(error: unknown): string {
  const outOfMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
  const most = outOfMemory ? `${resourceLimits.maxOldGenerationSizeMb} MB of memory` : `${patience / 1000} seconds`
  return `It takes more than ${most} to read.`
}
