import { instant, type Ref } from '../article.ts'
import type { Head } from '../head.ts'
import type { Logger } from '../log.ts'
import { changeOf } from '../store/article-change.ts'
import type { ArticleChange } from '../store/commits.ts'
import type { TakedownFile } from '../store/local/takedown-file.ts'
import type { Store } from '../store/store.ts'
import { decodeTakedown, takedownOf, type Takedown } from '../takedown.ts'
import { killed, withheld } from './life.ts'

export interface TakedownListOptions {
  store: Store
  file: TakedownFile
  log: Logger
  /** Milliseconds since 1970. */
  clock: () => number
}

/** How often a takedown is put back when another is quicker each time. */
const attempts = 10

/**
 * All that was taken away, as this process knows it: from the store, and from the list in its data folder, which outlives
 * the store. What the store has lost is put back in force.
 */
export class TakedownList {
  readonly #options: TakedownListOptions
  readonly #listeners: ((ref: Ref) => void)[] = []
  /** The newest word about each article; read when it is first asked for. */
  #known: Map<Ref, Takedown> | undefined
  /** `Takedowns.newest` of the store that was last compared. */
  #newest: string | undefined
  #comparing: Promise<void> = Promise.resolve()

  constructor(options: TakedownListOptions) {
    this.#options = options
  }

  /** Another text for another state of the store. */
  get state(): string {
    return this.#newest ?? ''
  }

  /** The head of an article that was taken away, without anything that it said; undefined for any other. */
  headOf(ref: Ref): Head | undefined {
    const takedown = this.#all().get(ref)
    return takedown === undefined || takedown.action === 'release' ? undefined : headFrom(takedown)
  }

  /** Calls back for each article about which there is a newer word. */
  onTold(listener: (ref: Ref) => void): void {
    this.#listeners.push(listener)
  }

  /** A takedown as the store has just told it. Anything else is passed over. */
  hear(text: string): void {
    const takedown = decodeTakedown(text)
    if (takedown !== undefined) void this.#keep([takedown])
  }

  /**
   * Resolves when this list and the store know the same, no older than this call. Rejects while Redis cannot be asked, and
   * while a store that has lost its data has no definitions to commit by.
   */
  async inForce(): Promise<void> {
    if ((await this.#options.store.takedowns.newest()) === this.#newest) return
    const compared = this.#comparing.then(() => this.#compare())
    this.#comparing = compared.catch(() => undefined)
    await compared
  }

  #all(): Map<Ref, Takedown> {
    if (this.#known === undefined) {
      this.#known = new Map()
      for (const takedown of this.#options.file.read()) this.#take(takedown, this.#known)
    }
    return this.#known
  }

  async #compare(): Promise<void> {
    const { store, log } = this.#options
    const { newest, takedowns } = await store.takedowns.all()
    if (newest === this.#newest) return
    const theirs = new Map(takedowns.map(each => [each.ref, each.at]))
    await this.#keep(takedowns)
    const lost = [...this.#all().values()].filter(
      ({ ref, at, action }) => action !== 'release' && (theirs.get(ref) ?? 0) < at,
    )
    for (const takedown of lost) await this.#putBack(takedown)
    if (lost.length > 0) {
      log.warn({ takedowns: lost.length }, 'the store had lost takedowns: they are in force again')
      await this.#keep((await store.takedowns.all()).takedowns)
    }
    // What was put back changed it: the next call compares once more.
    this.#newest = lost.length > 0 ? undefined : newest
  }

  async #putBack(takedown: Takedown): Promise<void> {
    const { store, clock } = this.#options
    const { ref, binds } = takedown
    for (let left = attempts; left > 0; left--) {
      const was = await store.articles.head(ref)
      const change = changeTo(was, takedown, clock())
      const told = takedownOf(change.head, takedown.action, binds)
      const articles = [{ ...change, takedown: { ...told, binds: [...new Set([...binds, ...told.binds])] } }]
      const [outcome] = await store.commits.commit([{ source: change.head.source, articles }], clock())
      if (!outcome?.committed) continue
      if (takedown.action === 'kill') await store.articles.forgetPast(ref)
      return
    }
    throw new Error(`article ${ref} is being changed by others all the time`)
  }

  /** Whoever asks here knows it at once; resolves when it is on the disk. */
  async #keep(takedowns: readonly Takedown[]): Promise<void> {
    const all = this.#all()
    const newer = takedowns.filter(each => this.#take(each, all))
    for (const { ref } of newer) for (const listener of this.#listeners) listener(ref)
    const { file, log } = this.#options
    await file.add(newer).catch((error: unknown) => {
      log.error({ reason: String(error) }, 'the list of takedowns cannot be written: it would not outlive the store')
    })
  }

  #take(takedown: Takedown, all: Map<Ref, Takedown>): boolean {
    const { ref, at } = takedown
    if ((all.get(ref)?.at ?? 0) >= at) return false
    all.set(ref, takedown)
    return true
  }
}

/** The head that the store should have by now. */
function changeTo(was: Head | undefined, takedown: Takedown, now: number): ArticleChange {
  const kills = takedown.action === 'kill'
  if (was === undefined) return { ref: takedown.ref, head: headFrom(takedown) }
  if (was.pubStatus === 'canceled' || (!kills && was.withheldBy === 'operator'))
    return { ref: takedown.ref, was, head: was }
  const { reason: note } = takedown
  return changeOf(was, kills ? { ...killed(was, now), ...(note !== undefined && { note }) } : withheld(was, now))
}

/** What stands in for an article that the store has lost: nobody outside has to be told again, and its text is not there. */
function headFrom({ ref, action, at, reason, version, language, published, file, ownId, ownVersion }: Takedown): Head {
  const [source = '', key = ''] = ref.split('/')
  const moment = instant(at)
  const nothing = { title: '', keywords: [], body: '', onWire: true }
  const status: Pick<Head, 'pubStatus' | 'withheldBy' | 'note'> =
    action === 'kill'
      ? { pubStatus: 'canceled', ...(reason !== undefined && { note: reason }) }
      : { pubStatus: 'withheld', withheldBy: 'operator' }
  const known = { language, published, ...(file !== undefined && { file }), ...(ownId !== undefined && { ownId }) }
  const order = ownVersion === undefined ? {} : { ownVersion }
  return {
    source,
    key,
    version,
    ...nothing,
    ...known,
    ...order,
    changed: moment > published ? moment : published,
    ...status,
  }
}
