import type { Command } from 'commander'
import { withApp } from './context.ts'
import { print } from './print.ts'

export function addPrune(program: Command): void {
  program
    .command('prune')
    .description('drop changes, earlier versions and texts that are no longer to be kept')
    .option('--json', 'print one JSON document instead of text')
    .action((_options, command: Command) =>
      withApp(command, async app => {
        const pruned = await app.prune()
        const { versions, bodies } = pruned
        print(command, pruned, () => `Dropped ${versions} earlier versions and ${bodies} texts.`)
      }),
    )
}
