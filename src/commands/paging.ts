import { InvalidArgumentError, type Command } from 'commander'

/** The options of every list. */
export interface Paging {
  limit: number
  after?: string
}

/** How a list says that there is more: `after` is what `--after` takes for the next page. */
export type Continuation = { more: false } | { more: true; after: string }

/** `after` names what `--after` takes, as the help shows it: `uri`. */
export function addPaging(command: Command, after: string): Command {
  return command
    .option('--limit <n>', 'how many at the most', readLimit, 100)
    .option(`--after <${after}>`, `only what comes after this ${after}: the last of the page before`)
    .option('--json', 'print one JSON document instead of text')
}

/** The page of a list that was read one longer than the limit, if it goes on. */
export function pageOf<Item>(
  list: readonly Item[],
  limit: number,
  nameOf: (item: Item) => string,
): { page: Item[]; continuation: Continuation } {
  const page = list.slice(0, limit)
  const last = page.at(-1)
  const more = list.length > limit && last !== undefined
  return { page, continuation: more ? { more, after: nameOf(last) } : { more: false } }
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
