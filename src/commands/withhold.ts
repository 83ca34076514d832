import type { Command } from 'commander'
import { withhold } from '../operate/life.ts'
import { changeArticle } from './change-article.ts'

export function addWithhold(program: Command): void {
  program
    .command('withhold <uri>')
    .description('hide an article until it is released')
    .option('--json', 'print one JSON document instead of text')
    .action((uri: string, _options, command: Command) =>
      changeArticle(command, uri, { done: 'Withheld', already: 'It was withheld before' }, (ref, { store, clock }) =>
        withhold(ref, { store, now: clock() }),
      ),
    )
}
