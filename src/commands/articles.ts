import type { Command } from 'commander'
import { refFromUri, refOf, uriOf } from '../article.ts'
import { UsageError } from '../errors.ts'
import { print, table, withApp } from './context.ts'
import { addPaging, type Paging } from './paging.ts'

export function addArticles(program: Command): void {
  addPaging(program.command('articles').description('the articles, in the order of their uris')).action(
    ({ limit, after }: Paging, command: Command) =>
      withApp(command, async ({ config, store }) => {
        const { authority } = config.site
        const ref = after === undefined ? undefined : refFromUri(authority, after)
        if (after !== undefined && ref === undefined)
          throw new UsageError(`--after “${after}” is no uri of this installation`)
        const heads = await store.articles.list({ limit, ...(ref !== undefined && { after: ref }) })
        const articles = heads.map(head => ({
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
        print(command, { articles }, () => table(head, rows, 'There are no articles here.'))
      }),
  )
}
