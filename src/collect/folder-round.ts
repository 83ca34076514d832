import type { FolderSource } from '../source.ts'
import { decodeFile, type FileRecord } from '../store/files.ts'
import { Intake, type Counts, type RoundOptions } from './intake.ts'
import { kill } from './life.ts'
import type { Desk } from './place.ts'
import { isElsewhere } from './resolve.ts'
import { settingsDigest } from './settings.ts'
import { digestOf, stateOf, walk, type Entry } from './sources/folder.ts'
import { goneForGood, refuseMassVanishing, vanished, widowed } from './vanished.ts'

/** Files of one piece: its articles are committed together. */
const pieceSize = 128

/** What a sweep takes: new paths; then changed files whose bytes moved from another path; then what is left. */
type Which = 'new' | 'moved' | 'changed'

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
    let last = await this.#sweep('new')
    if (last.changed > 0) {
      await this.#sweep('moved')
      last = await this.#sweep('changed')
    }
    if (last.complete) await this.#missFiles(last.known)
    if (this.counts.rejected === 0) return
    for await (const path of widowed(this.#desk())) {
      this.counts.rejected--
      await this.#take([{ path }], 'changed')
    }
    await this.#intake.settled()
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
    for await (const piece of goneForGood(desk)) {
      for (const { path, refs } of piece) {
        for (const ref of refs) {
          // It may come from another file by now.
          if ((await store.articles.head(ref))?.file !== path) continue
          if (await kill(ref, `its file ${path} has vanished`, { store, now: clock() })) this.counts.killed++
        }
        await store.files.forgetGone(this.#source.name, path)
      }
    }
  }

  /** `known`: how many of the files that are there have a record now. */
  async #sweep(which: Which): Promise<{ known: number; changed: number; complete: boolean }> {
    const { store, signal, progress } = this.#options
    const sum = { known: 0, changed: 0, complete: true }
    let passed = 0
    this.#added = 0
    for (const piece of walk(this.#source, pieceSize)) {
      if (signal?.aborted) return { ...sum, changed: 0, complete: false }
      const paths = piece.map(({ path }) => path)
      const records = await store.files.records(this.#source.name, paths)
      const taken: Entry[] = []
      for (const [index, entry] of piece.entries()) {
        const record = records[index] ? decodeFile(records[index]) : undefined
        const standing = record !== undefined && record.signature === this.#signature(entry)
        if (record !== undefined) sum.known++
        if (record !== undefined && !standing) sum.changed++
        if (which === 'new' && standing) this.#countStanding(record, entry.path)
        if (which === 'new' ? record === undefined : !standing && !this.#justRead.has(entry.path)) taken.push(entry)
      }
      sum.complete &&= piece.every(entry => entry.hides === undefined)
      await this.#take(taken, which)
      passed += piece.length
      if (which === 'new') progress?.(passed)
    }
    await this.#intake.settled()
    return { ...sum, known: sum.known + this.#added }
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
    return { source, origin, store: this.#options.store, now: this.#options.clock() }
  }

  async #take(stored: readonly Entry[], which: Which): Promise<void> {
    if (stored.length === 0 || this.#options.signal?.aborted) return
    await this.#intake.send({ source: this.#source, stored }, which === 'moved' ? isElsewhere : undefined)
  }
}
