import { refOf, uriOf, type Ref } from '../article.ts'
import type { Config } from '../config.ts'
import type { Feed } from '../feed.ts'
import type { Head } from '../head.ts'
import type { Store } from '../store/store.ts'
import { behindFor } from './behind-for.ts'
import { recordAct } from './acts.ts'
import { findArticle } from './find-article.ts'
import type { LifeOptions } from './life.ts'
import type { TakedownList } from './takedown-list.ts'
import { openedBy } from './takedowns.ts'
import type { TwinsOptions } from './twins.ts'

interface Changing {
  config: Config
  store: Store
  takedowns: TakedownList
  /** Milliseconds since 1970. */
  clock: () => number
  /** One round of a feed: what became of its editions. */
  publish: (feed: string) => Promise<readonly { feed: string; changed: boolean }[]>
  /** Who acts, and what it is called: for the audit. */
  operator?: string
  act?: string
}

/** The document of `kill`, `withhold`, `release` and `correct`. */
export interface ChangedArticle extends Pick<Head, 'version' | 'pubStatus'> {
  uri: string
  /** False: it was so already. */
  changed: boolean
  /** Of which an edition is another now. */
  feeds: string[]
  /** What is no longer refused: `bytes:`, `text:`, `id:` and what of it. */
  lifts?: readonly string[]
  /** What was changed with it, as the same article under another uri. */
  also?: readonly string[]
  /** Of a kill or withhold: its id, and the partners who hold the article. */
  takedown?: { id: string; holders: readonly string[] }
  /** By which shared caches know what is no longer as it was. */
  purge?: readonly string[]
}

/**
 * Changes an article, and with it what `others` finds and changes (it returns their heads as they were), and publishes
 * every feed that they touch before it returns: what an operator takes away is gone then, whether a worker runs or not.
 * Other feeds that wait are left to the workers: a kill waits for nobody.
 */
export async function changeArticle(
  name: string,
  change: (ref: Ref, options: LifeOptions) => Promise<boolean>,
  { config, store, takedowns, clock, publish, operator, act = 'change' }: Changing,
  others?: (ref: Ref, options: TwinsOptions) => Promise<Head[]>,
): Promise<ChangedArticle> {
  const { site } = config
  // In a store that was restored it may not be known yet.
  await takedowns.inForce()
  const was = await findArticle(name, { site, store })
  const ref = refOf(was)
  const stood = await store.takedowns.of(ref)
  const changed = await change(ref, { store, now: clock() })
  const twins = (await others?.(ref, { config, store, now: clock() })) ?? []
  // The list of takedowns on this machine is told too.
  await takedowns.inForce()
  const head = (await store.articles.head(ref)) ?? was
  const editions = []
  for (const feed of await behindFor([was, head, ...twins], store)) editions.push(...(await publish(feed)))
  const feeds = [...new Set(editions.filter(edition => edition.changed).map(({ feed }) => feed))]
  const now = await store.takedowns.of(ref)
  const lifts = stood !== undefined && now?.action === 'release' && stood.action !== 'release' ? stood.binds : []
  const also = twins.map(twin => uriOf(site.authority, refOf(twin)))
  const { version, pubStatus } = head
  const opened = pubStatus === 'usable' ? undefined : await openedBy(ref, { store })
  if (changed) {
    const reason = head.note === undefined || head.note === was.note ? {} : { reason: head.note }
    const states = { before: stateOf(was), after: stateOf(head) }
    await recordAct({ act, about: uriOf(site.authority, ref), ...states, ...reason }, { store, now: clock(), operator })
  }
  const more = {
    ...(lifts.length > 0 && { lifts }),
    ...(also.length > 0 && { also }),
    ...(opened && { takedown: opened }),
  }
  const rules = await store.definitions.current()
  const concerned = [was, head, ...twins].flatMap(each => rules.feedsThatWant(each))
  const purge = changed ? purgedBy([was, ...twins], concerned) : []
  return { uri: uriOf(site.authority, ref), changed, version, pubStatus, feeds, purge, ...more }
}

function stateOf({ pubStatus, version }: Head): string {
  return `${pubStatus}, version ${version}`
}

/** The keys that the answers about them had. Of partners' feeds no shared cache has any. */
function purgedBy(heads: readonly Head[], feeds: readonly Feed[]): string[] {
  const open = feeds.filter(({ access }) => access === 'public').map(({ name }) => `feed:${name}`)
  return [...heads.map(({ source, key }) => `article:${source}-${key}`), ...new Set(open)]
}
