import { instant, type Instant } from '../article.ts'
import type { Source } from '../source.ts'
import { FolderRound } from './folder-round.ts'
import type { Counts, RoundOptions } from './intake.ts'
import { UrlRound } from './url-round.ts'

/**
 * One round of a source: everything that is new or changed becomes an article, a new version or a reject.
 * Safe to run twice at once, and to be killed at any moment. Throws when the source as a whole cannot be read.
 */
export async function collect(source: Source, options: RoundOptions): Promise<Counts> {
  const { store, clock, log, signal } = options
  const round = 'folder' in source ? new FolderRound(source, options) : new UrlRound(source, options)
  const keep = (outcome: { error: string } | { succeeded: Instant }) =>
    store.files.keepRound(source.name, { finished: instant(clock()), counts: { ...round.counts }, ...outcome })
  try {
    await round.run()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    // Where Redis is what failed, it cannot remember that.
    await keep({ error: reason }).catch(() => log.debug({ source: source.name }, 'a failed round was not remembered'))
    throw error
  }
  if (!signal?.aborted) await keep({ succeeded: instant(clock()) })
  return round.counts
}
