import { editionPath } from '../../show/addresses.ts'
import { newestIn, type Newest } from '../../show/newest.ts'
import type { Sealed, Shelf } from '../edge/shelf.ts'

const parsed = new WeakMap<Sealed, Newest>()

/** The newest items of a feed, by its name, exactly as its subscribers get them: out of its JSON edition here, so without Redis too. */
export async function newestOnShelf(shelf: Shelf, feed: string): Promise<Newest> {
  const edition = shelf.find(editionPath(feed, 'json'))?.direct.identity
  if (edition === undefined) return { items: [], total: 0 }
  const newest = parsed.get(edition) ?? newestIn(await edition.body.read())
  parsed.set(edition, newest)
  return newest
}
