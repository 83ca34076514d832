import { once } from 'node:events'
import type { Command } from 'commander'
import { withApp } from './context.ts'
import { tellParent } from './children.ts'

export function addServe(program: Command): void {
  program
    .command('serve')
    .description('answer requests; the editions come from a worker')
    .action((_options, command: Command) =>
      withApp(command, async (app, signal) => {
        const { server, newsroom } = await app.serve()
        tellParent({ port: server.port })
        if (!signal.aborted) await once(signal, 'abort')
        app.log.info({ status: newsroom.readiness().status }, 'stopping')
      }),
    )
}
