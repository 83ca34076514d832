import { Piscina } from 'piscina'
import type { Logger } from '../../log.ts'
import { enough, readInputs, sizeOf, unread, type Input, type Portion, type Read } from './inputs.ts'

interface ReadersOptions {
  /** Without any, everything is read in this one. */
  threads: number
  log: Logger
  /** Milliseconds for a portion. The parsers are bounded to far less; this is for what nobody thought of. */
  patience?: number
  /** What a thread runs: its default export takes a portion. */
  program?: URL
}

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
  readonly #options: Required<ReadersOptions>
  #pool: Piscina | undefined
  #busy = 0
  #ended = false
  readonly #waiting: (() => void)[] = []

  constructor(options: ReadersOptions) {
    this.#options = { patience: 30_000, program: new URL('reading-thread.js', import.meta.url), ...options }
    this.width = options.threads === 0 ? 1 : options.threads + 2
  }

  /** In the order of what is stored; without what is gone or changes right now. */
  async read(portion: Portion): Promise<Read> {
    try {
      return this.#options.threads === 0 ? readInputs(portion) : await this.#onThread(portion)
    } catch (error) {
      // What was under way when everything ended is no fault of the inputs.
      if (this.#ended) throw error
      return portion.stored.length > 1 ? await this.#oneByOne(portion) : this.#giveUp(portion, error)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ended = true
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
    const { log, patience } = this.#options
    const tooMuch = excessOf(error, patience)
    const reason =
      tooMuch === undefined ? `It cannot be read: ${String(error)}` : `It takes more than ${tooMuch} to read.`
    log.error({ source: source.name, files: stored.map(({ path }) => path) }, reason)
    // Another fault may pass by itself; this one would take as much each time.
    const inputs = stored.map(one => unread(source, one, { reason }, { again: tooMuch === undefined }))
    return { inputs, rest: [] }
  }

  /** Nothing waits within the pool: a portion's time begins when its thread does. */
  async #onThread(portion: Portion): Promise<Read> {
    const { threads, patience } = this.#options
    while (this.#busy >= threads) await new Promise<void>(go => this.#waiting.push(go))
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
      filename: this.#options.program.href,
      minThreads: 0,
      maxThreads: this.#options.threads,
      idleTimeout,
      resourceLimits,
    })
    return this.#pool
  }
}

/** What an input took too much of. */
function excessOf(error: unknown, patience: number): string | undefined {
  if (!(error instanceof Error)) return undefined
  if ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return `${resourceLimits.maxOldGenerationSizeMb} MB of memory`
  }
  return error.name === 'AbortError' ? `${patience / 1000} seconds` : undefined
}
