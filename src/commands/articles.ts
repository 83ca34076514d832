import type { Command } from 'commander'
import { listArticles, type Articles } from '../operate/articles.ts'
import type { Paging } from '../operate/page.ts'
import { withApp } from './context.ts'
import { addPaging, describeMore } from './paging.ts'
import { print, table } from './print.ts'

export function add(command: Command): void {
  addPaging(command, 'uri').action((paging: Paging) =>
    withApp(command, async app => {
      const document = await listArticles(paging, app)
      print(command, document, () => describe(document))
    }),
  )
}

function describe({ articles, ...continuation }: Articles): string {
  const rows = articles.map(({ uri, version, published, heldUntil, pubStatus, title }) => [
    uri,
    version,
    published,
    heldUntil === undefined ? pubStatus : `held until ${heldUntil}`,
    title,
  ])
  const head = ['uri', 'version', 'published', 'status', 'title']
  return table(head, rows, 'There are no articles here.') + describeMore(continuation)
}
