import type { Ref } from '../article.ts'
import type { Parcel } from '../parcel.ts'
import type { Store } from '../store/store.ts'
import { tell, withoutBodies, type TellOptions, type Telling } from './change.ts'
import { Envelopes, type NinjsVersion } from './envelopes.ts'
import { lookAt, type Gone, type Look, type Question } from './looking.ts'
import type { ToldArticles } from './told-articles.ts'
import { areAlike, viewOf } from './view.ts'
import type { Written } from './written.ts'

export interface PageQuestion extends Question {
  version: NinjsVersion
  /** Bytes of JSON that the changes of a page may have together. */
  bytes: number
}

/** What a caller has to learn behind a cursor. */
export interface Page extends Pick<Look, 'view' | 'position' | 'incarnation' | 'from' | 'takedown' | 'isSettled'> {
  cursor: string
  changes: readonly Written[]
  /** There is more behind them. */
  more: boolean
  /** Revision of the definitions that it was made by. */
  revision: string
  /** What one gets with it. */
  parcel: Parcel
}

export interface PageParts {
  store: Store
  gone: Gone
  /** What was told before. */
  told?: ToldArticles
}

/** Texts that are read at the same time. */
const textsAtOnce = 32

/** How often a page is put together anew when something is taken away meanwhile. */
const attempts = 10

/**
 * A page of a view, with texts. What was taken away, or granted no longer, while it was put together does not leave. Throws `Refused`; rejects
 * while Redis cannot be asked.
 */
export async function readPage(question: PageQuestion, parts: PageParts): Promise<Page> {
  const { gone } = parts
  for (let left = attempts; left > 0; left--) {
    const look = await lookAt(question, parts)
    if (!gone.isAsOf(look.takedown)) {
      await gone.inForce()
      continue
    }
    const { written, parcel, isCut, tookTime } = await write(look, question, parts)
    if (tookTime && !(await isStillSo(look, parts))) continue
    const { view, position, incarnation, from, takedown, isSettled } = look
    const { revision } = look.rules
    const cursor = isCut ? written.at(-1)!.cursor : look.cursor
    const more = isCut || look.more
    return { view, position, incarnation, from, takedown, isSettled, cursor, changes: written, more, revision, parcel }
  }
  throw new Error('articles are taken away all the time')
}

/** Is this what the same question would be answered with now? Throws `Refused`, and rejects, as that would. */
export async function isCurrent(
  { view, revision, position, incarnation, takedown, isSettled }: Page,
  { who, feeds }: Pick<PageQuestion, 'who' | 'feeds'>,
  { store, gone }: PageParts,
): Promise<boolean> {
  const rules = await store.definitions.current()
  if (!isSettled || rules.revision !== revision || !gone.isAsOf(takedown)) return false
  const now = viewOf(await who(rules), feeds)
  const { act } = now.caller
  const standing = { revision, position, incarnation, takedown, ...(act !== undefined && { act }) }
  return areAlike(now, view) && (await store.views.standsAt(standing))
}

/** Nothing was taken away, or granted no longer, since then. */
async function isStillSo({ rules, takedown }: Look, { store, gone }: PageParts): Promise<boolean> {
  const [revision] = await Promise.all([store.definitions.revision(), gone.inForce()])
  return revision === rules.revision && gone.isAsOf(takedown)
}

/** As many changes as fit, one at least. `tookTime`: texts had to be read, and something may have changed meanwhile. */
async function write(
  { changes, rules, view }: Look,
  { version, bytes }: PageQuestion,
  { store: { articles }, told }: PageParts,
): Promise<{ written: Written[]; parcel: Parcel; isCut: boolean; tookTime: boolean }> {
  const isPartner = view.caller.name !== undefined
  const envelopes = new Envelopes(version, isPartner)
  const options: TellOptions = { articles, site: rules.site, version, isPartner, envelopes, ...(told && { told }) }
  const written: Written[] = []
  const given: [Ref, version: number][] = []
  const parcel = { articles: given, gone: [] }
  let left = bytes
  let tookTime = false
  for (let at = 0; at < changes.length; at += textsAtOnce) {
    const piece = changes.slice(at, at + textsAtOnce)
    const tellings = piece.map(seen => tell(seen, options))
    // What was told before is there.
    const areHere = tellings.every(isHere)
    tookTime ||= !areHere
    const all = areHere ? tellings : await Promise.all(tellings.map(async each => await each))
    for (const [i, { ref, feeds }] of piece.entries()) {
      const telling = all[i]!
      const one = writeOne(telling, envelopes, bytes)
      left -= one.length + 1
      if (left < 0 && written.length > 0) return { written, parcel, isCut: true, tookTime }
      written.push(one)
      if (feeds.length > 0) given.push([ref, telling.version])
    }
  }
  return { written, parcel, isCut: false, tookTime }
}

function isHere(telling: Telling | Promise<Telling>): telling is Telling {
  return !(telling instanceof Promise)
}

function writeOne({ envelope, article }: Telling, envelopes: Envelopes, most: number): Written {
  const { cursor, action } = envelope
  const begun = envelopes.begin(envelope)
  const around = Buffer.byteLength(begun) + 1
  // Its text alone is more than an answer may have.
  const fitting = around + article.length < most ? article : withoutBodies(article)
  return { cursor, action, begun, article: fitting, length: around + fitting.length }
}
