import { refOf } from '../article.ts'
import type { Head } from '../head.ts'
import type { Store } from '../store/store.ts'

/** Of the feeds whose editions stand before their last change, those that an article with one of these heads belongs to, or that still show it. */
export async function behindFor(
  heads: readonly [Head, ...Head[]],
  { members, definitions, editions }: Store,
): Promise<string[]> {
  const [behind, rules] = await Promise.all([members.behind(), definitions.current()])
  const wanted = new Set(heads.flatMap(head => rules.feedsThatWant(head).map(({ name }) => name)))
  const refs = [...new Set(heads.map(refOf))]
  const touched = await Promise.all(behind.map(async feed => wanted.has(feed) || (await editions.shows(feed, refs))))
  return behind.filter((_, at) => touched[at])
}
