import type { Command } from 'commander'
import { withhold } from '../operate/life.ts'
import { changeArticle } from './change-article.ts'

export function add(command: Command): void {
  command
    .option('--json', 'print one JSON document instead of text')
    .action((uri: string) =>
      changeArticle(command, uri, { done: 'Withheld', already: 'It was withheld before' }, (ref, { store, clock }) =>
        withhold(ref, { store, now: clock() }),
      ),
    )
}
