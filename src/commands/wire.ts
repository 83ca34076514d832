import type { Command } from 'commander'
import type { App } from '../app.ts'
import { uriOf } from '../article.ts'
import { UsageError } from '../errors.ts'
import type { WireChange, WirePage } from '../store/wire.ts'
import { checkCursor, decodeCursor, encodeCursor } from '../wire/cursor.ts'
import { withApp } from './context.ts'
import { momentOf } from './moment-of.ts'
import { addPaging, describeMore, pageOf, readLimit, type Paging } from './paging.ts'
import { print, table } from './print.ts'
import { readArticle } from './read-article.ts'

interface WireOptions extends Paging {
  feed?: string
  last?: number
  since?: string
}

export function add(command: Command): void {
  addPaging(command, 'cursor')
    .option('--feed <name>', 'of this feed alone, and what has left it')
    .option('--last <n>', 'the newest changes, as many as said', readLimit)
    .option('--since <date>', 'only changes that were made since then')
    .action((options: WireOptions) =>
      withApp(command, async app => {
        const { limit, page } = await read(app, options)
        // A store in which nothing was declared yet has no name, and so no cursor.
        const cursorOf = ({ position }: { position: number }) => encodeCursor(page, position) ?? ''
        const { page: shown, continuation } = pageOf(page.changes, limit, cursorOf)
        const changes = await Promise.all(
          shown.map(async each => ({ cursor: cursorOf(each), ...(await tell(each, app)) })),
        )
        const last = shown.at(-1)
        const cursor = last ? cursorOf(last) : (options.after ?? encodeCursor(page, page.position))
        print(
          command,
          { cursor, changes, more: continuation.more },
          () => describe(shown, changes, app) + describeMore(continuation),
        )
      }),
    )
}

async function read(
  app: App,
  { feed, after, last, since, limit }: WireOptions,
): Promise<{ limit: number; page: WirePage }> {
  const { wire, definitions } = app.store
  if ([after, last, since].filter(given => given !== undefined).length > 1)
    throw new UsageError('--after, --last and --since each say where to begin: give one of them')
  if (feed !== undefined && !(await definitions.inForce())?.feeds.has(feed))
    throw new UsageError(`there is no feed “${feed}”; feedwire feeds lists those that there are`)
  if (last !== undefined)
    return { limit: last, page: await wire.page(await wire.beforeLast(last, feed), last + 1, feed) }
  if (since !== undefined) return { limit, page: await wire.page(await wire.before(momentOf(since)), limit + 1, feed) }
  const page = await wire.page((after === undefined ? undefined : decodeCursor(after))?.position ?? 0, limit + 1, feed)
  const { kind } = after === undefined ? { kind: 'good' } : checkCursor(after, page)
  if (kind === 'malformed')
    throw new UsageError(`--after “${after}” is no cursor: give the last one that was printed, or none to begin anew`)
  if (kind === 'lost')
    throw new UsageError(
      `--after “${after}” is no cursor of this wire: the store has lost what it knows, since it was restored or emptied. Leave it out to begin anew`,
    )
  return { limit, page }
}

/** What `/wire` tells of a change: of what was taken away nothing but that. */
async function tell({ action, at, head }: WireChange, app: App) {
  const { article, ninjs } = await readArticle(head, app)
  const { uri, version, pubStatus } = ninjs as Record<string, unknown>
  const isGone = action === 'kill' || action === 'withhold'
  const rules = isGone ? undefined : await app.store.definitions.current()
  return {
    action,
    at: at === undefined ? undefined : new Date(at).toISOString(),
    reason: action === 'kill' || action === 'correct' ? article.note : undefined,
    feeds: rules?.feedsThatWant(head).map(({ name }) => name) ?? [],
    article: isGone ? { uri, version, pubStatus } : ninjs,
  }
}

function describe(shown: readonly WireChange[], changes: readonly Awaited<ReturnType<typeof tell>>[], { config }: App) {
  const rows = changes.map(({ action, at = '', reason = '', feeds }, i) => {
    const { head, ref } = shown[i]!
    return [at, action, head.title, reason, feeds.join(' '), uriOf(config.site.authority, ref)]
  })
  const heading = ['time', 'action', 'title', 'reason', 'feeds', 'uri']
  return table(heading, rows, 'There is nothing on the wire after that.')
}
