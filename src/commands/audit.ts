import type { Command } from 'commander'
import { readAudit, type AuditDocument, type AuditQuestion } from '../operate/audit.ts'
import { withApp } from './context.ts'
import { momentOf } from './moment-of.ts'
import { readLimit } from './paging.ts'
import { print, table } from './print.ts'

interface Given extends Omit<AuditQuestion, 'since'> {
  since?: string
}

export function add(command: Command): void {
  command
    .option('--article <uri>', 'who was given this article')
    .option('--partner <name>', 'what this partner was given')
    .option('--since <date>', 'nothing before that')
    .option('--limit <n>', 'the newest so many', readLimit, 1000)
    .option('--json', 'print one JSON document instead of text')
    .action(({ since, ...question }: Given) =>
      withApp(command, async ({ config: { site }, store }) => {
        const from = since === undefined ? {} : { since: momentOf(since) }
        const document = await readAudit({ ...question, ...from }, { site, store })
        print(command, document, () => describe(document))
      }),
    )
}

function describe({ entries, acts }: AuditDocument): string {
  const given = entries.map(({ at, partner, way, version, uri }) => [at, partner, way, version, uri])
  const done = acts.map(({ at, operator, act, about, before = '', after = '', reason = '' }) => {
    return [at, operator, act, about, before, after, reason]
  })
  const below = table(['at', 'operator', 'did', 'to', 'before', 'after', 'reason'], done, '')
  return (
    table(['at', 'partner', 'by', 'version', 'article'], given, 'Nobody was given anything.') +
    (below && `\n\n${below}`)
  )
}
