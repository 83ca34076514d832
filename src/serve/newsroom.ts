import { refOf, type Article, type Ref } from '../article.ts'
import type { Page } from '../edition.ts'
import { TextLost } from '../errors.ts'
import type { Feed } from '../feed.ts'
import type { Head } from '../head.ts'
import type { Site } from '../site.ts'
import type { FormatName } from '../publish/formats/index.ts'
import type { Heartbeat } from '../operate/heartbeat.ts'
import type { Paging } from '../operate/page.ts'
import type { TakedownList } from '../operate/takedown-list.ts'
import { confirmTakedown, takedownsFor } from '../operate/takedowns.ts'
import { Archives } from '../show/archive.ts'
import { PartnerEditions, type PartnerFormatName } from '../show/partner-editions.ts'
import type { Store } from '../store/store.ts'
import type { Follower, Readiness } from './edge/follower.ts'
import type { Admission } from './http/admission.ts'
import type { Shelf } from './edge/shelf.ts'

export type { Readiness }

/** What the pages need to know of everything else. */
export interface Newsroom {
  site: Site
  /** Every feed of this process's configuration, ended ones and partners' too. */
  configured: readonly Feed[]
  /** Those that articles may be shown by. */
  feeds: readonly Feed[]
  shelf: Shelf
  /** Who asks. */
  admission: Admission
  /** The newest version; `article` is absent where its text was taken away. Rejects while Redis cannot be asked. */
  article(ref: { source: string; key: string }): Promise<{ head: Head; article?: Article } | undefined>
  /** Position of the newest change on the wire. This and what follows reject while Redis cannot be asked. */
  position(): Promise<number>
  /** What these feeds hold and was published since (milliseconds since 1970), newest first. */
  publishedSince(feeds: readonly string[], since: number): Promise<Ref[]>
  head(ref: Ref): Promise<Head | undefined>
  /** How many articles these feeds hold in all, in their order. */
  counts(feeds: readonly string[]): Promise<number[]>
  /** As far as this process knows, also while Redis is away. */
  isTakenDown(ref: Ref): boolean
  /** A page of a feed's archive; undefined where it has no such page. Rejects while Redis cannot be asked. */
  archivePage(feed: string, page: number, format: FormatName): Promise<Page | undefined>
  /** A feed as partners get it; undefined where there is no such feed. Rejects while Redis cannot be asked. */
  partnerEdition(feed: string, format: PartnerFormatName): Promise<Page | undefined>
  /** What a partner holds of what was taken away. Rejects with `UsageError` where `after` is no id; with others while Redis cannot be asked. */
  takedownsFor(partner: string, paging: Paging): ReturnType<typeof takedownsFor>
  /** Notes that it is gone there. Rejects with `UsageError` for what the partner does not hold. */
  confirmTakedown(id: string, partner: string): Promise<boolean>
  readiness(): Readiness
}

export interface NewsroomParts {
  site: Site
  store: Store
  shelf: Shelf
  follower: Follower
  takedowns: TakedownList
  admission: Admission
  heartbeat: Heartbeat
  /** Milliseconds since 1970. */
  clock: () => number
}

/** What the pages learn from the store, by the definitions that the follower has seen in force, and without what was taken away. */
export function createNewsroom(parts: NewsroomParts): Newsroom {
  const { site, store, shelf, follower, takedowns, admission, heartbeat, clock } = parts
  const archives = new Archives(store)
  const partnerEditions = new PartnerEditions(store)
  /** While Redis is known to be away nobody waits for it. */
  const refuseWhileAway = () => {
    const { status, reason } = follower.readiness()
    if (status === 'degraded') throw new Error(reason)
  }
  /** Of what was made meanwhile nothing is out that is granted, or stands, no longer. */
  const asOfNow = async (make: () => Promise<Page | undefined>) => {
    refuseWhileAway()
    const { feeds: before } = follower
    await takedowns.inForce()
    const { state } = takedowns
    const edition = await make()
    await Promise.all([follower.followDefinitions(), takedowns.inForce()])
    // Who may have it, and what stands on it, was decided by those.
    if (follower.feeds !== before) throw new Error('the definitions have just changed')
    if (takedowns.state !== state) throw new Error('an article was just taken away')
    return edition
  }
  return {
    site,
    get configured() {
      return follower.feeds.configured
    },
    get feeds() {
      return follower.feeds.granted
    },
    shelf,
    admission,
    readiness() {
      const readiness = follower.readiness()
      const [worst] = heartbeat.problems
      return worst && readiness.status === 'ready'
        ? { ready: true, status: 'degraded', reason: worst.reason }
        : readiness
    },
    archivePage: (feed, page, format) => asOfNow(() => archives.page(feed, page, format)),
    partnerEdition: (feed, format) => asOfNow(() => partnerEditions.edition(feed, format)),
    takedownsFor: (partner, paging) => takedownsFor(partner, paging, { site, store }),
    confirmTakedown: (id, partner) => confirmTakedown(id, partner, { site, store, now: clock() }),
    async head(ref) {
      const gone = takedowns.headOf(ref)
      if (gone !== undefined) return gone
      refuseWhileAway()
      return await store.articles.head(ref)
    },
    isTakenDown: takedowns.isTakenDown,
    async counts(feeds) {
      refuseWhileAway()
      return await store.members.counts(feeds)
    },
    async position() {
      refuseWhileAway()
      await takedowns.inForce()
      const position = await store.wire.position()
      // Asked after it: who may have what changed up to there, is decided by those or later ones.
      await follower.followDefinitions()
      return position
    },
    async publishedSince(names, since) {
      refuseWhileAway()
      return await store.members.publishedSince(names, since)
    },
    async article(ref) {
      const before = takedowns.headOf(refOf(ref))
      if (before !== undefined) return { head: before }
      refuseWhileAway()
      const head = await store.articles.head(refOf(ref))
      const found = head && { head, ...(await textOf(head, store, site)) }
      // Asked after it: what feeds grant of the article now, or later, and whether it was taken away.
      await Promise.all([follower.followDefinitions(), takedowns.inForce()])
      const after = takedowns.headOf(refOf(ref))
      return after === undefined ? found : { head: after }
    },
  }
}

/** Nothing where it was taken away, or is lost. */
async function textOf(head: Head, store: Store, site: Site): Promise<{ article?: Article }> {
  if (head.pubStatus === 'canceled') return {}
  try {
    return { article: await store.articles.article(head, site.authority) }
  } catch (error) {
    if (error instanceof TextLost) return {}
    throw error
  }
}
