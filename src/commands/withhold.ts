import type { Command } from 'commander'
import { withhold } from '../operate/life.ts'
import { changeAndSay } from './change-article.ts'

export function add(command: Command): void {
  command
    .option('--json', 'print one JSON document instead of text')
    .action((uri: string) =>
      changeAndSay(command, uri, { done: 'Withheld', already: 'It was withheld before' }, withhold),
    )
}
