import type { Command } from 'commander'
import { formatNames } from '../publish/formats/names.ts'
import { withApp } from './context.ts'
import { addPaging, describeMore, pageOf, type Paging } from './paging.ts'
import { print, table } from './print.ts'

export function add(command: Command): void {
  addPaging(command, 'name').action(({ limit, after = '' }: Paging) =>
    withApp(command, async ({ config, store }) => {
      const following = config.feeds.filter(({ name }) => name > after).toSorted((a, b) => (a.name < b.name ? -1 : 1))
      const { page, continuation } = pageOf(following, limit, ({ name }) => name)
      const feeds = await Promise.all(
        page.map(async feed => ({
          name: feed.name,
          title: feed.title,
          access: feed.access,
          gone: feed.gone,
          limit: feed.limit,
          articles: await store.members.count(feed.name),
          urls: formatNames.map(format => `${config.publicUrl}/feeds/${feed.name}.${format}`),
        })),
      )
      const rows = feeds.map(feed => [
        feed.name,
        feed.title,
        feed.gone ? 'gone' : feed.articles,
        feed.limit,
        feed.urls[0] ?? '',
      ])
      const head = ['feed', 'title', 'matching articles', 'limit', 'address']
      print(
        command,
        { feeds, ...continuation },
        () => table(head, rows, 'There are no feeds here.') + describeMore(continuation),
      )
    }),
  )
}
