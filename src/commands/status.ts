import type { Command } from 'commander'
import type { App } from '../app.ts'
import { uriOf } from '../article.ts'
import type { Feed } from '../feed.ts'
import { withApp } from './context.ts'
import { knownSources, notConfigured } from './known-sources.ts'
import { print, table } from './print.ts'

export function addStatus(program: Command): void {
  program
    .command('status')
    .description('what was collected, published and refused, at a glance')
    .option('--json', 'print one JSON document instead of text')
    .action((_options, command: Command) => withApp(command, async app => describe(command, await read(app))))
}

type Status = Awaited<ReturnType<typeof read>>

async function read(app: App) {
  const { config, store } = app
  const [articles, held, position, incarnations, sources, feeds] = await Promise.all([
    store.articles.count(),
    store.articles.held(),
    store.wire.position(),
    store.wire.incarnations(),
    knownSources(app),
    Promise.all(config.feeds.map(feed => readFeed(feed, app))),
  ])
  const anew = incarnations.slice(1).map(({ found, began }) => ({ position: found, at: new Date(began).toISOString() }))
  return { articles, held, position, anew, sources, feeds }
}

async function readFeed({ name, limit, gone }: Feed, { config, store }: App) {
  const [articles, standing] = await Promise.all([store.members.count(name), store.editions.standing(name)])
  const modified = Math.max(0, ...[...(standing?.metas.values() ?? [])].map(meta => meta.modified))
  const published = modified > 0 && { published: new Date(modified * 1000).toISOString() }
  const missing = gone ? [] : (standing?.leftOut ?? [])
  const leftOut = missing.map(({ ref, reason }) => ({ uri: uriOf(config.site.authority, ref), reason }))
  return { name, gone, articles, limit, ...published, leftOut }
}

function describe(command: Command, status: Status): void {
  const { articles, held, position } = status
  const counts = `${articles} articles, ${held} held back, ${position} changes on the wire`
  print(command, status, () =>
    [counts + describeAnew(status), describeSources(status), describeFeeds(status), describeLeftOut(status)]
      .filter(Boolean)
      .join('\n\n'),
  )
}

/** A restart, a restored copy, a replica in the master's place: what was on the wire beyond that position is lost. */
function describeAnew({ anew }: Status): string {
  const last = anew.at(-1)
  return last ? `\nRedis ran anew ${anew.length} times, last at ${last.at} with ${last.position} changes` : ''
}

function describeSources({ sources }: Status): string {
  const rows = sources.map(({ name, configured, finished = 'never', counts, error = '' }) => [
    name,
    finished,
    counts ? (counts['new'] ?? 0) + (counts['updated'] ?? 0) + (counts['unchanged'] ?? 0) : '',
    counts?.['rejected'] ?? '',
    configured ? error : notConfigured,
  ])
  const head = ['source', 'last round', 'articles found', 'rejected', '']
  return table(head, rows, 'The configuration has no sources.')
}

function describeFeeds({ feeds }: Status): string {
  const rows = feeds.map(({ name, gone, articles, limit, published = 'no edition yet', leftOut }) =>
    gone ? [name, '', '', 'gone'] : [name, articles, limit, published, leftOut.length || ''],
  )
  const head = ['feed', 'matching articles', 'limit', 'edition changed', 'left out']
  return table(head, rows, 'The configuration has no feeds.')
}

/** Articles that editions had to do without. */
function describeLeftOut({ feeds }: Status): string {
  const rows = feeds.flatMap(({ name, leftOut }) => leftOut.map(({ uri, reason }) => [name, uri, reason]))
  return table(['feed', 'left out', 'because'], rows, '')
}
