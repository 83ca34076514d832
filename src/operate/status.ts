import { uriOf } from '../article.ts'
import type { Config } from '../config.ts'
import type { Feed } from '../feed.ts'
import type { Store } from '../store/store.ts'
import { assess, readFacts, type Problem } from './health.ts'
import { knownSources, type KnownSource } from './known-sources.ts'

/** The installation at a glance: the document of `status`. */
export interface Status {
  /** What is wrong now, worst first. */
  problems: Problem[]
  articles: number
  /** Articles whose time has not come. */
  held: number
  /** The newest position on the wire. */
  position: number
  /** When Redis ran anew, and with how many changes: what was on the wire beyond that position is lost. */
  anew: { position: number; at: string }[]
  sources: KnownSource[]
  feeds: FeedStatus[]
}

export interface FeedStatus {
  name: string
  gone: boolean
  /** How many match, whatever the limit. */
  articles: number
  limit: number
  /** When an edition of it last changed, as an instant; there is none yet without it. */
  published?: string
  /** Articles that the editions had to do without. */
  leftOut: { uri: string; reason: string }[]
}

interface Installation {
  config: Config
  store: Store
}

export async function readStatus({ config, store }: Installation): Promise<Status> {
  const facts = readFacts(
    store,
    config.sources.map(({ name }) => name),
  )
  const [problems, articles, held, position, incarnations, sources, feeds] = await Promise.all([
    facts.then(assess),
    store.articles.count(),
    store.articles.held(),
    store.wire.position(),
    store.wire.incarnations(),
    knownSources({ config, store }),
    Promise.all(config.feeds.map(feed => readFeed(feed, { config, store }))),
  ])
  const anew = incarnations.slice(1).map(({ found, began }) => ({ position: found, at: new Date(began).toISOString() }))
  return { problems, articles, held, position, anew, sources, feeds }
}

async function readFeed({ name, limit, gone }: Feed, { config, store }: Installation): Promise<FeedStatus> {
  const [articles, standing] = await Promise.all([store.members.count(name), store.editions.standing(name)])
  const modified = Math.max(0, ...[...(standing?.metas.values() ?? [])].map(meta => meta.modified))
  const published = modified > 0 && { published: new Date(modified * 1000).toISOString() }
  const missing = gone ? [] : (standing?.leftOut ?? [])
  const leftOut = missing.map(({ ref, reason }) => ({ uri: uriOf(config.site.authority, ref), reason }))
  return { name, gone, articles, limit, ...published, leftOut }
}
