import type { Feed } from '../feed.ts'
import { publicFeeds } from '../feed.ts'
import { feedsOf } from '../partner.ts'
import type { Known, PartnerList } from './partner-list.ts'

/**
 * Who asks. `anyone`: without a token. `refused`: with one that is good for nothing. `unsure`: with one, while it cannot be
 * said whether it is still good.
 */
export type Reader = { kind: 'anyone' } | { kind: 'refused' } | { kind: 'unsure' } | { kind: 'partner'; known: Known }

const anyone: Reader = { kind: 'anyone' }
const refused: Reader = { kind: 'refused' }
const unsure: Reader = { kind: 'unsure' }

/** Who sends this `Authorization` (RFC 6750, 2.1)? Other schemes are for whoever stands in front of us. */
export function readerOf(authorization: string | undefined, partners: PartnerList | undefined): Reader {
  if (authorization === undefined) return anyone
  const [, token] = /^bearer +(\S*) *$/i.exec(authorization) ?? []
  if (token === undefined) return anyone
  if (partners === undefined) return refused
  if (partners.isStale) return unsure
  const known = partners.find(token)
  return known === undefined ? refused : { kind: 'partner', known }
}

/** May this reader have a feed that is for partners? */
export function hasFeed(reader: Reader, feed: string): boolean {
  return reader.kind === 'partner' && namesOf(reader.known).has(feed)
}

/** Those of the feeds in force that this reader may see: the public ones, and a partner's own. The same list for the same reader. */
export function feedsFor(reader: Reader, feeds: readonly Feed[]): readonly Feed[] {
  if (reader.kind !== 'partner') return publicFeeds(feeds)
  const { partner } = reader.known
  const lists = granted.get(feeds) ?? new WeakMap<object, readonly Feed[]>()
  granted.set(feeds, lists)
  const names = namesOf(reader.known)
  const list =
    lists.get(partner) ?? feeds.filter(feed => !feed.gone && (feed.access === 'public' || names.has(feed.name)))
  lists.set(partner, list)
  return list
}

/** Partners and feeds in force are replaced, never changed. */
const granted = new WeakMap<readonly Feed[], WeakMap<object, readonly Feed[]>>()
const names = new WeakMap<object, ReadonlySet<string>>()

function namesOf({ partner }: Known): ReadonlySet<string> {
  const found = names.get(partner) ?? new Set(feedsOf(partner))
  names.set(partner, found)
  return found
}
