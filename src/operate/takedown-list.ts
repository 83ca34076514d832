import { instant, refOf, type Ref } from '../article.ts'
import type { Head } from '../head.ts'
import type { Logger } from '../log.ts'
import { changeOf } from '../store/article-change.ts'
import type { Change } from '../store/commits.ts'
import type { TakedownFile } from '../store/local/takedown-file.ts'
import type { Store } from '../store/store.ts'
import { bindsOf } from '../store/takedown-binds.ts'
import { decodeTakedown, takedownOf, type Takedown } from '../takedown.ts'
import { killed, readAgain, released, stateOf, withheld } from './life.ts'

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
 * All that was taken away or released, as this process knows it: from the store, and from the list in its data folder, which
 * outlives the store. Of two words about an article the newer counts; one that the store has lost is put back in force.
 */
export class TakedownList {
  readonly #options: TakedownListOptions
  readonly #listeners: ((ref: Ref) => void)[] = []
  /** The newest word about each article; the list on disk is read when it is first asked for. */
  readonly #known = new Map<Ref, Takedown>()
  #isRead = false
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

  /** Is this list that of a store whose `Takedowns.newest` is this? */
  isAsOf(newest: string): boolean {
    return newest === this.#newest && !this.#options.file.hasGrown
  }

  /** The head of an article that was taken away, without anything that it said; undefined for any other. */
  headOf(ref: Ref): Head | undefined {
    const takedown = this.#all().get(ref)
    return takedown === undefined || takedown.action === 'release' ? undefined : headFrom(takedown)
  }

  /** The same for those who only leave it out. */
  readonly isTakenDown = (ref: Ref): boolean => this.headOf(ref) !== undefined

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
    if (this.isAsOf(await this.#options.store.takedowns.newest())) return
    const compared = this.#comparing.then(() => this.#compare())
    this.#comparing = compared.catch(() => undefined)
    await compared
  }

  #all(): Map<Ref, Takedown> {
    if (!this.#isRead) for (const takedown of this.#options.file.read()) this.#take(takedown)
    this.#isRead = true
    return this.#known
  }

  async #compare(): Promise<void> {
    const { store, file, log } = this.#options
    const { newest, complete, takedowns } = await store.takedowns.all()
    if (this.isAsOf(newest)) return
    // Another process of this data folder may know what nobody else does.
    for (const takedown of file.read()) if (this.#take(takedown)) this.#tell(takedown.ref)
    const theirs = new Map(takedowns.map(each => [each.ref, each.at]))
    await this.#keep(takedowns)
    const lost = [...this.#all().values()].filter(({ ref, at }) => (theirs.get(ref) ?? 0) < at)
    for (const takedown of lost) await this.#putBack(takedown)
    if (!complete) await this.#putDown()
    if (lost.length > 0) log.warn({ takedowns: lost.length }, 'the store had lost takedowns: they are in force again')
    // What was put back changed it: the next call compares once more.
    const isChanged = lost.length > 0 || !complete
    if (isChanged) await this.#keep((await store.takedowns.all()).takedowns)
    this.#newest = isChanged ? undefined : newest
  }

  /** As it was said before; where the store has a newer word by now, that stands. */
  async #putBack(takedown: Takedown): Promise<void> {
    const { store, clock } = this.#options
    const { ref, at, action } = takedown
    for (let left = attempts; left > 0; left--) {
      const standing = await store.takedowns.textOf(ref)
      const before = decodeTakedown(standing)
      if ((before?.at ?? 0) >= at) return
      const binds = [...new Set([...takedown.binds, ...(before?.binds ?? [])])]
      const change = await changeTo(await store.articles.head(ref), { ...takedown, binds }, this.#options)
      const takedownsWere = { [`uri:${ref}`]: standing }
      const [outcome] = await store.commits.commit([{ ...change, takedownsWere }], clock())
      if (!outcome?.committed) continue
      if (action === 'kill') await store.articles.forgetPast(ref)
      return
    }
    throw new Error(`article ${ref} is being changed by others all the time`)
  }

  /** Writes down what was taken away before there was this list. */
  async #putDown(): Promise<void> {
    const { store, clock } = this.#options
    for await (const heads of store.articles.all()) {
      for (const head of heads.filter(each => stateOf(each) !== 'release')) {
        const ref = refOf(head)
        if ((await store.takedowns.textOf(ref)) !== '') continue
        const takedown = {
          ...takedownOf(head, stateOf(head), await bindsOf(head, store)),
          at: Date.parse(head.changed),
        }
        const takedownsWere = { [`uri:${ref}`]: '' }
        const articles = [{ ref, was: head, head, takedown }]
        // Refused where somebody has just changed it, who writes it down too.
        await store.commits.commit([{ source: head.source, takedownsWere, articles }], clock())
      }
    }
    await store.takedowns.markComplete()
  }

  /** Whoever asks here knows it at once; resolves when it is on the disk. */
  async #keep(takedowns: readonly Takedown[]): Promise<void> {
    this.#all()
    const newer = takedowns.filter(each => this.#take(each))
    for (const { ref } of newer) this.#tell(ref)
    const { file, log } = this.#options
    await file.add(newer).catch((error: unknown) => {
      log.error({ reason: String(error) }, 'the list of takedowns cannot be written: it would not outlive the store')
    })
  }

  #take(takedown: Takedown): boolean {
    const { ref, at } = takedown
    if ((this.#known.get(ref)?.at ?? 0) >= at) return false
    this.#known.set(ref, takedown)
    return true
  }

  #tell(ref: Ref): void {
    for (const listener of this.#listeners) listener(ref)
  }
}

/** What makes the store say what it should say by now. Where nothing of the article has to change, the word alone. */
async function changeTo(was: Head | undefined, takedown: Takedown, options: TakedownListOptions): Promise<Change> {
  const { ref, at, action } = takedown
  const next = nextHead(was, takedown, options.clock())
  const source = ref.split('/')[0] ?? ''
  if (next === undefined) return { source, takedowns: [takedown], articles: [] }
  const told = takedownOf(next, action, takedown.binds)
  const again = was !== undefined && was.body === '' && action !== 'kill' ? await readAgain(was, options.store) : {}
  return { source, ...again, articles: [{ ...changeOf(was, next), takedown: { ...told, at } }] }
}

/** The head that the store should have by now; undefined where it has it. */
function nextHead(was: Head | undefined, takedown: Takedown, now: number): Head | undefined {
  const { action, reason, by: withheldBy } = takedown
  if (action === 'release') return was === undefined || stateOf(was) === action ? undefined : released(was, now)
  if (was === undefined) return headFrom(takedown)
  if (stateOf(was) === action) return undefined
  if (action === 'kill')
    return { ...killed(was, now), ...(withheldBy && { withheldBy }), ...(reason !== undefined && { note: reason }) }
  return withheld(was.pubStatus === 'canceled' ? { ...was, note: undefined } : was, now)
}

/** What stands in for an article that the store has lost: nobody outside has to be told again, and its text is not there. */
function headFrom(takedown: Takedown): Head {
  const { ref, action, at, reason, by: withheldBy, version, language, published, file, ownId, ownVersion } = takedown
  const [source = '', key = ''] = ref.split('/')
  const moment = instant(at)
  const nothing = { title: '', keywords: [], body: '', onWire: true }
  const status: Pick<Head, 'pubStatus' | 'withheldBy' | 'note'> =
    action === 'kill'
      ? { pubStatus: 'canceled', ...(withheldBy && { withheldBy }), ...(reason !== undefined && { note: reason }) }
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
