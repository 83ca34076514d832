import type { Ref } from '../article.ts'
import type { Logger } from '../log.ts'
import type { Giving, Parcel, Way } from '../parcel.ts'
import type { Journal } from '../store/local/journal.ts'
import type { Store } from '../store/store.ts'
import type { Passing } from '../store/tellings.ts'

export interface LedgerOptions {
  store: Store
  journal: Journal
  /** Milliseconds for which the audit is kept. */
  keep: number
  /** Milliseconds since 1970. */
  clock: () => number
  log: Logger
}

/** A line of the journal that the store does not know yet. */
interface Noted {
  number: number
  givings: readonly Giving[]
}

/** Milliseconds until the store is told again what it did not take. */
const again = 1000

/** Lines that the store is told at once. */
const atOnce = 100

/**
 * Who is given what by this process. It is noted in a file before it leaves, in one line for all of one turn of the event loop,
 * and told to the store after that, as soon as that listens.
 */
export class Ledger implements AsyncDisposable {
  readonly #options: LedgerOptions
  /** Of this turn. */
  #givings: Giving[] = []
  #writing: Promise<void> | undefined
  readonly #noted: Noted[] = []
  /** Numbers of the lines that were written last, and that the store knows. */
  #written = 0
  #known = 0
  #telling: Promise<void> | undefined
  #later: NodeJS.Timeout | undefined
  /** By partner and feed. */
  #passings = new Map<string, Passing>()
  #passed = new Map<string, number>()
  #passing: Promise<void> | undefined
  /** What partners were told by editions to be gone, by partner and feed. */
  readonly #goneTold = new Map<string, Parcel['gone']>()

  constructor(options: LedgerOptions) {
    this.#options = options
  }

  /** Resolves when it is noted: what is given may leave then. */
  give(partner: string, way: Way, parcel: Parcel): Promise<void> {
    this.#givings.push({ partner, way, parcel, at: this.#options.clock() })
    this.#writing ??= new Promise(resolve => {
      setImmediate(() => {
        this.#writing = undefined
        this.#write()
        resolve()
      })
    })
    return this.#writing
  }

  /** Resolves when the store knows all that was noted before. Rejects while Redis cannot be asked. */
  async told(): Promise<void> {
    const all = this.#written
    while (this.#known < all) await this.#tell()
  }

  /** Whoever asks behind a position was told all up to there. */
  passed(passing: Omit<Passing, 'at'>): void {
    const key = `${passing.partner} ${passing.feed ?? '*'}`
    if ((this.#passed.get(key) ?? -1) === passing.position) return
    this.#passed.set(key, passing.position)
    this.#passings.set(key, { ...passing, at: this.#options.clock() })
    this.#passing ??= this.#tellPassings().finally(() => (this.#passing = undefined))
  }

  /** Those of the articles that a partner was ever given, as far as the store knows. */
  async holds(partner: string, refs: readonly Ref[]): Promise<ReadonlySet<Ref>> {
    await this.told()
    return await this.#options.store.holders.heldBy(partner, refs)
  }

  /** Tells the store, as soon as that listens, what processes before this one could not tell it any more. */
  start(): void {
    this.#takeUp().catch((error: unknown) => {
      this.#options.log.debug({ error: String(error) }, 'what partners were given before is told later')
      this.#later = setTimeout(() => this.start(), again).unref()
    })
  }

  async #takeUp(): Promise<void> {
    const { journal, store, keep } = this.#options
    for (const { id, lines, remove } of journal.leftOver()) {
      for (const { number, text } of lines) {
        const givings = decode(text)
        await store.holders.add(givings)
        await store.audit.add({ journal: id, number, givings }, keep)
      }
      if (remove()) await store.audit.close(id)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#writing
    clearTimeout(this.#later)
    await this.#passing
    const { journal, store } = this.#options
    const isTold = await this.told().then(
      () => true,
      () => false,
    )
    journal[Symbol.dispose]()
    if (isTold) await store.audit.close(journal.id).catch(() => undefined)
  }

  #write(): void {
    const givings = this.#givings
    this.#givings = []
    const { journal, log } = this.#options
    const number = ++this.#written
    try {
      journal.write({ number, text: encode(givings) })
    } catch (error) {
      log.error(
        { reason: String(error) },
        'what partners are given cannot be written down: it would not outlive this process',
      )
    }
    this.#noted.push({ number, givings })
    void this.#tell().catch(() => undefined)
  }

  /** One at a time: what comes meanwhile goes together. */
  #tell(): Promise<void> {
    this.#telling ??= this.#tellNoted().finally(() => (this.#telling = undefined))
    return this.#telling
  }

  async #tellNoted(): Promise<void> {
    const { store, journal, keep, log } = this.#options
    clearTimeout(this.#later)
    try {
      while (this.#noted.length > 0) {
        const lines = this.#noted.slice(0, atOnce)
        const givings = lines.flatMap(line => line.givings)
        const { number } = lines.at(-1)!
        await store.holders.add(givings)
        await store.audit.add({ journal: journal.id, number, givings }, keep)
        await this.#noteTombstones(givings)
        this.#noted.splice(0, lines.length)
        this.#known = number
      }
      journal.clear()
    } catch (error) {
      log.debug({ error: String(error) }, 'what partners were given is told later')
      this.#later = setTimeout(() => void this.#tell().catch(() => undefined), again).unref()
      throw error
    }
  }

  /** Who is given an edition that says what is gone has been told so. */
  async #noteTombstones(givings: readonly Giving[]): Promise<void> {
    for (const { partner, parcel, at } of givings) {
      if (parcel.gone.length === 0) continue
      const key = `${partner} ${parcel.series ?? ''}`
      const before = this.#goneTold.get(key)
      if (before === parcel.gone) continue
      const known = new Set(before?.map(([ref, position]) => `${ref} ${position}`))
      const news = parcel.gone.filter(([ref, position]) => !known.has(`${ref} ${position}`))
      await this.#options.store.tellings.note(
        partner,
        news.map(([ref, position]) => ({ ref, position })),
        at,
      )
      this.#goneTold.set(key, parcel.gone)
    }
  }

  async #tellPassings(): Promise<void> {
    while (this.#passings.size > 0) {
      const passings = [...this.#passings.values()]
      this.#passings = new Map()
      try {
        // Who was given it just now holds it too.
        await this.told()
        await this.#options.store.tellings.pass(passings)
      } catch (error) {
        this.#options.log.debug({ error: String(error) }, 'who was told of takedowns is not known')
        // With their next question.
        this.#passed = new Map()
      }
    }
  }
}

type Written = { parcels: Parcel[]; given: [at: number, partner: string, way: Way, parcel: number][] }

function encode(givings: readonly Giving[]): string {
  const parcels = [...new Set(givings.map(({ parcel }) => parcel))]
  const given = givings.map(({ at, partner, way, parcel }) => [at, partner, way, parcels.indexOf(parcel)] as const)
  return JSON.stringify({ parcels, given })
}

/** A line that another version of this program wrote otherwise says nothing. */
function decode(text: string): Giving[] {
  try {
    const { parcels, given } = JSON.parse(text) as Written
    return given.map(([at, partner, way, parcel]) => ({ at, partner, way, parcel: parcels[parcel]! }))
  } catch {
    return []
  }
}
