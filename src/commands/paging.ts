import { InvalidArgumentError, type Command } from 'commander'
import type { Continuation } from '../operate/page.ts'

/** `after` names what `--after` takes, as the help shows it: `uri`. */
export function addPaging(command: Command, after: string): Command {
  return command
    .option('--limit <n>', 'how many at the most', readLimit, 100)
    .option(`--after <${after}>`, `only what comes after this ${after}: the last of the page before`)
    .option('--json', 'print one JSON document instead of text')
}

/** The line below a table, for a shell: `more: --after NAME`. */
export function describeMore(continuation: Continuation): string {
  if (!continuation.more) return ''
  const { after } = continuation
  return `\n\nmore: --after ${/^[\w:,./@-]+$/.test(after) ? after : `'${after.replaceAll("'", String.raw`'\''`)}'`}`
}

export function readLimit(text: string): number {
  const limit = Number(text)
  if (!/^\d{1,6}$/.test(text) || limit < 1) throw new InvalidArgumentError('expected a whole number from 1 to 999999')
  return limit
}
