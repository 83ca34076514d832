import type { Command } from 'commander'
import { uriOf } from '../article.ts'
import { UsageError } from '../errors.ts'
import { decodeCursor, encodeCursor } from '../store/wire.ts'
import { withApp } from './context.ts'
import { addPaging, describeMore, pageOf, type Paging } from './paging.ts'
import { print, table } from './print.ts'
import { readArticle } from './read-article.ts'

export function addWire(program: Command): void {
  const command = program.command('wire').description('every change to an article, in order')
  addPaging(command, 'cursor').action(({ limit, after }: Paging) =>
    withApp(command, async app => {
      const { config, store } = app
      const epoch = await store.wire.epoch()
      const from = after === undefined ? { epoch, position: 0 } : decodeCursor(after)
      if (from?.epoch !== epoch) throw new UsageError(`--after “${after}” is no cursor of this wire`)
      const cursorOf = ({ position }: { position: number }) => encodeCursor(epoch, position)
      const { page, continuation } = pageOf(await store.wire.after(from.position, limit + 1), limit, cursorOf)
      const changes = await Promise.all(
        page.map(async ({ position, action, ref }) => {
          const head = await store.articles.head(ref)
          if (head === undefined) throw new Error(`the wire names ${ref}, which is not in the store`)
          const { ninjs } = await readArticle(head, app)
          return { cursor: cursorOf({ position }), action, article: ninjs }
        }),
      )
      const rows = page.map(entry => [cursorOf(entry), entry.action, uriOf(config.site.authority, entry.ref)])
      // A store in which nothing was declared yet has no name, and so no cursor.
      const cursor = epoch === '' ? undefined : cursorOf(page.at(-1) ?? from)
      print(
        command,
        { cursor, changes, more: continuation.more },
        () =>
          table(['cursor', 'action', 'uri'], rows, 'There is nothing on the wire after that.') +
          describeMore(continuation),
      )
    }),
  )
}
