import { wants, type Feed } from '../feed.ts'
import type { Head } from '../head.ts'

/** `killed`: say so; `hidden`: as if it did not exist. */
export type Visibility = Feed['content'] | 'killed' | 'hidden'

/** What everybody may see of an article: the most that any public feed which holds it grants. */
export function visibilityOf(head: Head, feeds: readonly Feed[]): Visibility {
  if (head.pubStatus === 'canceled') return 'killed'
  const granted = publicFeeds(feeds).filter(feed => wants(feed, head))
  if (granted.length === 0) return 'hidden'
  return granted.some(({ content }) => content === 'full') ? 'full' : 'summary'
}

/** The feeds that everybody may know of. */
export function publicFeeds(feeds: readonly Feed[]): Feed[] {
  return feeds.filter(({ access, gone }) => access === 'public' && !gone)
}
