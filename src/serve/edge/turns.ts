/**
 * Runs what is to be done for each of many names: one at a time for a name, and so many at a time for all, in the order
 * in which they came. Who asks for a name whose turn has not begun, gets that turn.
 */
export class Turns {
  readonly #coming = new Map<string, Promise<void>>()
  readonly #running = new Map<string, Promise<void>>()
  readonly #line: (() => void)[] = []
  #free: number

  constructor(atOnce: number) {
    this.#free = atOnce
  }

  /** Settles as `work` does. */
  take(name: string, work: () => Promise<void>): Promise<void> {
    const turn = this.#coming.get(name) ?? this.#inTurn(name, work)
    this.#coming.set(name, turn)
    return turn
  }

  /** Is a turn of this name under way, or to come? */
  isBusy(name: string): boolean {
    return this.#coming.has(name) || this.#running.has(name)
  }

  /** Resolves when every turn that is under way or to come now has ended, however it did. */
  async settled(): Promise<void> {
    await Promise.allSettled([...this.#coming.values(), ...this.#running.values()])
  }

  async #inTurn(name: string, work: () => Promise<void>): Promise<void> {
    await this.#running.get(name)?.catch(() => undefined)
    await this.#begin()
    const running = work()
    this.#running.set(name, running)
    this.#coming.delete(name)
    try {
      await running
    } finally {
      this.#running.delete(name)
      this.#end()
    }
  }

  async #begin(): Promise<void> {
    if (this.#free > 0) this.#free--
    else await new Promise<void>(resolve => this.#line.push(resolve))
  }

  #end(): void {
    const next = this.#line.shift()
    if (next === undefined) this.#free++
    else next()
  }
}
