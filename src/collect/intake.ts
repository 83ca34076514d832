import type { Logger } from '../log.ts'
import type { Store } from '../store/store.ts'
import type { Desk } from './place.ts'
import { resolve, type Input, type Resolution } from './resolve.ts'

/** What one round did. `rejected` counts every input that is a reject now, also one that has been for long. */
export interface Counts {
  read: number
  new: number
  updated: number
  unchanged: number
  rejected: number
  killed: number
}

/** What every round is given. */
export interface RoundOptions {
  store: Store
  log: Logger
  /** Milliseconds since 1970. */
  clock: () => number
  /** Called after each piece with the number of files passed so far. */
  progress?: (passed: number) => void
  /** Stops between two files: what is committed stays, the rest is for the next round. */
  signal?: AbortSignal
}

const noCounts: Readonly<Counts> = { read: 0, new: 0, updated: 0, unchanged: 0, rejected: 0, killed: 0 }

/** How often an input is resolved again, when another round was quicker each time. */
const attempts = 5

/** Takes inputs to the store. While one portion is on its way to Redis, the next can be read. */
export class Intake {
  readonly counts: Counts = { ...noCounts }
  readonly #desk: () => Desk
  readonly #log: Logger
  readonly #committed: (input: Input, added: boolean) => void
  #onItsWay: Promise<void> = Promise.resolve()

  /** `committed` is told of each input that is through, and whether its path was unknown before. */
  constructor(desk: () => Desk, log: Logger, committed: (input: Input, added: boolean) => void = () => undefined) {
    this.#desk = desk
    this.#log = log
    this.#committed = committed
  }

  /** Resolves when the portion before this one is through. Of the inputs only those that are `wanted` are taken. */
  async send(inputs: readonly Input[], wanted?: (input: Input, desk: Desk) => Promise<boolean>): Promise<void> {
    const resolved = this.#resolveAll(inputs, wanted)
    const before = this.#onItsWay
    this.#onItsWay = Promise.all([resolved, before]).then(([resolutions]) => this.#commit(resolutions, attempts))
    // Whoever waits for it sees its failure; until then it is nobody's.
    this.#onItsWay.catch(() => undefined)
    await before
  }

  /** Resolves when everything that was sent is through. */
  settled(): Promise<void> {
    return this.#onItsWay
  }

  async #resolveAll(
    inputs: readonly Input[],
    wanted: ((input: Input, desk: Desk) => Promise<boolean>) | undefined,
  ): Promise<Resolution[]> {
    const desk = this.#desk()
    const resolutions = await Promise.all(
      inputs.map(async input => {
        if (wanted !== undefined && !(await wanted(input, desk))) return []
        this.counts.read++
        return await resolve(input, desk)
      }),
    )
    return resolutions.flat()
  }

  /** Another round may have been quicker: then what the store holds now decides anew. */
  async #commit(resolutions: readonly Resolution[], left: number): Promise<void> {
    const desk = this.#desk()
    const { articles, commits } = desk.store
    await Promise.all(resolutions.flatMap(({ bodies }) => bodies).map(body => articles.keepBody(body)))
    const changes = resolutions.map(({ change }) => change)
    const outcomes = await commits.commit(changes, desk.now)
    for (const [index, { input, kinds, killed, change }] of resolutions.entries()) {
      if (outcomes[index]?.committed) {
        for (const kind of kinds) this.counts[kind]++
        this.#committed(input, change.filesWere?.[input.path] === '')
        for (const ref of killed) await articles.forgetPast(ref)
      } else if (left > 0) await this.#commit([await resolve(input, desk)], left - 1)
      else {
        const { name } = desk.source
        this.#log.warn({ source: name, file: input.path }, 'left for the next round: changed by another each time')
      }
    }
  }
}
