import { isAway } from '../store/redis/connect.ts'
import type { Store } from '../store/store.ts'

/** What a round counts, in the order of a table. */
export const counted = ['read', 'new', 'updated', 'unchanged', 'rejected', 'killed'] as const

type Counts = Record<(typeof counted)[number], number>

/** What the round of a source came to; `error` where it failed, after these counts. */
export interface Collected extends Counts {
  name: string
  error?: string
}

interface Collecting {
  store: Store
  /** One round of a source. */
  collect: (source: string) => Promise<Counts>
  signal: AbortSignal
}

/**
 * One round of each source now. One that cannot be collected stops no other; a Redis that is away stops all of them.
 * `left`: the source whose round was left before its end, since the process was told to end.
 */
export async function collectSources(
  names: readonly string[],
  collecting: Collecting,
): Promise<{ document: { sources: Collected[] }; left?: string }> {
  const sources: Collected[] = []
  for (const name of names) {
    sources.push(await collectOne(name, collecting))
    if (collecting.signal.aborted) return { document: { sources }, left: name }
  }
  return { document: { sources } }
}

async function collectOne(name: string, { store, collect }: Collecting): Promise<Collected> {
  try {
    return { name, ...(await collect(name)) }
  } catch (error) {
    if (isAway(error)) throw error
    const round = (await store.files.rounds())[name]
    const counts = Object.fromEntries(counted.map(each => [each, round?.counts[each] ?? 0])) as Counts
    return { name, ...counts, error: error instanceof Error ? error.message : String(error) }
  }
}
