import type { Instant } from './article.ts'

/** Someone with tokens: what they may have is decided by their feeds alone. */
export interface Partner {
  /** `[a-z0-9-]+`. */
  name: string
  /** Each feed that they were ever given, oldest first; one that was given again comes again. */
  grants: readonly Grant[]
  tokens: readonly Token[]
  /** Requests a minute; a 304 counts a tenth. */
  rate: number
  created: Instant
}

/** A feed in a partner's hands: between these positions on the wire. */
export interface Grant {
  feed: string
  from: number
  /** Absent: they have it. */
  until?: number
}

/** What a partner shows to be known by. The token itself is kept nowhere. */
export interface Token {
  /** Names it, in lists and to revoke it. */
  id: string
  /** SHA-256 of the token, base64url. */
  digest: string
  created: Instant
  /** From this second it is good for nothing. */
  expires?: Instant
}

/** In the place of a position: the one that the change itself takes. */
export const now = -1

/** The names of the feeds that a partner has, in order. */
export function feedsOf({ grants }: Pick<Partner, 'grants'>): string[] {
  return grants.flatMap(({ feed, until }) => (until === undefined ? [feed] : [])).toSorted()
}

/** The grants of a partner who is to have these feeds and no others. */
export function regrant(grants: readonly Grant[], feeds: readonly string[]): Grant[] {
  const kept = grants.map(grant =>
    grant.until !== undefined || feeds.includes(grant.feed) ? grant : { ...grant, until: now },
  )
  const held = new Set(feedsOf({ grants }))
  const added = [...new Set(feeds)].filter(feed => !held.has(feed)).map(feed => ({ feed, from: now }))
  return [...kept, ...added]
}
