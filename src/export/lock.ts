import { randomUUID } from 'node:crypto'
import { readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'

/** Milliseconds: between two signs of life, and without one until the lock counts as left behind by a process that died. */
const beat = 5000
const abandoned = 30_000

/**
 * One export at a time writes into a folder, wherever it runs: a slower one would put back what another has just taken
 * away. Not by process id, which means nothing in another container.
 */
export class Lock implements AsyncDisposable {
  readonly #path: string
  readonly #token: string
  readonly #timer: NodeJS.Timeout
  #lost = false

  private constructor(path: string, token: string) {
    this.#path = path
    this.#token = token
    this.#timer = setInterval(() => void this.#live(), beat).unref()
  }

  /** Undefined while another has it. */
  static async take(path: string): Promise<Lock | undefined> {
    const token = randomUUID()
    const age = Date.now() - ((await stat(path).catch(() => undefined))?.mtimeMs ?? Date.now())
    if (age > abandoned) await rm(path, { force: true })
    try {
      await writeFile(path, token, { flag: 'wx' })
      return new Lock(path, token)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined
      throw error
    }
  }

  /** Throws when this process stood still for so long that another has taken over. */
  check(): void {
    if (this.#lost) throw new Error('another export writes into the folder by now')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer)
    if (await this.#isOurs()) await rm(this.#path, { force: true })
  }

  async #live(): Promise<void> {
    if (!(await this.#isOurs())) this.#lost = true
    else await utimes(this.#path, new Date(), new Date()).catch(() => undefined)
  }

  async #isOurs(): Promise<boolean> {
    return (await readFile(this.#path, 'utf8').catch(() => '')) === this.#token
  }
}
