import type { Logger } from '../../log.ts'
import type { Store } from '../../store/store.ts'
import type { Input, Portion } from '../reading/inputs.ts'
import type { Desk } from '../identity/place.ts'
import type { Prober } from '../probing/prober.ts'
import type { Readers } from '../reading/readers.ts'
import { resolve, type Resolution } from '../identity/resolve.ts'

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
  readers: Readers
  log: Logger
  /** Where the source wants its media probed. */
  prober?: Prober | undefined
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

/** Which of the inputs are wanted, by what the store knows now. */
export type Wanted = (input: Input, desk: Desk) => Promise<boolean>

/** Takes what is stored to the wire: while one portion is on its way to Redis, the next are read. */
export class Intake {
  readonly counts: Counts = { ...noCounts }
  readonly #desk: () => Desk
  readonly #options: RoundOptions
  readonly #committed: (input: Input, added: boolean) => void
  /** Each ends after the one before it: what comes first in a source comes first on the wire. */
  readonly #onTheirWay: Promise<void>[] = []

  /** `committed` is told of each input that is through, and whether its path was unknown before. */
  constructor(
    desk: () => Desk,
    options: RoundOptions,
    committed: (input: Input, added: boolean) => void = () => undefined,
  ) {
    this.#desk = desk
    this.#options = options
    this.#committed = committed
  }

  /** Resolves when it is worth sending more. */
  async send(portion: Portion, wanted?: Wanted): Promise<void> {
    const through = this.#pass(portion, wanted, this.#onTheirWay.at(-1))
    // Whoever waits for it sees its failure; until then it is nobody's.
    through.catch(() => undefined)
    this.#onTheirWay.push(through)
    if (this.#onTheirWay.length > this.#options.readers.width) await this.#onTheirWay.shift()
  }

  /** Resolves when everything that was sent is through. */
  async settled(): Promise<void> {
    await this.#onTheirWay.at(-1)
  }

  async #pass(portion: Portion, wanted?: Wanted, before?: Promise<void>): Promise<void> {
    const reading = this.#options.readers.read(portion)
    const resolving = reading.then(({ inputs }) => this.#resolveAll(inputs, wanted))
    // Bodies go ahead of their turn: without the commit they are orphans, which do no harm.
    const kept = resolving.then(resolutions => this.#keepBodies(resolutions))
    const [{ rest }, resolutions] = await Promise.all([reading, resolving, kept, before])
    await this.#commit(resolutions, attempts)
    if (rest.length > 0) await this.#pass({ ...portion, stored: rest }, wanted)
  }

  async #resolveAll(inputs: readonly Input[], wanted: Wanted | undefined): Promise<Resolution[]> {
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

  #keepBodies(resolutions: readonly Resolution[]): Promise<void> {
    return this.#desk().store.articles.keepBodies(resolutions.flatMap(({ bodies }) => bodies))
  }

  /** Another round may have been quicker: then what the store holds now decides anew. */
  async #commit(resolutions: readonly Resolution[], left: number): Promise<void> {
    const desk = this.#desk()
    const { articles, commits } = desk.store
    const { followed } = desk
    const changes = resolutions.map(({ change }) => (followed ? { ...change, followedWere: followed.were } : change))
    const outcomes = await commits.commit(changes, desk.now)
    for (const [index, { input, kinds, killed, change }] of resolutions.entries()) {
      if (outcomes[index]?.committed) {
        for (const kind of kinds) this.counts[kind]++
        this.#committed(input, change.filesWere?.[input.path] === '')
        for (const ref of killed) await articles.forgetPast(ref)
      } else if (left > 0) {
        await followed?.confirm()
        const anew = [await resolve(input, desk)]
        await this.#keepBodies(anew)
        await this.#commit(anew, left - 1)
      } else {
        const { name } = desk.source
        this.#options.log.warn(
          { source: name, file: input.path },
          'left for the next round: changed by another each time',
        )
      }
    }
  }
}
