import type { Command } from 'commander'
import { AlreadySaid } from '../errors.ts'
import { notConfigured } from '../operate/known-sources.ts'
import type { Status } from '../operate/status.ts'
import { withApp } from './context.ts'
import { print, table } from './print.ts'

export function add(command: Command): void {
  command
    .option('--json', 'print one JSON document instead of text')
    .action(() =>
      withApp(command, async app => describe(command, await (await import('../operate/status.ts')).readStatus(app))),
    )
}

async function describe(command: Command, status: Status): Promise<void> {
  const { describeProblem } = await import('../operate/health.ts')
  const problems = status.problems.map(problem => `! ${describeProblem(problem)}`).join('\n')
  const { articles, held, position } = status
  const counts = `${articles} articles, ${held} held back, ${position} changes on the wire`
  print(command, status, () =>
    [problems, counts + describeAnew(status), describeSources(status), describeFeeds(status), describeLeftOut(status)]
      .filter(Boolean)
      .join('\n\n'),
  )
  if (status.problems.length > 0) throw new AlreadySaid(1)
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
