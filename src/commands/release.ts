import type { Command } from 'commander'
import { release } from '../operate/life.ts'
import { changeAndSay } from './change-article.ts'

export function add(command: Command): void {
  command
    .option('--json', 'print one JSON document instead of text')
    .action((uri: string) => changeAndSay(command, uri, { done: 'Released', already: 'It is not withheld' }, release))
}
