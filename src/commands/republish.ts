import type { Command } from 'commander'
import { republish } from '../operate/republish.ts'
import { withDeclaredApp } from './context.ts'
import { momentOf } from './moment-of.ts'
import { print, table } from './print.ts'

export function add(command: Command): void {
  command
    .option('--since <date>', 'only feeds whose newest change is not before this date')
    .option('--force', 'render also what has not changed since it was last rendered')
    .option('--json', 'print one JSON document instead of text')
    .action((feeds: string[], { since, force = false }: { since?: string; force?: boolean }) =>
      withDeclaredApp(
        command,
        async app => {
          const wanted = { feeds, since: since === undefined ? undefined : momentOf(since), force }
          const { config, store } = app
          const { editions } = await republish(wanted, {
            config,
            store,
            publish: (feed, how) => app.publish(feed, how),
          })
          const rows = editions.map(({ feed, format, etag, changed }) => [
            feed,
            format,
            etag,
            changed ? 'changed' : 'as it was',
          ])
          const head = ['feed', 'format', 'etag', 'bytes']
          print(command, { editions }, () => table(head, rows, 'There is no feed to republish.'))
        },
        { feeds: true },
      ),
    )
}
