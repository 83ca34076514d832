import { refOf, uriOf, type Article } from '../article.ts'
import { TextLost } from '../errors.ts'
import type { Feed } from '../feed.ts'
import type { Head, WireAction } from '../head.ts'
import { toNinjs } from '../publish/formats/ninjs.ts'
import { toNinjs22 } from '../publish/formats/ninjs-2.2.ts'
import { grantedNinjs, partnerNinjs } from '../show/granted.ts'
import { mostOf } from '../fullness.ts'
import type { Site } from '../site.ts'
import { takedownId } from '../takedown.ts'
import type { Articles } from '../store/articles.ts'
import type { Seen } from './looking.ts'

/** Of ninjs (IPTC), in which articles go out. */
export type NinjsVersion = '3.1' | '2.2'

/** A change as `/wire` tells it: of what was taken away nothing but that. */
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
  /** ninjs. */
  article: object
}

interface TellOptions {
  articles: Articles
  site: Site
  version: NinjsVersion
  /** Gets notes to editors too. */
  isPartner: boolean
}

/** What a caller is told of an article, as much of it as its feeds grant. */
export async function tell(seen: Seen, { articles, site, version, isPartner }: TellOptions): Promise<Told> {
  const { cursor, head, feeds, at } = seen
  const action = actionOf(seen)
  const reason = action === 'kill' || action === 'correct' ? head.note : undefined
  const ninjs =
    feeds.length > 0 ? await granted(head, feeds, { articles, site, isPartner }) : noticeOf(head, action, site)
  return {
    cursor,
    action,
    ...(at !== undefined && { at: new Date(at).toISOString() }),
    ...(reason !== undefined && { reason }),
    ...(isPartner &&
      head.pubStatus !== 'usable' &&
      seen.minor === 0 && { takedown: takedownId(seen.ref, seen.position) }),
    ...(feeds.length > 0 && correctedIn(head)),
    feeds: feeds.map(({ name }) => name),
    article: version === '2.2' ? toNinjs22(ninjs) : ninjs,
  }
}

/** ninjs has one field for it and for what only editors may read, and no date. */
function correctedIn({ note, notedAt, changed }: Head): Pick<Told, 'corrected'> {
  return note === undefined ? {} : { corrected: { note, at: notedAt ?? changed } }
}

/** Less than all of it, where the whole does not fit into an answer. */
export function withoutBodies({ article, ...told }: Told): Told {
  const key = 'representationType' in article ? 'representationType' : 'representationtype'
  return { ...told, article: { ...article, [key]: 'partial', bodies: undefined } }
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

async function granted(
  head: Head,
  feeds: readonly Feed[],
  { articles, site, isPartner }: Omit<TellOptions, 'version'>,
): Promise<object> {
  const write = isPartner ? partnerNinjs : grantedNinjs
  try {
    return write(await articles.article(head, site.authority), mostOf(feeds), site)
  } catch (error) {
    if (!(error instanceof TextLost)) throw error
    const ninjs = toNinjs(withoutText(head, uriOf(site.authority, refOf(head))), site)
    return { ...ninjs, representationType: 'partial', descriptions: undefined, bodies: undefined }
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
