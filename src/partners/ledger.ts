import type { Ref } from '../article.ts'
import type { Logger } from '../log.ts'
import { nameOf, type Giving, type Parcel, type Way } from '../parcel.ts'
import type { Journal } from '../store/local/journal.ts'
import type { Store } from '../store/store.ts'
import type { Passing } from '../store/tellings.ts'
import { Passings } from './passings.ts'

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
  giving: Giving
}

/** Milliseconds in which lines gather before the store is told: of new holders, and of what is known; and until it is told again what it did not take. */
const pauses = { news: 25, known: 100, again: 1000 }

/** Lines that the store is told at once. */
const atOnce = 1000

/** Lines that are written down at a time: more would hold up who asks. */
const atATime = 4

/** Bytes of a journal that is emptied when all of it is told. */
const longest = 1 << 20

/**
 * Who is given what by this process. It is noted in a file before it leaves, a line each, a few together where one turn of the event loop gives
 * several; and told to the store after that, many at a time, as soon as that listens.
 */
export class Ledger implements AsyncDisposable {
  readonly #options: LedgerOptions
  readonly #noted: Noted[] = []
  /** Numbers of the lines that were written last, and that the store knows. */
  #written = 0
  #known = 0
  #telling: Promise<void> | undefined
  #later: NodeJS.Timeout | undefined
  /** `performance.now()` at which that is. */
  #due = 0
  /** What the journal has in full. */
  #inJournal = new Set<Parcel>()
  #journalled = 0
  #isWritable = true
  /** Given in this turn, and not yet written down; and what leaves after that. */
  #turn: Noted[] = []
  #leaving: (() => void)[] = []
  /** Partners who are known to hold what is in a parcel. */
  readonly #holders = new WeakMap<Parcel, Set<string>>()
  readonly #passings: Passings
  /** What partners were told by editions to be gone, by partner and feed. */
  readonly #goneTold = new Map<string, Parcel['gone']>()

  constructor(options: LedgerOptions) {
    const { store, log } = options
    this.#options = options
    this.#passings = new Passings({ tellings: store.tellings, log, given: () => this.told() })
  }

  /** Notes that something is given, and lets it leave after that, in this turn: so it is known however this process ends. */
  give(partner: string, way: Way, parcel: Parcel, leave?: () => void): void {
    const noted = { number: ++this.#written, giving: { partner, way, parcel, at: this.#options.clock() } }
    this.#noted.push(noted)
    if (leave) this.#leaving.push(leave)
    const waiting = this.#turn.push(noted)
    if (waiting === 1) setImmediate(() => this.#endTurn())
    else if (waiting === atATime) this.#endTurn()
    this.#tellLater(this.#isNews(noted.giving) ? pauses.news : pauses.known)
  }

  /** Resolves when the store knows all that was noted before: it is told at once. Rejects while Redis cannot be asked. */
  async told(): Promise<void> {
    const all = this.#written
    while (this.#known < all) await this.#tell()
  }

  /** Whoever asks behind a position was told all up to there. */
  passed(passing: Omit<Passing, 'at'>): void {
    this.#passings.note({ ...passing, at: this.#options.clock() })
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
      setTimeout(() => this.start(), pauses.again).unref()
    })
  }

  async #takeUp(): Promise<void> {
    const { journal, store } = this.#options
    for (const { id, lines, remove } of journal.leftOver()) {
      const parcels = new Map<string, Parcel>()
      const read = lines.flatMap(({ number, text }) => {
        const giving = decode(text, parcels)
        return giving === undefined ? [] : [{ number, giving }]
      })
      const known = await store.audit.numberOf(id)
      await this.#tellLines(
        id,
        read.filter(({ number }) => number > known),
      )
      if (remove()) await store.audit.close(id)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearTimeout(this.#later)
    this.#endTurn()
    await this.#passings.settled()
    const { journal, store } = this.#options
    const isTold = await this.told().then(
      () => true,
      () => false,
    )
    if (isTold) journal.clear()
    journal[Symbol.dispose]()
    if (isTold) await store.audit.close(journal.id).catch(() => undefined)
  }

  #endTurn(): void {
    const [turn, leaving] = [this.#turn, this.#leaving]
    this.#turn = []
    this.#leaving = []
    if (turn.length > 0) this.#write(turn)
    for (const leave of leaving) leave()
  }

  #write(turn: readonly Noted[]): void {
    const { journal, log } = this.#options
    try {
      const lines = turn.map(({ number, giving }) => ({ number, text: encode(giving, this.#inJournal) }))
      for (const { text } of lines) this.#journalled += text.length
      journal.write(lines)
      this.#isWritable = true
    } catch (error) {
      this.#inJournal.clear()
      if (this.#isWritable)
        log.error(
          { reason: String(error) },
          'what partners are given cannot be written down: it would not outlive this process',
        )
      this.#isWritable = false
    }
  }

  #tellLater(pause: number): void {
    const due = performance.now() + pause
    if (this.#later !== undefined && this.#due <= due) return
    clearTimeout(this.#later)
    this.#due = due
    this.#later = setTimeout(() => {
      this.#later = undefined
      this.#tell().catch(() => this.#tellLater(pauses.again))
    }, pause).unref()
  }

  /** One at a time: what comes meanwhile goes together. */
  #tell(): Promise<void> {
    this.#telling ??= this.#tellNoted().finally(() => (this.#telling = undefined))
    return this.#telling
  }

  async #tellNoted(): Promise<void> {
    const { journal, log } = this.#options
    try {
      // What comes meanwhile gathers until the next time.
      for (const last = this.#written; this.#known < last;) {
        const lines = this.#noted.slice(0, atOnce)
        await this.#tellLines(journal.id, lines)
        this.#noted.splice(0, lines.length)
        this.#known = lines.at(-1)!.number
      }
      if (this.#noted.length > 0) this.#tellLater(pauses.known)
      if (this.#journalled > longest) {
        journal.clear()
        this.#journalled = 0
        this.#inJournal.clear()
      }
    } catch (error) {
      log.debug({ error: String(error) }, 'what partners were given is told later')
      throw error
    }
  }

  async #tellLines(journal: string, lines: readonly Noted[]): Promise<void> {
    const { store, keep } = this.#options
    for (let at = 0; at < lines.length; at += atOnce) {
      const piece = lines.slice(at, at + atOnce)
      const givings = piece.map(({ giving }) => giving)
      await this.#addHolders(givings)
      await store.audit.add({ journal, number: piece.at(-1)!.number, givings }, keep)
    }
  }

  /** Who is given the same again holds it already. */
  #isNews({ partner, parcel }: Giving): boolean {
    return this.#holders.get(parcel)?.has(partner) !== true
  }

  async #addHolders(givings: readonly Giving[]): Promise<void> {
    const news = givings.filter(giving => this.#isNews(giving))
    if (news.length === 0) return
    await this.#options.store.holders.add(news)
    await this.#noteTombstones(news)
    for (const { partner, parcel } of news) {
      const holders = this.#holders.get(parcel) ?? new Set()
      this.#holders.set(parcel, holders.add(partner))
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
}

/** A parcel stands in full in the first line that has it. */
type Written = [at: number, partner: string, way: Way, name: string, parcel?: Parcel]

function encode({ at, partner, way, parcel }: Giving, known: Set<Parcel>): string {
  const line: Written = [at, partner, way, nameOf(parcel)]
  if (!known.has(parcel)) line.push(parcel)
  known.add(parcel)
  return JSON.stringify(line)
}

/** A line that another version of this program wrote otherwise says nothing. */
function decode(text: string, known: Map<string, Parcel>): Giving | undefined {
  try {
    const [at, partner, way, name, whole] = JSON.parse(text) as Written
    if (whole !== undefined) known.set(name, whole)
    const parcel = known.get(name)
    return parcel && { at, partner, way, parcel }
  } catch {
    return undefined
  }
}
