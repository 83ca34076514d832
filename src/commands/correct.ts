import type { Command } from 'commander'
import { correct } from '../operate/life.ts'
import { changeAndSay } from './change-article.ts'

export function add(command: Command): void {
  command
    .requiredOption('--note <text>', 'what was wrong, for readers')
    .option('--json', 'print one JSON document instead of text')
    .action((uri: string, { note }: { note: string }) =>
      changeAndSay(command, uri, { done: 'Corrected', already: 'It says so already' }, (ref, options) =>
        correct(ref, note, options),
      ),
    )
}
