import type { Logger } from '../../log.ts'
import { SpillFile } from './spill-file.ts'

/** Bytes. */
export const usualMemory = 256e6

export interface MemoryOptions {
  /** Of all that is held here; what the responses under way hold may come on top. */
  bytes: number
  /** On local disk: for what does not fit. */
  folder: string
  log: Logger
}

/** What can leave memory and be brought back. */
export interface Held {
  readonly length: number
  /** Was it read lately? Asked often enough without being read, anything says no. */
  isSpared(): boolean
  /** Rejects, and stays, where it cannot be put anywhere else. */
  leave(): Promise<void>
}

/** So often in a row the disk may fail before what is left stays in memory for now. */
const mostFailures = 3
/** Milliseconds between two words about that. */
const silence = 60_000

/** Bounds what is held in memory: what is read least leaves it first. Without options nothing has to. */
export class Memory {
  /** Where what leaves can be put; undefined where nothing has to. */
  readonly spill: SpillFile | undefined
  readonly #options: MemoryOptions | undefined
  /** In the order in which they are looked at: a hand that goes round, and passes over what was read since (the CLOCK of page caches). */
  readonly #held = new Set<Held>()
  #size = 0
  #isShrinking = false
  #shrinking: Promise<void> = Promise.resolve()
  #warned = -Infinity

  constructor(options?: MemoryOptions) {
    this.#options = options
    this.spill = options && new SpillFile(options.folder)
  }

  get size(): number {
    return this.#size
  }

  add(held: Held): void {
    if (this.#held.has(held)) return
    this.#held.add(held)
    this.#size += held.length
    const options = this.#options
    if (options !== undefined && this.#size > options.bytes && !this.#isShrinking)
      this.#shrinking = this.#shrink(options)
  }

  remove(held: Held): void {
    if (this.#held.delete(held)) this.#size -= held.length
  }

  /** Waits until all that has to leave has left. */
  async settled(): Promise<void> {
    await this.#shrinking
  }

  async #shrink({ bytes, log }: MemoryOptions): Promise<void> {
    this.#isShrinking = true
    let failures = 0
    for (const held of this.#held) {
      if (this.#size <= bytes || failures === mostFailures) break
      if (held.isSpared()) this.#moveBack(held)
      else {
        try {
          await held.leave()
          failures = 0
        } catch (error) {
          // What was dropped in the meantime is no failure.
          if (!this.#held.has(held)) continue
          failures++
          this.#moveBack(held)
          this.#warn(error, log)
        }
      }
    }
    this.#isShrinking = false
  }

  /** Behind all others: a loop over them comes to it again. */
  #moveBack(held: Held): void {
    this.#held.delete(held)
    this.#held.add(held)
  }

  #warn(error: unknown, log: Logger): void {
    if (performance.now() - this.#warned < silence) return
    this.#warned = performance.now()
    log.warn({ reason: String(error) }, 'the disk does not take editions: they stay in memory')
  }
}
