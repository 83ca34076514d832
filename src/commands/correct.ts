import type { Command } from 'commander'
import { correct } from '../operate/life.ts'
import { changeArticle } from './change-article.ts'

export function add(command: Command): void {
  command
    .requiredOption('--note <text>', 'what was wrong, for readers')
    .option('--json', 'print one JSON document instead of text')
    .action((uri: string, { note }: { note: string }) =>
      changeArticle(command, uri, { done: 'Corrected', already: 'It says so already' }, (ref, { store, clock }) =>
        correct(ref, note, { store, now: clock() }),
      ),
    )
}
