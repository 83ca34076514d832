import type { Command } from 'commander'
import { withApp } from './context.ts'
import { print } from './print.ts'

export function add(command: Command): void {
  command.option('--json', 'print one JSON document instead of text').action(() =>
    withApp(command, async app => {
      const pruned = await app.prune()
      const { versions, bodies, packed } = pruned
      print(command, pruned, () => `Dropped ${versions} earlier versions and ${bodies} texts, packed ${packed} texts.`)
    }),
  )
}
