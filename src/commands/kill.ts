import type { Command } from 'commander'
import { kill } from '../operate/life.ts'
import { killTwins } from '../operate/twins.ts'
import { changeArticle } from './change-article.ts'

export function add(command: Command): void {
  command
    .requiredOption('--reason <text>', 'why: partners are told')
    .option('--json', 'print one JSON document instead of text')
    .action((uri: string, { reason }: { reason: string }) =>
      changeArticle(
        command,
        uri,
        { done: 'Killed', already: 'It was killed before' },
        (ref, { store, clock }) => kill(ref, reason, { store, now: clock() }),
        (ref, { config, store, clock }) => killTwins(ref, reason, { config, store, now: clock() }),
      ),
    )
}
