import { once } from 'node:events'
import type { Command } from 'commander'
import { tellParent } from './children.ts'
import { withApp } from './context.ts'
import { addProcesses, forkListener, share } from './processes.ts'

export function addServe(program: Command): void {
  const command = program.command('serve').description('answer requests; the editions come from a worker')
  addProcesses(command).action(({ processes }: { processes: number }) =>
    processes > 1 ? share(command, processes, forkListener) : serve(command),
  )
}

function serve(command: Command): Promise<void> {
  return withApp(command, async (app, signal) => {
    const { server, newsroom } = await app.serve()
    tellParent({ port: server.port })
    if (!signal.aborted) await once(signal, 'abort')
    app.log.info({ status: newsroom.readiness().status }, 'stopping')
  })
}
