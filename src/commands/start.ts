import { once } from 'node:events'
import type { Command } from 'commander'
import type { Config } from '../config.ts'
import { formatNames } from '../publish/formats/names.ts'
import { Children } from './children.ts'
import { withListeningApp } from './context.ts'
import { addMemory, memoryArgs } from './memory-option.ts'
import { forkServer, passedOn } from './processes.ts'

export function add(command: Command): void {
  addMemory(command).action(({ memory }: { memory: number }) =>
    withListeningApp(command, async (app, signal) => {
      await using children = new Children(app.log)
      let working = false
      children.run(['serve', ...passedOn(command), ...memoryArgs(memory)], {
        fork: forkServer,
        hear: message => {
          if (!isReady(message)) return
          process.stdout.write(`${describe(app.config, message.port)}\n`)
          // It puts its definitions in force, for everybody: not before it is certain that this start is one.
          if (!working) children.run(['work', ...passedOn(command)])
          working = true
        },
      })
      if (!signal.aborted) await Promise.race([once(signal, 'abort'), children.refusal])
      app.log.info('stopping')
    }),
  )
}

function isReady(message: unknown): message is { port: number } {
  return typeof message === 'object' && message !== null && 'port' in message && typeof message.port === 'number'
}

/** What to open and to subscribe to. */
function describe({ site, feeds, host, publicUrl }: Config, port: number): string {
  const shown = feeds.filter(feed => !feed.gone && feed.access === 'public')
  return [
    '',
    `${site.title} is served on http://${host.includes(':') ? `[${host}]` : host}:${port}/`,
    '',
    ...shown.map(({ name }) => `  ${publicUrl}/feeds/${name}.{${formatNames.join(',')}}`),
    '',
    'Ctrl-C stops it.',
  ].join('\n')
}
