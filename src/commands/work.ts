import { once } from 'node:events'
import type { Command } from 'commander'
import { withDeclaredApp } from './context.ts'

export function addWork(program: Command): void {
  program
    .command('work')
    .description('collect and publish: by the clock, and when nudged')
    .action((_options, command: Command) =>
      withDeclaredApp(command, async (app, signal) => {
        await app.work()
        app.log.info({ sources: app.config.sources.length, feeds: app.config.feeds.length }, 'working')
        if (!signal.aborted) await once(signal, 'abort')
        app.log.info('stopping')
      }),
    )
}
