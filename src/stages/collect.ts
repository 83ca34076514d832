import { collect, collectNamed } from '../collect/collect.ts'
import type { Counts, RoundOptions } from '../collect/rounds/intake.ts'
import { collectWatched } from '../collect/rounds/watched.ts'
import { watchWire } from '../collect/rounds/wire-watch.ts'
import { sourceNamed, type FolderSource } from '../source.ts'
import type { NudgedStage, Turn, Works } from './stage.ts'

/** Milliseconds between nudges while a long round runs. */
const whileCollecting = 5000

/** Of each source what is stored becomes articles on the wire. */
export const collectStage: NudgedStage = {
  name: 'collect',
  concurrency: 2,
  clock: 'collect',
  names: ({ sources }) => sources.map(({ name }) => name),
  async round(name, works, { signal, moved }) {
    const { log } = works
    const begun = performance.now()
    let nudged = begun
    const progress = () => {
      if (performance.now() - nudged < whileCollecting) return
      nudged = performance.now()
      moved().catch((error: unknown) => log.debug({ error: String(error) }, 'could not nudge'))
    }
    const counts = await collectSource(name, works, { progress, signal })
    const changed = counts.new + counts.updated + counts.killed > 0
    log[changed ? 'info' : 'debug']({ source: name, ...counts, ms: since(begun) }, 'collected')
    await moved()
  },
  watch(works, { nudge, ...turn }) {
    const folders = works.config.sources.filter(source => 'folder' in source).filter(({ watch }) => watch)
    const watched = folders.map(source => {
      const whole = () => nudge([source.name])
      const collectThem = (paths: readonly string[]) => collectPaths(source, paths, works, { ...turn, whole })
      return collectWatched(source, { collect: collectThem, whole, signal: turn.signal })
    })
    const wires = works.config.sources.filter(source => 'wire' in source)
    const followed = wires.map(source =>
      watchWire(source, { store: works.store, nudge: () => nudge([source.name]), signal: turn.signal }),
    )
    return [...watched, ...followed]
  },
}

/** One round of a source by its name. Throws `UsageError` where there is none of that name. */
export async function collectSource(
  name: string,
  { config, store, takedowns, readers, log, clock }: Works,
  options: Pick<RoundOptions, 'progress' | 'signal'> = {},
): Promise<Counts> {
  const source = sourceNamed(name, config.sources)
  await takedowns.inForce()
  return await collect(source, { store, readers: await readers(), log, clock, ...options })
}

/** One round of a few files of a folder. What it cannot do is left to a whole round. */
async function collectPaths(
  source: FolderSource,
  paths: readonly string[],
  { store, takedowns, readers, log, clock }: Works,
  { signal, moved, whole }: Turn & { whole: () => void },
): Promise<void> {
  const begun = performance.now()
  try {
    await takedowns.inForce()
    const done = await collectNamed(source, paths, { store, readers: await readers(), log, clock, signal })
    if (done.whole) whole()
    log.debug({ source: source.name, named: paths.length, ...done.counts, ms: since(begun) }, 'collected')
    await moved()
  } catch (error) {
    log.debug({ source: source.name, error: String(error) }, 'named files are left to a whole round')
    whole()
  }
}

function since(begun: number): number {
  return Math.round(performance.now() - begun)
}
