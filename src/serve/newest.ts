import { editionPath, type Sealed, type Shelf } from './shelf.ts'

/** An item of JSON Feed 1.1, as far as the preview shows it. */
export interface Item {
  url: string
  title: string
  language: string
  date_published: string
  /** Where the whole text goes with it. */
  summary?: string
  /** Where the summary is all. */
  content_text?: string
}

/** The newest items, out of how many that the edition holds. */
export interface Newest {
  items: readonly Item[]
  total: number
}

const parsed = new WeakMap<Sealed, Newest>()

/** The newest items of a feed, by its name, exactly as its subscribers get them: out of its JSON edition here, so without Redis too. */
export async function newestOf(shelf: Shelf, feed: string): Promise<Newest> {
  const edition = shelf.find(editionPath(feed, 'json'))?.direct.identity
  if (edition === undefined) return { items: [], total: 0 }
  const known = parsed.get(edition)
  if (known !== undefined) return known
  const { items }: { items: Item[] } = JSON.parse(String(await edition.body.read()))
  const newest = parsed.get(edition) ?? { items: items.slice(0, 20), total: items.length }
  parsed.set(edition, newest)
  return newest
}
