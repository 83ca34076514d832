import type { Command } from 'commander'
import { correct } from '../operate/life.ts'
import { changeArticle } from './change-article.ts'

export function addCorrect(program: Command): void {
  program
    .command('correct <uri>')
    .description("publish an editor's note with an article")
    .requiredOption('--note <text>', 'what was wrong, for readers')
    .option('--json', 'print one JSON document instead of text')
    .action((uri: string, { note }: { note: string }, command: Command) =>
      changeArticle(command, uri, { done: 'Corrected', already: 'It says so already' }, (ref, { store, clock }) =>
        correct(ref, note, { store, now: clock() }),
      ),
    )
}
