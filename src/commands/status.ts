import type { Command } from 'commander'
import type { App } from '../app.ts'
import { withApp } from './context.ts'
import { print, table } from './print.ts'

export function addStatus(program: Command): void {
  program
    .command('status')
    .description('what was collected, published and refused, at a glance')
    .option('--json', 'print one JSON document instead of text')
    .action((_options, command: Command) => withApp(command, async app => describe(command, await read(app))))
}

type Status = Awaited<ReturnType<typeof read>>

async function read({ config, store }: App) {
  const [articles, held, position, rounds] = await Promise.all([
    store.articles.count(),
    store.articles.held(),
    store.wire.position(),
    store.files.rounds(),
  ])
  const configured = config.sources.map(({ name }) => name)
  const names = [...new Set([...configured, ...Object.keys(rounds).toSorted()])]
  const sources = names.map(name => ({ name, configured: configured.includes(name), ...rounds[name] }))
  const feeds = await Promise.all(
    config.feeds.map(async ({ name, limit, gone }) => {
      const [count, standing] = await Promise.all([store.members.count(name), store.editions.standing(name)])
      const modified = Math.max(0, ...[...(standing?.metas.values() ?? [])].map(meta => meta.modified))
      const published = modified > 0 && { published: new Date(modified * 1000).toISOString() }
      return { name, gone, articles: count, limit, ...published }
    }),
  )
  return { articles, held, position, sources, feeds }
}

function describe(command: Command, status: Status): void {
  const { articles, held, position } = status
  print(command, status, () =>
    [
      `${articles} articles, ${held} held back, ${position} changes on the wire`,
      '',
      describeSources(status),
      '',
      describeFeeds(status),
    ].join('\n'),
  )
}

function describeSources({ sources }: Status): string {
  const rows = sources.map(({ name, configured, finished = 'never', counts, error = '' }) => [
    name,
    finished,
    counts ? (counts['new'] ?? 0) + (counts['updated'] ?? 0) + (counts['unchanged'] ?? 0) : '',
    counts?.['rejected'] ?? '',
    configured ? error : 'not in the configuration any more',
  ])
  const head = ['source', 'last round', 'articles found', 'rejected', '']
  return table(head, rows, 'The configuration has no sources.')
}

function describeFeeds({ feeds }: Status): string {
  const rows = feeds.map(({ name, gone, articles, limit, published = 'no edition yet' }) =>
    gone ? [name, '', '', 'gone'] : [name, articles, limit, published],
  )
  return table(['feed', 'matching articles', 'limit', 'edition changed'], rows, 'The configuration has no feeds.')
}
