import type { Piscina } from 'piscina'
import type { PackedBodies } from '../edition.ts'
import { seal } from './seal.ts'

/** Feeds that are sealed sooner than a thread is started: a command publishes no more. */
const few = 4

/** Compresses editions on threads of its own, so that a process renders the next feed meanwhile; without any, in this one. */
export class Sealer implements AsyncDisposable {
  readonly #threads: number
  #pool: Promise<Piscina> | undefined
  #sealed = 0

  constructor(threads: number) {
    this.#threads = threads
  }

  /** In the order of the editions. */
  async seal(editions: readonly Buffer[]): Promise<PackedBodies[]> {
    if (editions.length === 0) return []
    this.#sealed++
    if (this.#threads === 0 || this.#sealed <= few) return editions.map(seal)
    const sealed = (await (await this.#running()).run(editions)) as Record<keyof PackedBodies, Uint8Array>[]
    // What comes from a thread is no Buffer any more.
    return sealed.map(({ gzip, br }) => ({ gzip: bufferOf(gzip), br: bufferOf(br) }))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await (await this.#pool)?.destroy()
  }

  #running(): Promise<Piscina> {
    this.#pool ??= startPool(this.#threads)
    return this.#pool
  }
}

/** Loaded by those that need it. */
async function startPool(threads: number): Promise<Piscina> {
  const { Piscina } = await import('piscina')
  const filename = new URL('sealing-thread.js', import.meta.url).href
  return new Piscina({ filename, minThreads: threads, maxThreads: threads })
}

function bufferOf({ buffer, byteOffset, length }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, length)
}
