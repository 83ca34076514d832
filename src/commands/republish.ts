import type { Command } from 'commander'
import type { App } from '../app.ts'
import { UsageError } from '../errors.ts'
import type { Published } from '../publish/publish.ts'
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
          const editions: Published[] = []
          for (const feed of await chosen(app, feeds, since)) editions.push(...(await app.publish(feed, { force })))
          const rows = editions.map(({ feed, format, etag, changed }) => [
            feed,
            format,
            etag,
            changed ? 'changed' : 'as it was',
          ])
          print(command, { editions }, () =>
            table(['feed', 'format', 'etag', 'bytes'], rows, 'There is no feed to republish.'),
          )
        },
        { feeds: true },
      ),
    )
}

async function chosen(app: App, named: readonly string[], since: string | undefined): Promise<string[]> {
  const feeds = app.config.feeds.filter(feed => !feed.gone).map(feed => feed.name)
  for (const name of named) {
    if (!feeds.includes(name))
      throw new UsageError(`there is no feed “${name}”; the configuration has: ${feeds.join(', ')}`)
  }
  const wanted = named.length > 0 ? [...named] : feeds
  if (since === undefined) return wanted
  const from = momentOf(since)
  const changed = await Promise.all(wanted.map(name => app.store.members.select(name)))
  return changed.flatMap(each =>
    each?.changed !== undefined && Date.parse(each.changed) >= from ? [each.feed.name] : [],
  )
}
