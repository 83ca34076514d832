import type { Command } from 'commander'
import type { Reject } from '../store/files.ts'
import { knownSources, notConfigured } from '../operate/known-sources.ts'
import { withApp } from './context.ts'
import { addPaging, describeMore, pageOf, type Paging } from './paging.ts'
import { print, table } from './print.ts'

export function add(command: Command): void {
  addPaging(command, 'SOURCE/FILE').action(({ limit, after = '' }: Paging) =>
    withApp(command, async app => {
      const sources = await knownSources(app)
      const all = await Promise.all(sources.map(({ name }) => app.store.files.rejects(name)))
      const following = all
        .flat()
        .filter(reject => nameOf(reject) > after)
        .toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
      const { page, continuation } = pageOf(following, limit, nameOf)
      const rejects = page.map(({ source, file, reason, line, since }) => ({ source, file, reason, line, since }))
      const left = new Set(sources.filter(({ configured }) => !configured).map(({ name }) => name))
      const rows = rejects.map(({ source, file, line, reason, since }) => [
        source,
        line === undefined ? file : `${file}:${line}`,
        reason,
        since,
        left.has(source) ? notConfigured : '',
      ])
      const head = ['source', 'file', 'reason', 'since', '']
      print(
        command,
        { rejects, ...continuation },
        () => table(head, rows, 'There are no rejects.') + describeMore(continuation),
      )
    }),
  )
}

function nameOf({ source, file }: Reject): string {
  return `${source}/${file}`
}
