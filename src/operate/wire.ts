import type { Config } from '../config.ts'
import { UsageError } from '../errors.ts'
import type { Store } from '../store/store.ts'
import type { WireChange, WirePage } from '../store/wire.ts'
import { checkCursor, decodeCursor, encodeCursor } from '../wire/cursor.ts'
import { readArticle } from './article.ts'
import { pageOf, type Continuation, type Paging } from './page.ts'

export interface WireQuery extends Paging {
  feed?: string | undefined
  /** The newest, as many as said. `after`, `last` and `since` each say where to begin: one of them at the most. */
  last?: number | undefined
  /** Milliseconds since 1970. */
  since?: number | undefined
}

/** A change as `/wire` tells it: of what was taken away nothing but that. */
export interface ToldChange {
  cursor: string
  action: string
  at: string | undefined
  reason: string | undefined
  feeds: string[]
  article: object
}

export interface ReadWire {
  document: { cursor: string | undefined; changes: ToldChange[]; more: boolean }
  /** What the document was made of, in its order. */
  shown: readonly WireChange[]
  continuation: Continuation
  /** Texts that are not in the store, a sentence each. */
  lost: string[]
}

interface Installation {
  config: Config
  store: Store
}

/** A page of the wire. Throws `UsageError` for a cursor that is none, or of what the store has lost, and for a feed that is not in force. */
export async function readWire(query: WireQuery, installation: Installation): Promise<ReadWire> {
  const { limit, page } = await read(query, installation.store)
  // A store in which nothing was declared yet has no name, and so no cursor.
  const cursorOf = ({ position }: { position: number }) => encodeCursor(page, position) ?? ''
  const { page: shown, continuation } = pageOf(page.changes, limit, cursorOf)
  const told = await Promise.all(shown.map(each => tell(each, cursorOf(each), installation)))
  const last = shown.at(-1)
  const cursor = last ? cursorOf(last) : (query.after ?? encodeCursor(page, page.position))
  const document = { cursor, changes: told.map(({ change }) => change), more: continuation.more }
  return { document, shown, continuation, lost: told.flatMap(({ lost }) => lost ?? []) }
}

async function read(
  { feed, after, last, since, limit }: WireQuery,
  { wire, definitions }: Store,
): Promise<{ limit: number; page: WirePage }> {
  if ([after, last, since].filter(given => given !== undefined).length > 1)
    throw new UsageError('--after, --last and --since each say where to begin: give one of them')
  if (feed !== undefined && !(await definitions.inForce())?.feeds.has(feed))
    throw new UsageError(`there is no feed “${feed}”; feedwire feeds lists those that there are`)
  if (last !== undefined)
    return { limit: last, page: await wire.page(await wire.beforeLast(last, feed), last + 1, feed) }
  if (since !== undefined) return { limit, page: await wire.page(await wire.before(since), limit + 1, feed) }
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

async function tell(
  { action, at, head }: WireChange,
  cursor: string,
  installation: Installation,
): Promise<{ change: ToldChange; lost?: string }> {
  const { article, ninjs, lost } = await readArticle(head, installation)
  const { uri, version, pubStatus } = ninjs as Record<string, unknown>
  const isGone = action === 'kill' || action === 'withhold'
  const rules = isGone ? undefined : await installation.store.definitions.current()
  const change = {
    cursor,
    action,
    at: at === undefined ? undefined : new Date(at).toISOString(),
    reason: (action === 'kill' || action === 'correct' ? article.note : undefined) || undefined,
    feeds: rules?.feedsThatWant(head).map(({ name }) => name) ?? [],
    article: isGone ? { uri, version, pubStatus } : ninjs,
  }
  return { change, ...(lost !== undefined && { lost }) }
}
