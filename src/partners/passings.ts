import type { Logger } from '../log.ts'
import type { Passing, Tellings } from '../store/tellings.ts'

export interface PassingsOptions {
  tellings: Tellings
  log: Logger
  /** Resolves when the store knows all that was given before. */
  given: () => Promise<void>
}

/** Up to which position partners know the wire, since they ask behind it: what was taken away before that they have been told. */
export class Passings {
  readonly #options: PassingsOptions
  /** What the store does not know yet, and what was noted last, by partner and feed. */
  #noted = new Map<string, Passing>()
  #last = new Map<string, number>()
  #telling: Promise<void> | undefined

  constructor(options: PassingsOptions) {
    this.#options = options
  }

  /** One who asks again and again at the same place is noted once. */
  note(passing: Passing): void {
    const key = `${passing.partner} ${passing.feed ?? '*'}`
    if ((this.#last.get(key) ?? -1) === passing.position) return
    this.#last.set(key, passing.position)
    this.#noted.set(key, passing)
    this.#telling ??= this.#tell().finally(() => (this.#telling = undefined))
  }

  /** Resolves when nothing is being told. */
  async settled(): Promise<void> {
    await this.#telling
  }

  async #tell(): Promise<void> {
    const { tellings, log, given } = this.#options
    while (this.#noted.size > 0) {
      const passings = [...this.#noted.values()]
      this.#noted = new Map()
      try {
        // Who was given it just now holds it too.
        await given()
        await tellings.pass(passings)
      } catch (error) {
        log.debug({ error: String(error) }, 'who was told of takedowns is not known')
        // With their next question.
        this.#last = new Map()
      }
    }
  }
}
