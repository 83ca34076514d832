import type { Command } from 'commander'
import { listFeeds, type Feeds } from '../operate/feeds.ts'
import type { Paging } from '../operate/page.ts'
import { withApp } from './context.ts'
import { addPaging, describeMore } from './paging.ts'
import { print, table } from './print.ts'

export function add(command: Command): void {
  addPaging(command, 'name').action((paging: Paging) =>
    withApp(command, async app => {
      const document = await listFeeds(paging, app)
      print(command, document, () => describe(document))
    }),
  )
}

function describe({ feeds, ...continuation }: Feeds): string {
  const rows = feeds.map(({ name, title, gone, articles, limit, urls }) => [
    name,
    title,
    gone ? 'gone' : articles,
    limit,
    urls[0] ?? '',
  ])
  const head = ['feed', 'title', 'matching articles', 'limit', 'address']
  return table(head, rows, 'There are no feeds here.') + describeMore(continuation)
}
