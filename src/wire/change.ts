import { refOf, uriOf, type Article } from '../article.ts'
import { TextLost } from '../errors.ts'
import type { Head, WireAction } from '../head.ts'
import { toNinjs } from '../publish/formats/ninjs.ts'
import { toNinjs22 } from '../publish/formats/ninjs-2.2.ts'
import { grantedNinjs, partnerNinjs } from '../show/granted.ts'
import type { Fullness } from '../fullness.ts'
import type { Site } from '../site.ts'
import { takedownId } from '../takedown.ts'
import type { Articles } from '../store/articles.ts'
import { decodeHead } from '../store/head-text.ts'
import type { Envelope, Envelopes, NinjsVersion } from './envelopes.ts'
import type { Seen } from './looking.ts'
import type { ToldArticle, ToldArticles } from './told-articles.ts'

export interface TellOptions {
  articles: Articles
  site: Site
  version: NinjsVersion
  /** Gets notes to editors too. */
  isPartner: boolean
  envelopes: Envelopes
  /** What was told before; absent: nothing is kept. */
  told?: ToldArticles
}

/** What is told of a change. */
export interface Telling {
  envelope: Envelope
  /** As UTF-8. */
  article: Buffer
  /** Of the article. */
  version: number
}

/** What a caller is told of a change: as much of its article as the caller's feeds grant; of what was taken away nothing but that. */
export function tell(seen: Seen, options: TellOptions): Telling | Promise<Telling> {
  if (seen.feeds.length === 0) return tellGone(seen, options)
  const { fullness, form } = options.envelopes.shareOf(seen.feeds)
  const key = form + seen.headText
  const known = options.told?.find(key, options.site)
  if (known !== undefined) return tellHeld(seen, known)
  return granted(decodeHead(seen.headText), fullness, options).then(({ article, isWhole }) => {
    if (isWhole) options.told?.keep(key, options.site, article)
    return tellHeld(seen, article)
  })
}

function tellHeld(
  { cursor, at, feeds, enters }: Seen,
  { json, version, action: last, corrected }: ToldArticle,
): Telling {
  // What was released comes into its feeds again, too.
  const action = enters && last !== 'release' ? 'publish' : last
  const reason = action === 'correct' ? corrected?.note : undefined
  return { envelope: { cursor, action, at, reason, corrected, feeds }, article: json, version }
}

function tellGone({ cursor, ref, position, minor, at, feeds, gone, headText }: Seen, options: TellOptions): Telling {
  const head = gone ?? decodeHead(headText)
  const isKilled = head.pubStatus === 'canceled'
  const action = isKilled ? 'kill' : 'withhold'
  const takedown =
    options.isPartner && head.pubStatus !== 'usable' && minor === 0 ? takedownId(ref, position) : undefined
  const envelope = { cursor, action, at, reason: isKilled ? head.note : undefined, takedown, feeds } as const
  return { envelope, article: jsonOf(noticeOf(head, action, options.site), options), version: head.version }
}

function jsonOf(ninjs: object, { version }: TellOptions): Buffer {
  return Buffer.from(JSON.stringify(version === '2.2' ? toNinjs22(ninjs) : ninjs))
}

/** ninjs has one field for it and for what only editors may read, and no date. */
function correctedIn({ note, notedAt, changed }: Head): Pick<ToldArticle, 'corrected'> {
  return note === undefined ? {} : { corrected: { note, at: notedAt ?? changed } }
}

/** Less than all of it, where the whole does not fit into an answer. */
export function withoutBodies(json: Buffer): Buffer {
  const article = JSON.parse(json.toString()) as object
  const key = 'representationType' in article ? 'representationType' : 'representationtype'
  return Buffer.from(JSON.stringify({ ...article, [key]: 'partial', bodies: undefined }))
}

/** `withheld` also where it only left the caller's feeds. */
function noticeOf(head: Head, action: WireAction, { authority }: Site): object {
  return {
    uri: uriOf(authority, refOf(head)),
    version: String(head.version),
    pubStatus: action === 'kill' ? 'canceled' : 'withheld',
  }
}

/** `isWhole`: with its text, as far as that is granted. */
async function granted(
  head: Head,
  fullness: Fullness,
  options: TellOptions,
): Promise<{ article: ToldArticle; isWhole: boolean }> {
  const { articles, site, isPartner } = options
  const { version, action = 'publish' } = head
  const beside = { version, action, ...correctedIn(head) }
  const write = isPartner ? partnerNinjs : grantedNinjs
  try {
    const ninjs = write(await articles.article(head, site.authority), fullness, site)
    return { article: { json: jsonOf(ninjs, options), ...beside }, isWhole: true }
  } catch (error) {
    if (!(error instanceof TextLost)) throw error
    const ninjs = toNinjs(withoutText(head, uriOf(site.authority, refOf(head))), site)
    const less = { ...ninjs, representationType: 'partial', descriptions: undefined, bodies: undefined }
    return { article: { json: jsonOf(less, options), ...beside }, isWhole: false }
  }
}

/** What the head alone tells of an article whose text is not in the store. */
export function withoutText(head: Head, uri: string): Article {
  const { source, key, version, pubStatus, title, language, section, keywords, published, changed, note, notedAt } =
    head
  const noted = { ...(note !== undefined && { note }), ...(notedAt !== undefined && { notedAt }) }
  const identity = { uri, source, key, version, pubStatus, changed, ...noted }
  const said = { title, language, published, keywords, ...(section !== undefined && { section }) }
  return { ...identity, ...said, html: '', authors: [], media: [] }
}
