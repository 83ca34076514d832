import type { Command } from 'commander'
import type { App } from '../app.ts'
import { print, table, withApp } from './context.ts'

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
  const sources = config.sources.map(({ name }) => ({ name, ...rounds[name] }))
  const feeds = await Promise.all(
    config.feeds.map(async ({ name }) => {
      const [count, standing] = await Promise.all([store.members.count(name), store.editions.standing(name)])
      const modified = Math.max(0, ...[...(standing?.metas.values() ?? [])].map(meta => meta.modified))
      return { name, articles: count, ...(modified > 0 && { published: new Date(modified * 1000).toISOString() }) }
    }),
  )
  return { articles, held, position, sources, feeds }
}

function describe(command: Command, status: Status): void {
  const { articles, held, position, sources, feeds } = status
  print(command, status, () =>
    [
      `${articles} articles, ${held} held back, ${position} changes on the wire`,
      '',
      table(
        ['source', 'last round', 'articles', 'rejected', ''],
        sources.map(({ name, finished = 'never', counts, error = '' }) => [
          name,
          finished,
          counts ? (counts['new'] ?? 0) + (counts['updated'] ?? 0) + (counts['unchanged'] ?? 0) : '',
          counts?.['rejected'] ?? '',
          error,
        ]),
        'The configuration has no sources.',
      ),
      '',
      table(
        ['feed', 'articles', 'edition changed'],
        feeds.map(({ name, articles: count, published = 'no edition yet' }) => [name, count, published]),
        'The configuration has no feeds.',
      ),
    ].join('\n'),
  )
}
