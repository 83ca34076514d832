import type { Ref } from '../article.ts'
import type { Parcel } from '../parcel.ts'
import type { Store } from '../store/store.ts'
import { tell, withoutBodies, type TellOptions, type Telling } from './change.ts'
import { Envelopes, type NinjsVersion } from './envelopes.ts'
import { lookAt, type Gone, type Look, type Question } from './looking.ts'
import type { ToldArticles } from './told-articles.ts'
import type { Written } from './written.ts'

export interface PageQuestion extends Question {
  version: NinjsVersion
  /** Bytes of JSON that the changes of a page may have together. */
  bytes: number
}

/** What a caller has to learn behind a cursor. */
export interface Page extends Pick<Look, 'view' | 'position' | 'incarnation' | 'from'> {
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
  const { store, gone } = parts
  for (let left = attempts; left > 0; left--) {
    // Whatever it does not know yet makes it another at the end. One without a state has put back what the store had lost.
    if (gone.state === '') await gone.inForce()
    const { state } = gone
    const look = await lookAt(question, parts)
    const { written, parcel, isCut } = await write(look, question, parts)
    const [revision] = await Promise.all([store.definitions.revision(), gone.inForce()])
    if (gone.state !== state || revision !== look.rules.revision) continue
    const { view, position, incarnation, from } = look
    const cursor = isCut ? written.at(-1)!.cursor : look.cursor
    return { view, position, incarnation, from, cursor, changes: written, more: isCut || look.more, revision, parcel }
  }
  throw new Error('articles are taken away all the time')
}

/** As many changes as fit, one at least. */
async function write(
  { changes, rules, view }: Look,
  { version, bytes }: PageQuestion,
  { store: { articles }, told }: PageParts,
): Promise<{ written: Written[]; parcel: Parcel; isCut: boolean }> {
  const isPartner = view.caller.name !== undefined
  const envelopes = new Envelopes(version, isPartner)
  const options: TellOptions = { articles, site: rules.site, version, isPartner, envelopes, ...(told && { told }) }
  const written: Written[] = []
  const given: [Ref, version: number][] = []
  const parcel = { articles: given, gone: [] }
  let left = bytes
  for (let at = 0; at < changes.length; at += textsAtOnce) {
    const piece = changes.slice(at, at + textsAtOnce)
    const tellings = piece.map(seen => tell(seen, options))
    // What was told before is there.
    const all = tellings.every(isHere) ? tellings : await Promise.all(tellings.map(async each => await each))
    for (const [i, { ref, feeds }] of piece.entries()) {
      const telling = all[i]!
      const one = writeOne(telling, envelopes, bytes)
      left -= one.length + 1
      if (left < 0 && written.length > 0) return { written, parcel, isCut: true }
      written.push(one)
      if (feeds.length > 0) given.push([ref, telling.version])
    }
  }
  return { written, parcel, isCut: false }
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
