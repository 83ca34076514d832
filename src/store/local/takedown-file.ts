import { mkdirSync, readFileSync } from 'node:fs'
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

  constructor(path: string) {
    this.#path = path
  }

  /** In the order in which they were added. Throws where there is a list that cannot be read. */
  read(): Takedown[] {
    return this.#text()
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
      await file.appendFile(takedowns.map(each => `\n${encodeTakedown(each)}\n`).join(''))
      await file.sync()
    } finally {
      await file.close()
    }
  }

  #text(): string {
    try {
      return readFileSync(this.#path, 'utf8')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
      throw new Error(`the list of takedowns ${this.#path} cannot be read: make it readable, or restore it`, {
        cause: error,
      })
    }
  }
}
