import type { Command } from 'commander'
import { formatNames } from '../publish/render.ts'
import { print, table, withApp } from './context.ts'
import { addPaging, type Paging } from './paging.ts'

export function addFeeds(program: Command): void {
  addPaging(program.command('feeds').description('the feeds, with their addresses')).action(
    ({ limit, after = '' }: Paging, command: Command) =>
      withApp(command, async ({ config, store }) => {
        const page = config.feeds
          .filter(({ name }) => name > after)
          .toSorted((a, b) => (a.name < b.name ? -1 : 1))
          .slice(0, limit)
        const feeds = await Promise.all(
          page.map(async ({ name, title, access, gone }) => ({
            name,
            title,
            access,
            gone,
            articles: await store.members.count(name),
            urls: formatNames.map(format => `${config.publicUrl}/feeds/${name}.${format}`),
          })),
        )
        const rows = feeds.map(({ name, title, articles, urls }) => [name, title, articles, urls[0] ?? ''])
        print(command, { feeds }, () =>
          table(['feed', 'title', 'articles', 'address'], rows, 'There are no feeds here.'),
        )
      }),
  )
}
