import { once } from 'node:events'
import { InvalidArgumentError, Option, type Command } from 'commander'
import { usualMemory } from '../serve/memory.ts'
import { tellParent, type Fork } from './children.ts'
import { withApp } from './context.ts'
import { addProcesses, forkListener, share } from './processes.ts'

interface Options {
  processes: number
  /** Bytes. */
  memory: number
}

export function addServe(program: Command): void {
  const command = program.command('serve').description('answer requests; the editions come from a worker')
  const memory = new Option('--memory <size>', 'how much of the editions each process keeps in memory, not on disk')
  command.addOption(memory.argParser(readSize).default(usualMemory, inMegabytes(usualMemory)))
  addProcesses(command).action((options: Options) =>
    options.processes > 1 ? share(command, options.processes, forkWith(options)) : serve(command, options),
  )
}

function serve(command: Command, { memory }: Options): Promise<void> {
  return withApp(command, async (app, signal) => {
    const { server, newsroom } = await app.serve({ memory })
    tellParent({ port: server.port })
    if (!signal.aborted) await once(signal, 'abort')
    app.log.info({ status: newsroom.readiness().status }, 'stopping')
  })
}

function forkWith({ memory }: Options): Fork {
  const bound = memory === usualMemory ? [] : ['--memory', inMegabytes(memory)]
  return (program, args, options) => forkListener(program, [...args, ...bound], options)
}

const units = { MB: 1e6, GB: 1e9 }

/** -> bytes. */
function readSize(text: string): number {
  const [, count, unit] = /^(\d{1,7})(MB|GB)$/i.exec(text) ?? []
  const size = Number(count) * units[unit?.toUpperCase() === 'GB' ? 'GB' : 'MB']
  if (!(size > 0)) throw new InvalidArgumentError('expected a size such as 64MB or 2GB')
  return size
}

function inMegabytes(size: number): string {
  return `${size / units.MB}MB`
}
