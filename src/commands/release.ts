import type { Command } from 'commander'
import { release } from '../operate/life.ts'
import { changeArticle } from './change-article.ts'

export function add(command: Command): void {
  command
    .option('--json', 'print one JSON document instead of text')
    .action((uri: string) =>
      changeArticle(command, uri, { done: 'Released', already: 'It is not withheld' }, (ref, { store, clock }) =>
        release(ref, { store, now: clock() }),
      ),
    )
}
