/** Which part of a list is wanted. */
export interface Paging {
  limit: number
  /** What the last one of the page before is named by. */
  after?: string
}

/** How a list says that there is more: `after` is what `--after` takes for the next page. */
export type Continuation = { more: false } | { more: true; after: string }

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
