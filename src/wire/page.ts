import { refOf } from '../article.ts'
import type { Parcel } from '../parcel.ts'
import type { Store } from '../store/store.ts'
import { articleJson, tell, withoutBodies, type NinjsVersion, type TellOptions, type Told } from './change.ts'
import { lookAt, type Gone, type Look, type Question, type Seen } from './looking.ts'
import type { ToldArticles } from './told-articles.ts'

export interface PageQuestion extends Question {
  version: NinjsVersion
  /** Bytes of JSON that the changes of a page may have together. */
  bytes: number
}

/** A change, written once for all who get it. */
export interface Written {
  cursor: string
  action: string
  /** As UTF-8. */
  json: Buffer
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
    const { written, isCut } = await write(look, question, parts)
    const [revision] = await Promise.all([store.definitions.revision(), gone.inForce()])
    if (gone.state !== state || revision !== look.rules.revision) continue
    const { view, position, incarnation, from } = look
    const cursor = isCut ? written.at(-1)!.cursor : look.cursor
    const parcel = parcelOf(look.changes.slice(0, written.length))
    return { view, position, incarnation, from, cursor, changes: written, more: isCut || look.more, revision, parcel }
  }
  throw new Error('articles are taken away all the time')
}

/** As many changes as fit, one at least. */
async function write(
  { changes, rules, view }: Look,
  { version, bytes }: PageQuestion,
  { store: { articles }, told }: PageParts,
): Promise<{ written: Written[]; isCut: boolean }> {
  const isPartner = view.caller.name !== undefined
  const options: TellOptions = { articles, site: rules.site, version, isPartner, ...(told && { told }) }
  const written: Written[] = []
  let left = bytes
  for (let at = 0; at < changes.length; at += textsAtOnce) {
    const piece = changes.slice(at, at + textsAtOnce)
    const texts = await Promise.all(piece.map(async seen => await articleJson(seen, options)))
    for (const [i, seen] of piece.entries()) {
      const one = writeOne(tell(seen, isPartner), texts[i]!, bytes)
      left -= one.json.length + 1
      if (left < 0 && written.length > 0) return { written, isCut: true }
      written.push(one)
    }
  }
  return { written, isCut: false }
}

function parcelOf(changes: readonly Seen[]): Parcel {
  const given = changes.filter(({ feeds }) => feeds.length > 0)
  return { articles: given.map(({ head }) => [refOf(head), head.version] as const), gone: [] }
}

function writeOne(told: Told, article: Buffer, most: number): Written {
  const { cursor, action } = told
  const begun = Buffer.from(`${JSON.stringify(told).slice(0, -1)},"article":`)
  // Its text alone is more than an answer may have.
  const fitting = begun.length + article.length + 1 < most ? article : withoutBodies(article)
  return { cursor, action, json: Buffer.concat([begun, fitting, brace]) }
}

const brace = Buffer.from('}')
