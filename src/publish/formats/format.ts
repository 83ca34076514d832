import type { Article, Instant } from '../../article.ts'
import type { Feed } from '../../feed.ts'
import type { Fullness } from '../../fullness.ts'
import type { Site } from '../../site.ts'

/** What the top of an edition needs to know besides its feed. */
export interface Frame {
  site: Site
  feed: Feed
  /** Time of the newest change that added, changed or removed an article of the feed; absent before the first. */
  changed?: Instant
  /** The feed's archive (RFC 5005, section 4): its newest page and, in a page of it, that page's number. Absent: there is none. */
  archive?: { last: number; page?: number }
  /** What was taken away from the feed, newest first: for partners. */
  gone?: readonly Gone[]
}

/** What is told of an article that was taken away. */
export type Gone = Pick<Article, 'uri' | 'version' | 'pubStatus' | 'published' | 'changed' | 'note'>

/** What an entry depends on besides its article: nothing else of the single feed, so that feeds share entries. */
export interface EntryStyle extends Fullness, Pick<Feed, 'podcast' | 'licence'> {
  site: Site
}

/** The style of a feed's entries: equal as JSON where they are. */
export function entryStyle(site: Site, { content, media, podcast, licence }: Feed): EntryStyle {
  return { site, content, ...(media === false && { media }), ...(podcast && { podcast }), ...(licence && { licence }) }
}

/**
 * One way to write a feed: pure functions, the same text for the same arguments.
 * An edition is `head(frame)` + entries joined by `separator` + `tail`, so that one change costs one entry.
 */
export interface Format {
  /** As people call it. */
  title: string
  /** Types besides its own that ask for it by `Accept`, where they are written as such. */
  aliases: readonly string[]
  /** With charset. */
  contentType: string
  head: (frame: Frame) => string
  /** `article`: as much of it as the style gives (`given`). `excerpt`: `excerptOf(article)`, where who renders several formats has it already. */
  entry: (article: Article, style: EntryStyle, excerpt?: string) => string
  separator: string
  tail: string
}
