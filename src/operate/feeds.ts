import type { Config } from '../config.ts'
import type { Feed } from '../feed.ts'
import { formatNames } from '../publish/formats/names.ts'
import type { Store } from '../store/store.ts'
import { pageOf, type Continuation, type Paging } from './page.ts'

/** A feed of the configuration, with what the store holds of it. */
export interface ListedFeed extends Pick<Feed, 'name' | 'title' | 'access' | 'gone' | 'limit'> {
  /** How many match, whatever the limit. */
  articles: number
  /** Of its editions, in the order of the table of formats. */
  urls: string[]
}

export type Feeds = { feeds: ListedFeed[] } & Continuation

/** The feeds in the order of their names. */
export async function listFeeds(
  { limit: most, after = '' }: Paging,
  { config, store }: { config: Config; store: Store },
): Promise<Feeds> {
  const following = config.feeds.filter(({ name }) => name > after).toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const { page, continuation } = pageOf(following, most, ({ name }) => name)
  const feeds = await Promise.all(
    page.map(async ({ name, title, access, gone, limit }) => {
      const articles = await store.members.count(name)
      const urls = formatNames.map(format => `${config.publicUrl}/feeds/${name}.${format}`)
      return { name, title, access, gone, limit, articles, urls }
    }),
  )
  return { feeds, ...continuation }
}
