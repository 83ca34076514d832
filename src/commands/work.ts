import { once } from 'node:events'
import type { Command } from 'commander'
import { withApp } from './context.ts'
import { addProcesses, share } from './processes.ts'

export function add(command: Command): void {
  addProcesses(command).action(({ processes }: { processes: number }) =>
    processes > 1 ? share(command, processes) : work(command),
  )
}

function work(command: Command): Promise<void> {
  return withApp(command, async (app, signal) => {
    await app.work()
    app.log.info({ sources: app.config.sources.length, feeds: app.config.feeds.length }, 'working')
    if (!signal.aborted) await once(signal, 'abort')
    app.log.info('stopping')
  })
}
