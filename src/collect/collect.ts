import { instant, type Instant } from '../article.ts'
import type { FolderSource, Source } from '../source.ts'
import { version } from '../version.ts'
import { FolderRound } from './rounds/folder-round.ts'
import type { Counts, RoundOptions } from './rounds/intake.ts'
import { seekLost } from './rounds/lost.ts'
import { Prober } from './probing/prober.ts'
import { UrlRound } from './rounds/url-round.ts'
import { WireRound } from './rounds/wire-round.ts'

/**
 * One round of a source: everything that is new or changed becomes an article, a new version or a reject.
 * Safe to run twice at once, and to be killed at any moment. Throws when the source as a whole cannot be read.
 */
export async function collect(source: Source, options: RoundOptions): Promise<Counts> {
  const { store, clock, log, signal } = options
  await using prober = source.probe ? await proberOf(source, options) : undefined
  const around = { ...options, prober }
  const round = roundOf(source, around)
  const keep = (outcome: { error: string } | { succeeded: Instant }) =>
    store.files.keepRound(source.name, { finished: instant(clock()), counts: { ...round.counts }, ...outcome })
  try {
    const found = await seekLost(source.name, { store, now: clock() })
    await round.run()
    await found()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    // Where Redis is what failed, it cannot remember that.
    await keep({ error: reason }).catch(() => log.debug({ source: source.name }, 'a failed round was not remembered'))
    throw error
  }
  const stillFails = 'stillFails' in round && round.stillFails
  if (!signal?.aborted && !stillFails) await keep({ succeeded: instant(clock()) })
  return round.counts
}

function roundOf(source: Source, options: RoundOptions) {
  if ('folder' in source) return new FolderRound(source, options)
  return 'url' in source ? new UrlRound(source, options) : new WireRound(source, options)
}

/**
 * The same of a few files of a folder, named by their paths below it: what it costs does not grow with those beside
 * them. `whole` where a whole round has to see to the rest. The rounds that are remembered are whole ones.
 */
export async function collectNamed(
  source: FolderSource,
  paths: readonly string[],
  options: RoundOptions,
): Promise<{ counts: Counts; whole: boolean }> {
  await using prober = source.probe ? await proberOf(source, options) : undefined
  const round = new FolderRound(source, { ...options, prober })
  const done = await round.runNamed(paths)
  return { counts: round.counts, whole: !done }
}

async function proberOf(source: Source, { store, log, signal }: RoundOptions): Promise<Prober> {
  const { site } = await store.definitions.current()
  const userAgent = `Feedwire/${version} (+${site.url})`
  return new Prober(source, { probes: store.probes, log, userAgent, ...(signal && { signal }) })
}
