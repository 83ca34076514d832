import { SingleBar, Presets } from 'cli-progress'
import type { Command } from 'commander'
import type { App } from '../app.ts'
import type { Counts } from '../collect/rounds/intake.ts'
import { countFiles } from '../collect/sources/folder.ts'
import { AlreadySaid } from '../errors.ts'
import { collectSources, counted, type Collected } from '../operate/collect.ts'
import { sourceNamed } from '../source.ts'
import { withDeclaredApp } from './context.ts'
import { hint, print, table } from './print.ts'

export function add(command: Command): void {
  command.option('--json', 'print one JSON document instead of text').action((source: string | undefined) =>
    withDeclaredApp(command, async (app, signal) => {
      const collect = (name: string) => collectVisibly(app, name, signal)
      const { document, left } = await collectSources(chosen(app, source), { store: app.store, collect, signal })
      if (left !== undefined) leave(left)
      const { sources } = document
      await app.release()
      await nudgePublishers(app)
      print(command, document, () => describe(sources))
      if (sources.some(({ error }) => error !== undefined)) throw new AlreadySaid(1)
    }),
  )
}

/** The source that is named, else all. */
function chosen(app: App, named: string | undefined): string[] {
  return named === undefined
    ? app.config.sources.map(({ name }) => name)
    : [sourceNamed(named, app.config.sources).name]
}

async function collectVisibly(app: App, name: string, signal: AbortSignal): Promise<Counts> {
  const source = sourceNamed(name, app.config.sources)
  if (!process.stderr.isTTY || !('folder' in source)) return await app.collect(name, { signal })
  const bar = new SingleBar({ format: `${name} {bar} {value}/{total}`, hideCursor: true }, Presets.shades_classic)
  bar.start(countFiles(source), 0)
  try {
    return await app.collect(name, { signal, progress: passed => bar.update(passed) })
  } finally {
    bar.stop()
  }
}

/** The process was told to end: what was committed stays, and nobody is to take this for a whole round. */
function leave(name: string): never {
  hint(`The round of “${name}” was left before its end. What is in stays; the next round takes up the rest.`)
  throw new AlreadySaid(130)
}

async function nudgePublishers(app: App): Promise<void> {
  const behind = await app.behind()
  const nudges = await app.nudges()
  await nudges.nudge('publish', behind)
  if (behind.length > 0 && !(await nudges.isFollowed('publish')))
    hint(`No worker runs, so the feeds still stand as they were: run \`feedwire republish\`, or start a worker.`)
}

function describe(sources: readonly Collected[]): string {
  const rows = sources.map(counts => [counts.name, ...counted.map(column => counts[column]), counts.error ?? ''])
  return table(['source', ...counted, ''], rows, 'The configuration has no sources.')
}
