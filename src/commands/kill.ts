import type { Command } from 'commander'
import { kill } from '../operate/life.ts'
import { killTwins } from '../operate/twins.ts'
import { changeAndSay } from './change-article.ts'

export function add(command: Command): void {
  command
    .requiredOption('--reason <text>', 'why: partners are told')
    .option('--json', 'print one JSON document instead of text')
    .action((uri: string, { reason }: { reason: string }) =>
      changeAndSay(
        command,
        uri,
        { done: 'Killed', already: 'It was killed before' },
        (ref, options) => kill(ref, reason, options),
        (ref, options) => killTwins(ref, reason, options),
      ),
    )
}
