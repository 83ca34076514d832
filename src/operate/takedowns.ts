import { instant, refOf, uriOf, type Instant, type Ref } from '../article.ts'
import { UsageError } from '../errors.ts'
import type { Head } from '../head.ts'
import type { Site } from '../site.ts'
import type { Store } from '../store/store.ts'
import type { Away } from '../store/tellings.ts'
import { readTakedownId, takedownId } from '../takedown.ts'
import { findArticle } from './find-article.ts'
import { pageOf, type Continuation, type Paging } from './page.ts'

export interface TakedownOptions {
  site: Site
  store: Store
}

/** Someone who was given the article while it stood. */
export interface ShownHolder {
  partner: string
  /** The highest that they were given. */
  version: number
  /** `told`: they asked the wire behind it, or got an edition that says so. `confirmed`: they, or an operator, said that it is gone there. */
  state: 'pending' | 'told' | 'confirmed'
  /** Since when; pending, since it was taken away. */
  at: Instant
}

/** A kill or withhold on its way to everyone who holds the article. */
export interface ShownTakedown {
  id: string
  uri: string
  action: 'kill' | 'withhold'
  at: Instant
  /** The operator's. */
  reason?: string
  holders: ShownHolder[]
}

/** The same as it is listed. */
export interface ListedTakedown extends Omit<ShownTakedown, 'holders'> {
  holders: number
  pending: number
  told: number
  confirmed: number
}

export type Takedowns = { takedowns: ListedTakedown[] } & Continuation

/** Articles that are looked up at a time. */
const atOnce = 200

/** Newest first: those of which somebody holds the article. `after`: an id. */
export async function listTakedowns({ limit, after }: Paging, options: TakedownOptions): Promise<Takedowns> {
  const found: ListedTakedown[] = []
  for await (const away of flat(allAway(options.store, after))) {
    const shown = await show(away, options)
    if (shown === undefined || shown.holders.length === 0) continue
    found.push(listed(shown))
    if (found.length > limit) break
  }
  const { page, continuation } = pageOf(found, limit, ({ id }) => id)
  return { takedowns: page, ...continuation }
}

/** By the article, as operators name it, or by the takedown's id. Throws `UsageError` where nothing of that name was taken away. */
export async function showTakedown(name: string, options: TakedownOptions): Promise<ShownTakedown> {
  const shown = await show(await find(name, options), options)
  if (shown === undefined) throw notTaken(name)
  return shown
}

/** Notes that a holder has said that it is gone there. `now` in milliseconds. False: they said so before. Throws `UsageError` for who does not hold it. */
export async function confirmTakedown(
  name: string,
  partner: string,
  { now, ...options }: TakedownOptions & { now: number },
): Promise<boolean> {
  const away = await find(name, options)
  const holders = await options.store.holders.of(away.ref)
  if (!holders.some(holder => holder.partner === partner))
    throw new UsageError(`${partner} was never given it; feedwire takedown show ${name} names who was`)
  return await options.store.tellings.confirm(away, partner, now)
}

/** What one partner holds of what was taken away, newest first, as they know it. */
export async function takedownsFor(
  partner: string,
  { limit, after }: Paging,
  options: TakedownOptions,
): Promise<{ takedowns: (Omit<ShownTakedown, 'holders'> & Pick<ShownHolder, 'state'>)[] } & Continuation> {
  const found: (Omit<ShownTakedown, 'holders'> & Pick<ShownHolder, 'state'>)[] = []
  for await (const away of heldAmong(partner, allAway(options.store, after), options.store)) {
    const shown = await show(away, options)
    const own = shown?.holders.find(holder => holder.partner === partner)
    if (shown === undefined || own === undefined) continue
    const { holders: _others, ...told } = shown
    found.push({ ...told, state: own.state })
    if (found.length > limit) break
  }
  const { page, continuation } = pageOf(found, limit, ({ id }) => id)
  return { takedowns: page, ...continuation }
}

/** The takedown that a kill or withhold has opened, and the partners who hold the article; undefined where nobody does. */
export async function openedBy(
  ref: Ref,
  { store }: Pick<TakedownOptions, 'store'>,
): Promise<{ id: string; holders: string[] } | undefined> {
  const [position, holders] = await Promise.all([store.tellings.position(ref), store.holders.of(ref)])
  if (position === undefined || holders.length === 0) return undefined
  return { id: takedownId(ref, position), holders: holders.map(({ partner }) => partner) }
}

async function* flat(pages: AsyncIterable<Away[]>): AsyncGenerator<Away> {
  for await (const page of pages) yield* page
}

/** A partner asks for few out of all that was ever taken away: nothing is read of the others but that they are others'. */
async function* heldAmong(partner: string, pages: AsyncIterable<Away[]>, { holders }: Store): AsyncGenerator<Away> {
  for await (const page of pages) {
    const refs = page.map(({ ref }) => ref)
    const held = await holders.heldBy(partner, refs)
    yield* page.filter(({ ref }) => held.has(ref))
  }
}

async function* allAway({ tellings }: Store, after: string | undefined): AsyncGenerator<Away[]> {
  let before = after === undefined ? Number.MAX_SAFE_INTEGER : readTakedownId(after)?.position
  if (before === undefined) throw new UsageError(`--after “${after}” is no id of a takedown`)
  for (;;) {
    const page = await tellings.before(before, atOnce)
    yield page
    if (page.length < atOnce) return
    before = page.at(-1)!.position
  }
}

async function find(name: string, { site, store }: TakedownOptions): Promise<Away> {
  const id = readTakedownId(name)
  const ref = id?.ref ?? refOf(await findArticle(name, { site, store }))
  const position = await store.tellings.position(ref)
  if (position === undefined || (id !== undefined && id.position !== position)) throw notTaken(name)
  return { ref, position }
}

function notTaken(name: string): Error {
  return new UsageError(`“${name}” is not taken away; feedwire takedown list shows what is`)
}

/** Undefined where it is back by now. */
async function show(away: Away, { site, store }: TakedownOptions): Promise<ShownTakedown | undefined> {
  const [head, holders, tellings] = await Promise.all([
    store.articles.head(away.ref),
    store.holders.of(away.ref),
    store.tellings.of(away),
  ])
  if (head === undefined || !isAway(head)) return undefined
  const shown = holders.map(({ partner, version }): ShownHolder => {
    const { state = 'pending', at } = tellings.get(partner) ?? {}
    return { partner, version, state, at: at === undefined ? head.changed : instant(at) }
  })
  const action = head.pubStatus === 'canceled' ? 'kill' : 'withhold'
  const reason = action === 'kill' && head.note !== undefined ? { reason: head.note } : {}
  const uri = uriOf(site.authority, away.ref)
  return { id: takedownId(away.ref, away.position), uri, action, at: head.changed, ...reason, holders: shown }
}

function isAway({ pubStatus }: Head): boolean {
  return pubStatus !== 'usable'
}

function listed({ holders, ...shown }: ShownTakedown): ListedTakedown {
  const count = (wanted: ShownHolder['state']) => holders.filter(({ state }) => state === wanted).length
  return {
    ...shown,
    holders: holders.length,
    pending: count('pending'),
    told: count('told'),
    confirmed: count('confirmed'),
  }
}
