import { SingleBar, Presets } from 'cli-progress'
import type { Command } from 'commander'
import type { App } from '../app.ts'
import type { Counts } from '../collect/collect.ts'
import { countFiles } from '../collect/sources/folder.ts'
import { print, table, withDeclaredApp } from './context.ts'

export function addCollect(program: Command): void {
  program
    .command('collect [source]')
    .description('one round now: read what is new or changed in every source, or in one')
    .option('--json', 'print one JSON document instead of text')
    .action((source: string | undefined, _options, command: Command) =>
      withDeclaredApp(command, async (app, signal) => {
        const names = source === undefined ? app.config.sources.map(({ name }) => name) : [source]
        const sources: ({ name: string } & Counts)[] = []
        for (const name of names) sources.push({ name, ...(await collectOne(app, name, signal)) })
        await app.release()
        await app.nudges().nudge('publish', await app.behind())
        const columns = ['read', 'new', 'updated', 'unchanged', 'rejected', 'killed'] as const
        const rows = sources.map(counts => [counts.name, ...columns.map(column => counts[column])])
        print(command, { sources }, () => table(['source', ...columns], rows, 'The configuration has no sources.'))
      }),
    )
}

async function collectOne(app: App, name: string, signal: AbortSignal): Promise<Counts> {
  if (!process.stderr.isTTY) return await app.collect(name, { signal })
  const bar = new SingleBar({ format: `${name} {bar} {value}/{total}`, hideCursor: true }, Presets.shades_classic)
  bar.start(countFiles(app.folderSource(name)), 0)
  try {
    return await app.collect(name, { signal, progress: passed => bar.update(passed) })
  } finally {
    bar.stop()
  }
}
