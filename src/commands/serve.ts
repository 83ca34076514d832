import { once } from 'node:events'
import type { Command } from 'commander'
import { tellParent, type Fork } from './children.ts'
import { withListeningApp } from './context.ts'
import { addMemory, memoryArgs } from './memory-option.ts'
import { addProcesses, forkListener, share } from './processes.ts'

interface Options {
  processes: number
  /** Bytes. */
  memory: number
}

export function add(command: Command): void {
  addProcesses(addMemory(command)).action((options: Options) =>
    options.processes > 1 ? share(command, options.processes, forkWith(options)) : serve(command, options),
  )
}

function serve(command: Command, { memory }: Options): Promise<void> {
  return withListeningApp(command, async (app, signal) => {
    const { server, newsroom } = await app.serve({ memory })
    tellParent({ port: server.port })
    if (!signal.aborted) await once(signal, 'abort')
    app.log.info({ status: newsroom.readiness().status }, 'stopping')
  })
}

function forkWith({ memory }: Options): Fork {
  return (program, args, options) => forkListener(program, [...args, ...memoryArgs(memory)], options)
}
