import type { Ref } from '../article.ts'
import type { Feed } from '../feed.ts'
import type { Head } from '../head.ts'
import { decodeHead } from '../store/head-text.ts'
import type { Rules } from '../store/definitions.ts'
import type { Store } from '../store/store.ts'
import type { ViewChange, ViewPage } from '../store/views.ts'
import type { Who } from './caller.ts'
import { feedsOf, spansOf, viewOf, type View } from './view.ts'
import { decodePlace, encodePlace, placeWithin, type Place } from './view-cursor.ts'

/** What was taken away, as this process knows it. */
export interface Gone {
  /** Resolves when it is no older than this call. */
  inForce(): Promise<void>
  /** Is this all that was taken away, where the store names this as its newest takedown? */
  isAsOf(takedown: string): boolean
  headOf(ref: Ref): Head | undefined
}

export interface Question {
  who: Who
  /** Names, each once; undefined: all that the caller has. */
  feeds: readonly string[] | undefined
  /** A cursor; undefined: from nothing. */
  after?: string | undefined
  limit: number
}

/** What a view has to tell behind a cursor, without texts. */
export interface Look {
  view: View
  rules: Rules
  changes: Seen[]
  /** Behind all of these. */
  cursor: string
  /** There is more behind them. */
  more: boolean
  /** The newest position, its incarnation, and where it goes on. */
  position: number
  incarnation: string
  place: Place
  /** The position behind which was asked: all up to there is known to the caller. 0: from nothing. */
  from: number
  /** A feed of the view is being filled by a new rule: what it holds is not settled yet. */
  isFilling: boolean
  /** Asked again it says the same, as long as nothing is newer on the wire. */
  isSettled: boolean
  /** The newest takedown of the store at that moment. */
  takedown: string
}

/** An article that is in the view, or not any more. */
export interface Seen extends Omit<ViewChange, 'holders'> {
  cursor: string
  /** Of the view's, those that hold it, by name; one list for all that stand in the same: none of what is not in the view. */
  feeds: readonly Feed[]
  /** In place of what the store says of it, where this process knows that it was taken away. */
  gone: Head | undefined
}

/** Looks in a row at a stretch in which nothing concerns the caller, before it is told that there is more. */
const mostLooks = 20

/** How often an answer is put together anew when definitions change meanwhile. */
const attempts = 10

/** Reads what a view tells behind a cursor, by the definitions in force. Throws `Refused`. */
export async function lookAt(question: Question, { store, gone }: { store: Store; gone: Gone }): Promise<Look> {
  for (let left = attempts; left > 0; left--) {
    const rules = await store.definitions.current()
    const view = viewOf(await question.who(rules), question.feeds)
    const look = await lookBy(view, rules, question, { store, gone })
    if (look !== undefined) return look
    store.definitions.forget()
  }
  throw new Error('the definitions change all the time')
}

/** Undefined where the definitions are others by now. */
async function lookBy(
  view: View,
  rules: Rules,
  { after, limit }: Question,
  { store, gone }: { store: Store; gone: Gone },
): Promise<Look | undefined> {
  let asked = after === undefined ? undefined : decodePlace(after, view.binding)
  let place: Place = asked ?? (await beginning(store))
  let asksWhoHolds = false
  for (let left = mostLooks; left > 0; left--) {
    const page = await pageAt(place, { view, rules, limit, store })
    if (page === undefined) return undefined
    const within = asked && placeWithin(asked, page)
    // What it began with is lost in part: looked at once more, by what is left of that.
    if (asked && within?.start !== asked.start) {
      place = asked = { ...asked, ...within }
      continue
    }
    const changes = await seenIn(page, place, { view, rules, gone })
    asksWhoHolds ||= page.changes.some(({ isForeign }) => isForeign)
    place = placeBehind(page, place)
    if (changes.length > 0 || page.isAll || left === 1) {
      const look = lookOf(page, place, changes, { view, rules })
      // The wire does not say who was given what.
      return { ...look, from: asked?.position ?? 0, isSettled: !look.isFilling && !asksWhoHolds }
    }
  }
  return undefined
}

/** From nothing: what is newest now is where the beginning ends. */
async function beginning({ wire }: Store): Promise<Place> {
  const position = await wire.position()
  return position === 0 ? { position } : { position: 0, start: position }
}

function pageAt(
  place: Place,
  { view, rules, limit, store }: { view: View; rules: Rules; limit: number; store: Store },
): Promise<ViewPage | undefined> {
  const { act } = view.caller
  const by = { revision: rules.revision, ...(act !== undefined && { act }), grants: spansOf(view) }
  const { position, minor, start } = place
  return store.views.page({
    ...by,
    position,
    limit,
    ...(minor !== undefined && { minor }),
    ...(start !== undefined && { start }),
  })
}

/** Where whoever has read a page goes on. */
function placeBehind({ isAll, position, seen }: ViewPage, { start }: Place): Place {
  const { minor = 0 } = seen
  const at = isAll ? { position } : { position: seen.position, ...(minor > 0 && { minor }) }
  return start !== undefined && at.position < start ? { ...at, start } : at
}

function lookOf(
  { incarnations, position, isAll, filling, takedown }: ViewPage,
  place: Place,
  changes: Seen[],
  { view, rules }: { view: View; rules: Rules },
): Omit<Look, 'from' | 'isSettled'> {
  const incarnation = incarnations.at(-1)?.name ?? ''
  const cursor = encodePlace({ incarnation, ...place }, view.binding)
  const isFilling = feedsOf(view).some(({ name }) => filling.has(name))
  return { view, rules, changes, cursor, more: !isAll, position, incarnation, place, isFilling, takedown }
}

async function seenIn(
  page: ViewPage,
  { start }: Place,
  { view, rules, gone: taken }: { view: View; rules: Rules; gone: Gone },
): Promise<Seen[]> {
  const incarnation = page.incarnations.at(-1)?.name ?? ''
  const holding = holdersIn(view, rules, page.filling)
  const seen = page.changes.map((change): Seen => {
    const { ref, position, minor, headText, at, enters, isForeign } = change
    const place = {
      incarnation,
      position,
      minor: minor > 0 ? minor : undefined,
      start: start !== undefined && position < start ? start : undefined,
    }
    const cursor = encodePlace(place, view.binding)
    const gone = taken.headOf(ref)
    const feeds = gone === undefined ? holding(change) : none
    return { ref, position, minor, headText, at, enters, isForeign, cursor, feeds, gone }
  })
  const { holds } = view.caller
  const foreign = seen.filter(({ isForeign }) => isForeign).map(({ ref }) => ref)
  if (holds === undefined || foreign.length === 0) return seen
  const held = await holds(foreign)
  return seen.filter(({ ref, isForeign }) => !isForeign || held.has(ref))
}

const none: readonly Feed[] = []

/** Tells the feeds that hold an article. */
function holdersIn(view: View, rules: Rules, filling: ReadonlySet<string>): (change: ViewChange) => readonly Feed[] {
  const known = new Map<string, readonly Feed[]>([['', none]])
  const feedsOfNumbers = (holders: string) => {
    const feeds = holders
      .split(' ')
      .map(at => view.grants[Number(at)]!.feed as Feed)
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    known.set(holders, feeds)
    return feeds
  }
  return ({ holders, headText }) => {
    const feeds = known.get(holders) ?? feedsOfNumbers(holders)
    if (filling.size === 0 || feeds.length === 0) return feeds
    const wanting = new Set(rules.feedsThatWant(decodeHead(headText)).map(({ name }) => name))
    const settled = feeds.filter(({ name }) => !filling.has(name) || wanting.has(name))
    return settled.length === 0 ? none : settled
  }
}
