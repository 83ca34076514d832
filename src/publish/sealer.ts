import { Piscina } from 'piscina'
import type { PackedBodies } from '../edition.ts'
import { seal } from './seal.ts'

/** Compresses editions on threads of its own, so that a process renders the next feed meanwhile; without any, in this one. */
export class Sealer implements AsyncDisposable {
  readonly #threads: number
  #pool: Piscina | undefined

  constructor(threads: number) {
    this.#threads = threads
  }

  /** In the order of the editions. */
  async seal(editions: readonly Buffer[]): Promise<PackedBodies[]> {
    if (this.#threads === 0 || editions.length === 0) return editions.map(seal)
    const sealed = (await this.#running().run(editions)) as Record<keyof PackedBodies, Uint8Array>[]
    // What comes from a thread is no Buffer any more.
    return sealed.map(({ gzip, br }) => ({ gzip: bufferOf(gzip), br: bufferOf(br) }))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#pool?.destroy()
  }

  #running(): Piscina {
    const filename = new URL('sealing-thread.js', import.meta.url).href
    this.#pool ??= new Piscina({ filename, minThreads: this.#threads, maxThreads: this.#threads })
    return this.#pool
  }
}

function bufferOf({ buffer, byteOffset, length }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, length)
}
