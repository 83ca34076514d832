import type { Command } from 'commander'
import { notConfigured, type KnownSource } from '../operate/known-sources.ts'
import type { Paging } from '../operate/page.ts'
import { listRejects, type Rejects } from '../operate/rejects.ts'
import { withApp } from './context.ts'
import { addPaging, describeMore } from './paging.ts'
import { print, table } from './print.ts'

export function add(command: Command): void {
  addPaging(command, 'SOURCE/FILE').action((paging: Paging) =>
    withApp(command, async app => {
      const { document, sources } = await listRejects(paging, app)
      print(command, document, () => describe(document, sources))
    }),
  )
}

function describe({ rejects, warnings, ...continuation }: Rejects, sources: readonly KnownSource[]): string {
  const left = new Set(sources.filter(({ configured }) => !configured).map(({ name }) => name))
  const rows = rejects.map(({ source, file, line, reason, since }) => [
    source,
    line === undefined ? file : `${file}:${line}`,
    reason,
    since,
    left.has(source) ? notConfigured : '',
  ])
  const head = ['source', 'file', 'reason', 'since', '']
  const warned = warnings.map(({ source, file, warning, since }) => [source, file, warning, since])
  const below = warned.length === 0 ? '' : `\n\n${table(['source', 'file', 'read in spite of', 'since'], warned, '')}`
  return table(head, rows, 'There are no rejects.') + below + describeMore(continuation)
}
