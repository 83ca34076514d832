import { InvalidArgumentError, type Command } from 'commander'

/** The options of every list. */
export interface Paging {
  limit: number
  after?: string
}

export function addPaging(command: Command): Command {
  return command
    .option('--limit <n>', 'how many at the most', readLimit, 100)
    .option('--after <name>', 'only what comes after this one: the last of the page before')
    .option('--json', 'print one JSON document instead of text')
}

function readLimit(text: string): number {
  const limit = Number(text)
  if (!/^\d{1,6}$/.test(text) || limit < 1) throw new InvalidArgumentError('expected a whole number from 1 to 999999')
  return limit
}
