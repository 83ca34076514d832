import type { Command } from 'commander'
import { release } from '../operate/life.ts'
import { changeArticle } from './change-article.ts'

export function addRelease(program: Command): void {
  program
    .command('release <uri>')
    .description('show a withheld article again; a killed one comes back with the next collect')
    .option('--json', 'print one JSON document instead of text')
    .action((uri: string, _options, command: Command) =>
      changeArticle(command, uri, { done: 'Released', already: 'It is not withheld' }, (ref, { store, clock }) =>
        release(ref, { store, now: clock() }),
      ),
    )
}
