import { closeSync, fstatSync, mkdirSync, openSync, readSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { decodeTakedown, encodeTakedown, type Takedown } from '../../takedown.ts'

/**
 * The list of takedowns in a data folder: a line each, only ever added to. It outlives the store, and many processes write
 * to it. A line that was cut short by a crash is passed over.
 */
export class TakedownFile {
  readonly #path: string
  #written: Promise<void> = Promise.resolve()
  /** Bytes that were read, up to the end of a line; and that were there then. */
  #read = 0
  #size = 0

  constructor(path: string) {
    this.#path = path
  }

  /** Something was added since it was last read, by this process or another. */
  get hasGrown(): boolean {
    return (statSync(this.#path, { throwIfNoEntry: false })?.size ?? 0) !== this.#size
  }

  /** What was added since it was last read, in that order. Throws where there is a list that cannot be read. */
  read(): Takedown[] {
    return this.#added()
      .split('\n')
      .flatMap(line => decodeTakedown(line) ?? [])
  }

  /** Resolves when it is on the disk. */
  async add(takedowns: readonly Takedown[]): Promise<void> {
    if (takedowns.length === 0) return
    const after = this.#written.then(() => this.#append(takedowns))
    this.#written = after.catch(() => undefined)
    await after
  }

  async #append(takedowns: readonly Takedown[]): Promise<void> {
    mkdirSync(dirname(this.#path), { recursive: true, mode: 0o700 })
    const file = await open(this.#path, 'a', 0o600)
    try {
      // The line before may be torn. One write, so that lines of several processes do not mix.
      const bytes = Buffer.from(takedowns.map(each => `\n${encodeTakedown(each)}\n`).join(''))
      await file.appendFile(bytes)
      await file.sync()
      this.#countIn(bytes.length, (await file.stat()).size)
    } finally {
      await file.close()
    }
  }

  /** Own lines need not be read, where nobody else has written any. */
  #countIn(length: number, size: number): void {
    if (this.#read === this.#size && size === this.#size + length) this.#read = this.#size = size
  }

  #added(): string {
    if (!this.hasGrown) return ''
    try {
      const file = openSync(this.#path, 'r')
      try {
        return this.#rest(file)
      } finally {
        closeSync(file)
      }
    } catch (error) {
      throw new Error(`the list of takedowns ${this.#path} cannot be read: make it readable, or restore it`, {
        cause: error,
      })
    }
  }

  /** Without a line that is being written just now; from the start where another file was put there. */
  #rest(file: number): string {
    const { size } = fstatSync(file)
    if (size < this.#read) this.#read = 0
    const bytes = Buffer.alloc(size - this.#read)
    const length = readSync(file, bytes, 0, bytes.length, this.#read)
    const lines = bytes.subarray(0, bytes.subarray(0, length).lastIndexOf('\n') + 1)
    this.#read += lines.length
    this.#size = size
    return lines.toString()
  }
}
