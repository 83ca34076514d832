import type { Command } from 'commander'
import type { Reject } from '../store/files.ts'
import { print, table, withApp } from './context.ts'
import { addPaging, type Paging } from './paging.ts'

export function addRejects(program: Command): void {
  addPaging(program.command('rejects').description('inputs that could not become an article, and why')).action(
    ({ limit, after = '' }: Paging, command: Command) =>
      withApp(command, async ({ config, store }) => {
        const all = await Promise.all(config.sources.map(({ name }) => store.files.rejects(name)))
        const page = all
          .flat()
          .filter(reject => nameOf(reject) > after)
          .toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
        const rejects = page
          .slice(0, limit)
          .map(({ source, file, reason, line, since }) => ({ source, file, reason, line, since }))
        const rows = rejects.map(({ source, file, line, reason, since }) => [
          source,
          line === undefined ? file : `${file}:${line}`,
          reason,
          since,
        ])
        print(command, { rejects }, () => table(['source', 'file', 'reason', 'since'], rows, 'There are no rejects.'))
      }),
  )
}

function nameOf({ source, file }: Reject): string {
  return `${source}/${file}`
}
