import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from '../log.ts'
import type { Wire } from '../store/wire.ts'

/** Milliseconds between two looks. */
const second = 1000

interface LookoutOptions {
  wire: Wire
  log: Logger
  signal: AbortSignal
  /** Puts the configuration in force in a store that knows none. */
  declare: () => Promise<void>
  /** What has to be done at every look. */
  rounds: () => Promise<void>
  /** Nudges everything. */
  nudgeAll: () => Promise<void>
  /** Nudges what stands behind the wire. */
  nudgeBehind: () => Promise<void>
}

/**
 * Looks at the store once a second, for what nobody would tell: that it has lost its data, or its newest changes, that it
 * was away, that somebody changed an article and died before its feeds were seen to.
 */
export class Lookout {
  readonly #options: LookoutOptions
  /** Of the store that everything was declared in; undefined before the first look. */
  #epoch: string | undefined
  #away = false
  /** Where the wire stood at the last look, and where it stood still for a look. */
  #stood = 0
  #stoodStill = 0

  constructor(options: LookoutOptions) {
    this.#options = options
  }

  /** Until the signal. Rejects where the store cannot be asked at first. */
  async begin(): Promise<{ end: Promise<void> }> {
    this.#epoch = await this.#options.wire.epoch()
    return { end: this.#lookEverySecond() }
  }

  async #lookEverySecond(): Promise<void> {
    const { log, signal } = this.#options
    while (!signal.aborted) {
      try {
        await this.#look()
      } catch (error) {
        this.#away = true
        log.debug({ error: String(error) }, 'could not look at the store')
      }
      await pause(second, undefined, { signal }).catch(() => undefined)
    }
  }

  async #look(): Promise<void> {
    const { wire, rounds, nudgeAll } = this.#options
    const asked = performance.now()
    const found = await wire.epoch()
    this.#away ||= performance.now() - asked > second
    if (found !== this.#epoch) await this.#beginAnew()
    else if (this.#away) await nudgeAll()
    this.#away = false
    await rounds()
    await this.#catchUp()
  }

  async #beginAnew(): Promise<void> {
    const { wire, log, declare, nudgeAll } = this.#options
    log.warn('the store has lost its data: everything is collected and published anew')
    await declare()
    await nudgeAll()
    this.#epoch = await wire.epoch()
  }

  /**
   * Whoever changes an article sees to its feeds, and may die before: they are nudged once the wire has stood still for a
   * look. While it moves, as in a long round, that would render everything each second; an empty one is for the sources.
   */
  async #catchUp(): Promise<void> {
    const { wire, nudgeBehind } = this.#options
    const position = await wire.position()
    if (position < this.#stood) await this.#wentBack(position)
    if (position > 0 && position === this.#stood && position !== this.#stoodStill) {
      await nudgeBehind()
      this.#stoodStill = position
    }
    this.#stood = position
  }

  /** The same store at an earlier moment: a restored copy, or a replica that had not heard the newest. */
  async #wentBack(position: number): Promise<void> {
    const { log, nudgeAll } = this.#options
    const lost = this.#stood - position
    log.warn({ position, lost }, 'the store has lost its newest changes: everything is collected anew')
    await nudgeAll()
  }
}
