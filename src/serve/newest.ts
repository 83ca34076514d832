import type { Feed } from '../feed.ts'
import { editionPath, type Sealed, type Shelf } from './shelf.ts'

/** An item of JSON Feed 1.1, as far as the preview shows it. */
export interface Item {
  url: string
  title: string
  language: string
  date_published: string
}

const parsed = new WeakMap<Sealed, readonly Item[]>()

/** The newest items of a feed, exactly as its subscribers get them: out of its JSON edition in memory, so without Redis too. */
export function newestOf(shelf: Shelf, feed: Feed): readonly Item[] {
  const edition = shelf.find(editionPath(feed.name, 'json'))?.direct.identity
  if (edition === undefined) return []
  const known = parsed.get(edition)
  if (known !== undefined) return known
  const { items }: { items: Item[] } = JSON.parse(edition.body.toString())
  const newest = items.slice(0, 20)
  parsed.set(edition, newest)
  return newest
}
