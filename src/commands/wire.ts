import type { Command } from 'commander'
import { uriOf } from '../article.ts'
import { UsageError } from '../errors.ts'
import { toNinjs } from '../publish/formats/ninjs.ts'
import { decodeCursor, encodeCursor } from '../store/wire.ts'
import { print, table, withApp } from './context.ts'
import { addPaging, type Paging } from './paging.ts'

export function addWire(program: Command): void {
  addPaging(program.command('wire').description('every change to an article, in order; --after takes a cursor')).action(
    ({ limit, after }: Paging, command: Command) =>
      withApp(command, async ({ config, store }) => {
        const { site } = config
        const epoch = await store.wire.epoch()
        const cursor = after === undefined ? { epoch, position: 0 } : decodeCursor(after)
        if (cursor?.epoch !== epoch) throw new UsageError(`--after “${after}” is no cursor of this wire`)
        const entries = await store.wire.after(cursor.position, limit + 1)
        const changes = await Promise.all(
          entries.slice(0, limit).map(async ({ position, action, ref }) => {
            const head = await store.articles.head(ref)
            if (head === undefined) throw new Error(`the wire names ${ref}, which is not in the store`)
            const article = toNinjs(await store.articles.article(head, site.authority), site)
            return { cursor: encodeCursor(epoch, position), action, article, uri: uriOf(site.authority, ref) }
          }),
        )
        const last = changes.at(-1)?.cursor ?? encodeCursor(epoch, cursor.position)
        const lines = changes.map(({ cursor: at, action, article }) => ({ cursor: at, action, article }))
        const document = { cursor: last, changes: lines, more: entries.length > limit }
        const rows = changes.map(change => [change.cursor, change.action, change.uri])
        print(command, document, () =>
          table(['cursor', 'action', 'uri'], rows, 'There is nothing on the wire after that.'),
        )
      }),
  )
}
