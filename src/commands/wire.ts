import type { Command } from 'commander'
import type { App } from '../app.ts'
import { uriOf, type Ref } from '../article.ts'
import { UsageError } from '../errors.ts'
import { decodeCursor, encodeCursor } from '../store/wire.ts'
import { withApp } from './context.ts'
import { addPaging, describeMore, pageOf, type Paging } from './paging.ts'
import { print, table } from './print.ts'
import { readArticle } from './read-article.ts'

export function add(command: Command): void {
  addPaging(command, 'cursor').action(({ limit, after }: Paging) =>
    withApp(command, async app => {
      const { config, store } = app
      const epoch = await store.wire.epoch()
      const from = after === undefined ? { epoch, position: 0 } : decodeCursor(after)
      if (from?.epoch !== epoch) throw new UsageError(`--after “${after}” is no cursor of this wire`)
      const cursorOf = ({ position }: { position: number }) => encodeCursor(epoch, position)
      const { page, continuation } = pageOf(await store.wire.after(from.position, limit + 1), limit, cursorOf)
      const articles = await readAll(new Set(page.map(({ ref }) => ref)), app)
      const changes = page.map(({ position, action, ref }) => ({
        cursor: cursorOf({ position }),
        action,
        article: articles.get(ref),
      }))
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

/** Each article as it is now, as ninjs: once, however often the wire names it. */
async function readAll(refs: ReadonlySet<Ref>, app: App): Promise<ReadonlyMap<Ref, object>> {
  const read = async (ref: Ref): Promise<[Ref, object]> => {
    const head = await app.store.articles.head(ref)
    if (head === undefined) throw new Error(`the wire names ${ref}, which is not in the store`)
    return [ref, (await readArticle(head, app)).ninjs]
  }
  return new Map(await Promise.all([...refs].map(read)))
}
