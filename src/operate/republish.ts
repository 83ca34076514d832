import type { Config } from '../config.ts'
import { UsageError } from '../errors.ts'
import type { Store } from '../store/store.ts'

interface Republishing<Edition> {
  config: Config
  store: Store
  /** One round of a feed. */
  publish: (feed: string, options: { force: boolean }) => Promise<Edition[]>
}

interface Wanted {
  /** All of them where none is named. */
  feeds: readonly string[]
  /** Milliseconds since 1970: only feeds whose newest change is not before. */
  since?: number | undefined
  /** Also what has not changed since it was last rendered. */
  force: boolean
}

/** Renders editions again now, and tells what came of each. Throws `UsageError` where a feed is not in the configuration. */
export async function republish<Edition>(
  { feeds, since, force }: Wanted,
  { config, store, publish }: Republishing<Edition>,
): Promise<{ editions: Edition[] }> {
  const all = config.feeds.filter(feed => !feed.gone).map(feed => feed.name)
  for (const name of feeds) {
    if (!all.includes(name))
      throw new UsageError(`there is no feed “${name}”; the configuration has: ${all.join(', ')}`)
  }
  const named = feeds.length > 0 ? feeds : all
  const chosen = since === undefined ? named : await changedSince(since, named, store)
  const editions: Edition[] = []
  for (const feed of chosen) editions.push(...(await publish(feed, { force })))
  return { editions }
}

async function changedSince(since: number, feeds: readonly string[], { members }: Store): Promise<string[]> {
  const selections = await Promise.all(feeds.map(name => members.select(name)))
  return selections.flatMap(each =>
    each?.changed !== undefined && Date.parse(each.changed) >= since ? [each.feed.name] : [],
  )
}
