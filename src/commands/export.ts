import { realpathSync } from 'node:fs'
import { basename, dirname, join, resolve, sep } from 'node:path'
import { Presets, SingleBar } from 'cli-progress'
import { Option, type Command } from 'commander'
import type { Config } from '../config.ts'
import { AlreadySaid, UsageError } from '../errors.ts'
import { Archives } from '../show/archive.ts'
import { ExportFolder } from '../export/folder.ts'
import { exportRound, type Exported, type RoundOptions } from '../export/round.ts'
import { watchStore } from '../export/watch.ts'
import { withApp } from './context.ts'
import { hint, print } from './print.ts'

interface ExportOptions {
  watch?: boolean
  force?: boolean
}

export function add(command: Command): void {
  command
    .option('--watch', 'go on until it is ended, and write what changes')
    .addOption(
      new Option('--force', 'make every file again, and write those that come out different').conflicts('watch'),
    )
    .option('--json', 'print one JSON document instead of text')
    .action((dir: string, { watch = false, force = false }: ExportOptions) =>
      withApp(command, async ({ config, store, takedowns, log, clock }, signal) => {
        refuseOurOwn(dir, config)
        await using folder = await ExportFolder.open(dir)
        const options = { store, takedowns, archives: new Archives(store), config, log, clock, force, signal }
        if (watch) await follow(folder, options)
        else report(command, dir, await exportVisibly(folder, options), signal)
      }),
    )
}

function follow(folder: ExportFolder, options: RoundOptions & { signal: AbortSignal }): Promise<void> {
  const feeds = options.config.feeds.map(({ name }) => name)
  return watchStore(trusting => exportRound(folder, { ...options, trusting }), { ...options, feeds })
}

async function exportVisibly(folder: ExportFolder, options: RoundOptions): Promise<Exported> {
  if (!process.stderr.isTTY) return await exportRound(folder, options)
  const bar = new SingleBar({ format: 'export {bar} {value}/{total}', hideCursor: true }, Presets.shades_classic)
  bar.start(0, 0)
  try {
    return await exportRound(folder, {
      ...options,
      progress(done, of) {
        bar.setTotal(of)
        bar.update(done)
      },
    })
  } finally {
    bar.stop()
  }
}

function report(command: Command, dir: string, exported: Exported, signal: AbortSignal): void {
  const { written, unchanged, removed, leftOut, missing, waiting } = exported
  if (signal.aborted) {
    hint(`The export was left before its end. What is in ${dir} is whole; the next export takes up the rest.`)
    throw new AlreadySaid(130)
  }
  if (waiting !== undefined) throw new Error(`Nothing was exported: ${waiting}`)
  print(
    command,
    { folder: resolve(dir), written, unchanged, removed, leftOut, missing },
    () =>
      `${resolve(dir)}: ${written} written, ${unchanged} unchanged, ${removed} removed` +
      (leftOut > 0 ? `, ${leftOut} left out: the log says why` : ''),
  )
  if (missing.length === 0) return
  hint(`No edition yet, so left out: ${missing.join(', ')}. A worker makes them, or \`feedwire republish\`.`)
  throw new AlreadySaid(1)
}

/** An export into a folder of ours would be read as configuration, or be collected and published again. */
function refuseOurOwn(dir: string, { home, data, sources }: Config): void {
  const root = realOf(resolve(dir))
  const ours = [
    join(home, 'feeds'),
    join(home, 'config'),
    data,
    ...sources.flatMap(source => ('folder' in source ? source.folder : [])),
  ]
  const written = [root, join(root, 'feeds'), join(root, 'articles')]
  const taken = ours.find(folder => written.some(path => (path + sep).startsWith(realOf(folder) + sep)))
  if (taken !== undefined) throw new UsageError(`${dir} cannot be exported into: it would get in the way of ${taken}`)
}

/** Where links lead, also for what does not exist yet. */
function realOf(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path === dirname(path) ? path : join(realOf(dirname(path)), basename(path))
  }
}
