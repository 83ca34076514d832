import type { Article, Ref } from '../article.ts'
import type { Page } from '../edition.ts'
import type { Feed } from '../feed.ts'
import type { Head } from '../head.ts'
import type { Site } from '../site.ts'
import type { FormatName } from '../publish/formats/index.ts'
import type { Shelf } from './edge/shelf.ts'

/** What the pages need to know of everything else. */
export interface Newsroom {
  site: Site
  /** Every feed of this process's configuration, ended ones and partners' too. */
  configured: readonly Feed[]
  /** Those that articles may be shown by. */
  feeds: readonly Feed[]
  shelf: Shelf
  /** The newest version; `article` is absent where its text was taken away. Rejects while Redis cannot be asked. */
  article(ref: { source: string; key: string }): Promise<{ head: Head; article?: Article } | undefined>
  /** Position of the newest change on the wire. This and what follows reject while Redis cannot be asked. */
  position(): Promise<number>
  /** What these feeds hold and was published since (milliseconds since 1970), newest first. */
  publishedSince(feeds: readonly string[], since: number): Promise<Ref[]>
  head(ref: Ref): Promise<Head | undefined>
  /** A page of a feed's archive; undefined where it has no such page. Rejects while Redis cannot be asked. */
  archivePage(feed: string, page: number, format: FormatName): Promise<Page | undefined>
  readiness(): Readiness
}

/** `ready` decides between 200 and 503; `reason` is a sentence for the operators. */
export interface Readiness {
  ready: boolean
  status: 'ready' | 'degraded' | 'starting' | 'draining'
  reason?: string
}
