import type { Ref } from '../article.ts'
import type { Feed } from '../feed.ts'
import type { Head } from '../head.ts'
import type { TakedownList } from '../operate/takedown-list.ts'
import type { Site } from '../site.ts'
import type { Store } from '../store/store.ts'
import type { Archives } from '../show/archive.ts'

/** What an export shows, and where it finds it. */
export interface Newsstand {
  store: Store
  /** What is not shown, whatever the store's editions hold. */
  takedowns: Pick<TakedownList, 'isTakenDown'>
  archives: Archives
  site: Site
  /** All that are configured: also those that have ended, and those for partners. */
  configured: readonly Feed[]
  /** The public ones that have editions. */
  feeds: readonly Feed[]
  /** Milliseconds since 1970. */
  now: number
}

/** All that public feeds hold, on their newest pages and in their archives. */
export interface History {
  heads: ReadonlyMap<Ref, Head>
  /** Of each feed's archive, from page 1: what the page is made of. */
  pages: ReadonlyMap<Feed, readonly string[]>
}
