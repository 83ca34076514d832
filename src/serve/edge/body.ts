import type { Held, Memory } from './memory.ts'

/** Where a body comes from when it is not in memory. */
export interface Origin {
  bring: () => Promise<Buffer>
  /** Of what it brings, where that is known before. */
  length?: number
  /** Before it leaves memory: sees to it that it can be brought. */
  secure?: () => Promise<void>
}

/** A body that is read more often than that may stay as long as one that is read so often. */
const mostCounted = 15

/** The bytes of a response, in memory or elsewhere. */
export class Body implements Held {
  readonly #memory: Memory
  readonly #origin: Origin
  #bytes: Buffer | undefined
  #length = 0
  #reads = 0
  #coming: Promise<Buffer> | undefined
  #dropped = false

  constructor(memory: Memory, origin: Origin) {
    this.#memory = memory
    this.#origin = origin
    this.#length = origin.length ?? 0
  }

  /** Of the bytes; 0 where nobody knows it before they were in memory. */
  get length(): number {
    return this.#length
  }

  /** How often it was read lately. */
  get reads(): number {
    return this.#reads
  }

  /** Undefined where they are not in memory. */
  get bytes(): Buffer | undefined {
    return this.#bytes
  }

  /** As `bytes`, counted; `read` brings what is not there. */
  take(): Buffer | undefined {
    this.#reads++
    return this.#bytes
  }

  /** Who asks at the same time, gets the same buffer. Rejects when it cannot be brought. */
  async read(): Promise<Buffer> {
    const bytes = this.take()
    if (bytes !== undefined) return bytes
    this.#coming ??= this.#origin
      .bring()
      .then(brought => this.place(brought))
      .finally(() => (this.#coming = undefined))
    return await this.#coming
  }

  /** Puts the bytes into memory. */
  place(bytes: Buffer, reads: number = this.#reads): Buffer {
    if (this.#dropped) return bytes
    this.#bytes = bytes
    this.#length = bytes.length
    this.#reads = reads
    this.#memory.add(this)
    return bytes
  }

  isSpared(): boolean {
    const wasRead = this.#reads > 0
    this.#reads = Math.min(this.#reads, mostCounted) >> 1
    return wasRead
  }

  async leave(): Promise<void> {
    await this.#origin.secure?.()
    this.#forget()
  }

  /** For ever. */
  drop(): void {
    this.#dropped = true
    this.#forget()
  }

  #forget(): void {
    this.#bytes = undefined
    this.#memory.remove(this)
  }
}
