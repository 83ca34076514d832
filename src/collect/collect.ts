import { createHash } from 'node:crypto'
import { instant } from '../article.ts'
import { Unusable } from '../errors.ts'
import type { Logger } from '../log.ts'
import type { FolderSource, Source } from '../source.ts'
import { decodeFile } from '../store/files.ts'
import type { Store } from '../store/store.ts'
import { readArticles, type Reading } from './read.ts'
import { resolve, type Desk, type Input, type Resolution } from './resolve.ts'
import { readFile, stateOf, walk, type Entry } from './sources/folder.ts'
import { vanished, widowed } from './vanished.ts'

/** What one round did. `rejected` counts every input that is a reject now, also one that has been for long. */
export interface Counts {
  read: number
  new: number
  updated: number
  unchanged: number
  rejected: number
  killed: number
}

export interface CollectOptions {
  store: Store
  log: Logger
  clock: () => number
  /** Called after each piece with the number of files passed so far. */
  progress?: (passed: number) => void
  /** Stops between two pieces: what is committed stays, the rest is for the next round. */
  signal?: AbortSignal
}

/** Files of one piece: its articles are committed together. */
const pieceSize = 128

/** How often an input is resolved again, when another round was quicker each time. */
const attempts = 5

/**
 * One round of a source: every file that is new or changed becomes an article, a new version or a reject.
 * Safe to run twice at once, and to be killed at any moment. Throws when the source as a whole cannot be read.
 */
export async function collect(source: FolderSource, options: CollectOptions): Promise<Counts> {
  const round = new Round(source, options)
  try {
    await round.run()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    await options.store.files.keepRound(source.name, {
      finished: instant(options.clock()),
      counts: { ...round.counts },
      error: reason,
    })
    throw error
  }
  if (!options.signal?.aborted) {
    await options.store.files.keepRound(source.name, {
      finished: instant(options.clock()),
      counts: { ...round.counts },
    })
  }
  return round.counts
}

/** What settings of a source decide about its articles: when they change, every file is read again. */
export function settingsDigest(source: Source): string {
  const { timezone, dates, undated, language, publisher, section, rights, boilerplate, tail, maxBytes, format } = source
  const settings = {
    timezone,
    dates,
    undated,
    language,
    publisher,
    section,
    rights,
    boilerplate,
    tail,
    maxBytes,
    format,
  }
  return createHash('sha256').update(JSON.stringify(settings)).digest('base64url').slice(0, 8)
}

class Round {
  readonly counts: Counts = { read: 0, new: 0, updated: 0, unchanged: 0, rejected: 0, killed: 0 }
  readonly #source: FolderSource
  readonly #options: CollectOptions
  readonly #settings: string
  /** Files that have to be read once more, but not in this round. */
  readonly #justRead = new Set<string>()
  #onItsWay: Promise<void> = Promise.resolve()

  constructor(source: FolderSource, options: CollectOptions) {
    this.#source = source
    this.#options = options
    this.#settings = settingsDigest(source)
  }

  /**
   * New paths come before changed ones, so that a renamed file is known at its new path before something else takes
   * the old one; files that are gone come last, and then the copies of what they held.
   */
  async run(): Promise<void> {
    const first = await this.#sweep('new')
    if (first.changed > 0) await this.#sweep('changed')
    const { files } = this.#options.store
    const gone = first.complete && (await files.count(this.#source.name)) > first.seen
    const desk = this.#desk()
    if (gone) for await (const changes of vanished(desk)) await this.#options.store.commits.commit(changes, desk.now)
    if (gone || this.counts.updated > 0) {
      for await (const path of widowed(desk)) {
        this.counts.rejected--
        await this.#take([{ path }])
      }
      await this.#onItsWay
    }
  }

  /** Takes the new inputs, or after them the changed ones. */
  async #sweep(which: 'new' | 'changed'): Promise<{ seen: number; changed: number; complete: boolean }> {
    const { store, signal, progress } = this.#options
    const sum = { seen: 0, changed: 0, complete: true }
    for (const piece of walk(this.#source, pieceSize)) {
      if (signal?.aborted) return { ...sum, changed: 0, complete: false }
      const paths = piece.map(({ path }) => path)
      const records = await store.files.records(this.#source.name, paths)
      const taken: Entry[] = []
      for (const [index, entry] of piece.entries()) {
        const record = records[index] ? decodeFile(records[index]) : undefined
        const standing = record !== undefined && record.signature === this.#signature(entry)
        if (which === 'new' && standing) this.counts[record.rejected ? 'rejected' : 'unchanged']++
        if (which === 'new' && record !== undefined && !standing) sum.changed++
        if (which === 'new' ? record === undefined : !standing && !this.#justRead.has(entry.path)) taken.push(entry)
      }
      sum.seen += piece.length
      sum.complete &&= piece.every(entry => entry.hides === undefined)
      await this.#take(taken)
      if (which === 'new') progress?.(sum.seen)
    }
    await this.#onItsWay
    return sum
  }

  #signature(entry: Entry): string {
    return `${this.#settings}:${stateOf(this.#source, entry.path) ?? ''}`
  }

  #desk(): Desk {
    return { source: this.#source, store: this.#options.store, now: this.#options.clock() }
  }

  /** While one piece is on its way to Redis, the next is read. */
  async #take(entries: readonly Entry[]): Promise<void> {
    if (entries.length === 0) return
    const inputs = entries.flatMap(entry => this.#read(entry) ?? [])
    this.counts.read += inputs.length
    const resolved = Promise.all(inputs.map(input => resolve(input, this.#desk())))
    const before = this.#onItsWay
    this.#onItsWay = Promise.all([resolved, before]).then(([resolutions]) => this.#commit(resolutions, attempts))
    // Whoever waits for it sees its failure; until then it is nobody's.
    this.#onItsWay.catch(() => undefined)
    await before
  }

  /** Undefined: the file is gone, or changes right now; the next round sees to it. */
  #read(entry: Entry): Input | undefined {
    const { path, oddity } = entry
    if (oddity !== undefined)
      return { path, signature: this.#signature(entry), digest: '', outcome: new Unusable(oddity) }
    try {
      const file = readFile(this.#source, path)
      if (file === undefined) return undefined
      const { bytes, digest, state } = file
      if (state === undefined) this.#justRead.add(path)
      return { path, signature: `${this.#settings}:${state ?? ''}`, digest, outcome: this.#readings(bytes) }
    } catch (error) {
      if (!(error instanceof Unusable)) throw error
      return { path, signature: this.#signature(entry), digest: '', outcome: error }
    }
  }

  #readings(bytes: Buffer): Reading[] | Unusable {
    try {
      return readArticles(bytes, this.#source)
    } catch (error) {
      if (error instanceof Unusable) return error
      throw error
    }
  }

  /** Another round may have been quicker: then what the store holds now decides anew. */
  async #commit(resolutions: readonly Resolution[], left: number): Promise<void> {
    const { store } = this.#options
    const desk = this.#desk()
    await Promise.all(resolutions.flatMap(({ bodies }) => bodies).map(body => store.articles.keepBody(body)))
    const outcomes = await store.commits.commit(
      resolutions.map(({ change }) => change),
      desk.now,
    )
    for (const [index, { input, kind }] of resolutions.entries()) {
      if (outcomes[index]?.committed) this.counts[kind]++
      else if (left > 0) await this.#commit([await resolve(input, desk)], left - 1)
      else
        this.#options.log.warn(
          { source: this.#source.name, file: input.path },
          'left for the next round: changed by another each time',
        )
    }
  }
}
