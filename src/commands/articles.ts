import type { Command } from 'commander'
import { refFromUri, refOf, uriOf } from '../article.ts'
import { UsageError } from '../errors.ts'
import { withApp } from './context.ts'
import { addPaging, describeMore, pageOf, type Paging } from './paging.ts'
import { print, table } from './print.ts'

export function add(command: Command): void {
  addPaging(command, 'uri').action(({ limit, after }: Paging) =>
    withApp(command, async ({ config, store }) => {
      const { authority } = config.site
      const ref = after === undefined ? undefined : refFromUri(authority, after)
      if (after !== undefined && ref === undefined)
        throw new UsageError(`--after “${after}” is no uri of this installation`)
      const heads = await store.articles.list({ limit: limit + 1, ...(ref !== undefined && { after: ref }) })
      const { page, continuation } = pageOf(heads, limit, head => uriOf(authority, refOf(head)))
      const articles = page.map(head => ({
        uri: uriOf(authority, refOf(head)),
        version: head.version,
        pubStatus: head.pubStatus,
        published: head.published,
        changed: head.changed,
        heldUntil: head.heldUntil,
        title: head.title,
        file: head.file,
      }))
      const rows = articles.map(({ uri, version, published, heldUntil, pubStatus, title }) => [
        uri,
        version,
        published,
        heldUntil === undefined ? pubStatus : `held until ${heldUntil}`,
        title,
      ])
      const head = ['uri', 'version', 'published', 'status', 'title']
      print(
        command,
        { articles, ...continuation },
        () => table(head, rows, 'There are no articles here.') + describeMore(continuation),
      )
    }),
  )
}
