import type { FolderSource } from '../../source.ts'
import { decodeFile, type FileRecord } from '../../store/files.ts'
import { Intake, type Counts, type RoundOptions } from './intake.ts'
import { kill } from '../../operate/life.ts'
import { pathOf, type Desk } from '../identity/place.ts'
import { isElsewhere } from '../identity/resolve.ts'
import { settingsDigest } from '../reading/settings.ts'
import { digestOf, inclusion, stateOf, walk, type Entry } from '../sources/folder.ts'
import { goneForGood, refuseMassVanishing, vanished, widowed } from './vanished.ts'

/** Files of one piece: its articles are committed together. */
const pieceSize = 128

/** What a sweep takes: new paths; then changed files whose bytes moved from another path; then what is left. */
type Which = 'new' | 'moved' | 'changed'

/** What a sweep saw. */
interface Seen {
  /** How many of its files have a record now. */
  known: number
  /** How many had another one when it began; the first of them. */
  changed: number
  changedOnes: Entry[]
  /** No folder hid what lies in it. */
  complete: boolean
}

/** So many changed files are remembered from one sweep to the next; more are looked for again. */
const mostRemembered = 10_000

/** One round of a folder. */
export class FolderRound {
  readonly counts: Counts
  readonly #source: FolderSource
  readonly #options: RoundOptions
  readonly #settings: string
  /** Files that have to be read once more, but not in this round. */
  readonly #justRead = new Set<string>()
  readonly #intake: Intake
  /** Inputs that the last sweep gave a record. */
  #added = 0

  constructor(source: FolderSource, options: RoundOptions) {
    this.#source = source
    this.#options = options
    this.#settings = settingsDigest(source)
    this.#intake = new Intake(
      () => this.#desk(),
      options,
      (input, added) => {
        if (added) this.#added++
        if (input.signature.endsWith(':')) this.#justRead.add(input.path)
      },
    )
    this.counts = this.#intake.counts
  }

  /**
   * Renamed files are known at their new paths before anything takes the old ones; files that are gone come last, and
   * then those that gave way to what they held.
   */
  async run(): Promise<void> {
    const seen = await this.#sweep('new', walk(this.#source, pieceSize))
    const known = seen.changed === 0 ? seen.known : await this.#takeChanged(seen)
    if (seen.complete && !this.#options.signal?.aborted) await this.#missFiles(known)
    if (this.counts.rejected === 0) return
    for await (const path of widowed(this.#desk())) {
      this.counts.rejected--
      await this.#take([{ path }], 'changed')
    }
    await this.#intake.settled()
  }

  /**
   * Only what lies at these paths, by the same rules. Returns false where it takes a whole round to tell what became of
   * them: files that are gone, and not known elsewhere by now, and what is no plain file.
   */
  async runNamed(paths: readonly string[]): Promise<boolean> {
    const wanted = paths.filter(inclusion(this.#source)).toSorted()
    const states = new Map(wanted.map(path => [path, stateOf(this.#source, path)]))
    const plain = wanted.filter(path => /^\d/.test(states.get(path) ?? '') && !path.includes('\uFFFD'))
    const seen = await this.#sweep('new', inPieces(plain.map(path => ({ path }))))
    if (seen.changed > 0) await this.#takeChanged(seen)
    const gone = wanted.filter(path => states.get(path) === undefined)
    const left = await this.#options.store.files.records(this.#source.name, gone)
    // Others may have given way to what changed.
    return seen.changed === 0 && left.every(record => record === null) && plain.length + gone.length === wanted.length
  }

  /** Returns how many of all files that are there have a record then. */
  async #takeChanged({ known, changed, changedOnes }: Seen): Promise<number> {
    const all = changed > mostRemembered
    const again = () => (all ? walk(this.#source, pieceSize) : inPieces(changedOnes))
    await this.#sweep('moved', again())
    const last = await this.#sweep('changed', again())
    return all ? last.known : known - changed + last.known
  }

  async #missFiles(known: number): Promise<void> {
    const { store, clock } = this.#options
    const desk = this.#desk()
    const kills = this.#source.missing === 'kill'
    if ((await store.files.count(this.#source.name)) > known) {
      if (kills) await refuseMassVanishing(desk)
      for await (const changes of vanished(desk)) await store.commits.commit(changes, desk.now)
    }
    if (!kills) return
    for (const { name, refs } of await goneForGood(desk)) {
      for (const ref of refs) {
        if (await kill(ref, `its file ${pathOf(name)} has vanished`, { store, now: clock() })) this.counts.killed++
      }
      await store.files.forgetGone(this.#source.name, name)
    }
  }

  async #sweep(which: Which, pieces: Iterable<Entry[]>): Promise<Seen> {
    const { store, signal, progress } = this.#options
    const seen: Seen = { known: 0, changed: 0, changedOnes: [], complete: true }
    let passed = 0
    this.#added = 0
    for (const piece of pieces) {
      if (signal?.aborted) break
      const paths = piece.map(({ path }) => path)
      const records = await store.files.records(this.#source.name, paths)
      const taken: Entry[] = []
      for (const [index, entry] of piece.entries()) {
        const record = records[index] ? decodeFile(records[index]) : undefined
        const standing = record !== undefined && record.signature === this.#signature(entry)
        if (record !== undefined) seen.known++
        if (record !== undefined && !standing && ++seen.changed <= mostRemembered) seen.changedOnes.push(entry)
        if (which === 'new' && standing) this.#countStanding(record, entry.path)
        if (which === 'new' ? record === undefined : !standing && !this.#justRead.has(entry.path)) taken.push(entry)
      }
      seen.complete &&= piece.every(entry => entry.hides === undefined)
      await this.#take(taken, which)
      passed += piece.length
      if (which === 'new') progress?.(passed)
    }
    await this.#intake.settled()
    return { ...seen, known: seen.known + this.#added }
  }

  #countStanding({ keys, rejects }: FileRecord, path: string): void {
    this.counts.rejected += rejects.length
    if (!rejects.includes(path)) this.counts.unchanged += keys.length
  }

  #signature(entry: Entry): string {
    return `${this.#settings}:${stateOf(this.#source, entry.path) ?? ''}`
  }

  #desk(): Desk & { source: FolderSource } {
    const source = this.#source
    const origin = {
      isThere: (path: string) => stateOf(source, path) !== undefined,
      digestOf: (path: string) => digestOf(source, path),
    }
    const { store, prober, clock } = this.#options
    return { source, origin, store, prober, now: clock() }
  }

  async #take(stored: readonly Entry[], which: Which): Promise<void> {
    if (stored.length === 0 || this.#options.signal?.aborted) return
    await this.#intake.send({ source: this.#source, stored }, which === 'moved' ? isElsewhere : undefined)
  }
}

function* inPieces(entries: readonly Entry[]): Generator<Entry[]> {
  for (let at = 0; at < entries.length; at += pieceSize) yield entries.slice(at, at + pieceSize)
}
