import type { Article } from '../article.ts'
import type { Feed, Head, Site } from '../feed.ts'
import type { Shelf } from './shelf.ts'

/** What the pages need to know of everything else. */
export interface Newsroom {
  site: Site
  feeds: readonly Feed[]
  shelf: Shelf
  /** The newest version; `article` is absent where its text was taken away. Rejects while Redis cannot be asked. */
  article(ref: { source: string; key: string }): Promise<{ head: Head; article?: Article } | undefined>
  readiness(): Readiness
}

/** `ready` decides between 200 and 503; `reason` is a sentence for the operators. */
export interface Readiness {
  ready: boolean
  status: 'ready' | 'degraded' | 'starting' | 'draining'
  reason?: string
}
