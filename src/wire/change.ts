import { refOf, uriOf, type Article } from '../article.ts'
import { TextLost } from '../errors.ts'
import type { Head, WireAction } from '../head.ts'
import { toNinjs } from '../publish/formats/ninjs.ts'
import { toNinjs22 } from '../publish/formats/ninjs-2.2.ts'
import { grantedNinjs, partnerNinjs } from '../show/granted.ts'
import { mostOf, type Fullness } from '../fullness.ts'
import type { Site } from '../site.ts'
import { takedownId } from '../takedown.ts'
import type { Articles } from '../store/articles.ts'
import { textOf } from '../store/head-text.ts'
import type { Seen } from './looking.ts'
import type { ToldArticles } from './told-articles.ts'

/** Of ninjs (IPTC), in which articles go out. */
export type NinjsVersion = '3.1' | '2.2'

/** A change as `/wire` tells it, but for its article. */
export interface Told {
  cursor: string
  action: WireAction
  at?: string
  /** Of a kill and a correction. */
  reason?: string
  /** Of what was taken away from partners: what they confirm. */
  takedown?: string
  /** The correction that stands with the article: its note as published, and when it was made. */
  corrected?: { note: string; at: string }
  feeds: string[]
}

/** What a caller is told of a change. */
export function tell(seen: Seen, isPartner: boolean): Told {
  const { cursor, ref, position, minor, head, feeds, at } = seen
  const action = actionOf(seen)
  const reason = action === 'kill' || action === 'correct' ? head.note : undefined
  return {
    cursor,
    action,
    ...(at !== undefined && { at: new Date(at).toISOString() }),
    ...(reason !== undefined && { reason }),
    ...(isPartner && head.pubStatus !== 'usable' && minor === 0 && { takedown: takedownId(ref, position) }),
    ...(feeds.length > 0 && correctedIn(head)),
    feeds: feeds.map(({ name }) => name),
  }
}

/** ninjs has one field for it and for what only editors may read, and no date. */
function correctedIn({ note, notedAt, changed }: Head): Pick<Told, 'corrected'> {
  return note === undefined ? {} : { corrected: { note, at: notedAt ?? changed } }
}

export interface TellOptions {
  articles: Articles
  site: Site
  version: NinjsVersion
  /** Gets notes to editors too. */
  isPartner: boolean
  /** What was told before; absent: nothing is kept. */
  told?: ToldArticles
}

/** The article of a change as JSON: as much of it as the caller's feeds grant; of what was taken away nothing but that. */
export function articleJson(seen: Seen, options: TellOptions): Buffer | Promise<Buffer> {
  const { head, feeds } = seen
  const { site, version, isPartner, told } = options
  const write = (ninjs: object) => Buffer.from(JSON.stringify(version === '2.2' ? toNinjs22(ninjs) : ninjs))
  if (feeds.length === 0) return write(noticeOf(head, actionOf(seen), site))
  const fullness = mostOf(feeds)
  const key = JSON.stringify([version, isPartner, fullness, textOf(head)])
  const known = told?.find(key, site)
  if (known !== undefined) return known
  return granted(head, fullness, options).then(({ ninjs, isWhole }) => {
    const json = write(ninjs)
    if (isWhole) told?.keep(key, site, json)
    return json
  })
}

/** Less than all of it, where the whole does not fit into an answer. */
export function withoutBodies(json: Buffer): Buffer {
  const article = JSON.parse(json.toString()) as object
  const key = 'representationType' in article ? 'representationType' : 'representationtype'
  return Buffer.from(JSON.stringify({ ...article, [key]: 'partial', bodies: undefined }))
}

function actionOf({ head, feeds, enters }: Seen): WireAction {
  if (head.pubStatus === 'canceled') return 'kill'
  if (feeds.length === 0) return 'withhold'
  const action = head.action ?? 'publish'
  // What was released comes into its feeds again, too.
  return enters && action !== 'release' ? 'publish' : action
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
  { articles, site, isPartner }: TellOptions,
): Promise<{ ninjs: object; isWhole: boolean }> {
  const write = isPartner ? partnerNinjs : grantedNinjs
  try {
    return { ninjs: write(await articles.article(head, site.authority), fullness, site), isWhole: true }
  } catch (error) {
    if (!(error instanceof TextLost)) throw error
    const ninjs = toNinjs(withoutText(head, uriOf(site.authority, refOf(head))), site)
    const less = { ...ninjs, representationType: 'partial', descriptions: undefined, bodies: undefined }
    return { ninjs: less, isWhole: false }
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
