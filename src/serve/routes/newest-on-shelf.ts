import { pagePath, readSlug, refFromUri } from '../../article.ts'
import { unpack } from '../../edition.ts'
import type { Site } from '../../site.ts'
import { editionPath } from '../../show/addresses.ts'
import { firstIn, newestIn, type Newest } from '../../show/newest.ts'
import type { Headline } from '../../show/pages/directory.tsx'
import type { Representations, Sealed, Shelf } from '../edge/shelf.ts'

const parsed = new WeakMap<Sealed, Newest>()
const headlines = new WeakMap<Representations, Headline | undefined>()

/** The newest items of a feed, by its name, exactly as its subscribers get them: out of its JSON edition here, so without Redis too. */
export async function newestOnShelf(shelf: Shelf, feed: string): Promise<Newest> {
  const edition = jsonOf(shelf, feed)?.identity
  if (edition === undefined) return { items: [], total: 0 }
  const newest = parsed.get(edition) ?? newestIn(await edition.body.read())
  parsed.set(edition, newest)
  return newest
}

/** The JSON edition of a feed: another object for another edition. */
export function jsonOf(shelf: Shelf, feed: string): Representations | undefined {
  return shelf.find(editionPath(feed, 'json'))?.direct
}

/** The newest article of an edition; undefined where it has none, or the disk has lost it. Unpacked aside: nobody asked for the whole. */
export async function headlineIn(edition: Representations | undefined, site: Site): Promise<Headline | undefined> {
  if (edition === undefined || headlines.has(edition)) return edition && headlines.get(edition)
  const bytes = await edition.gzip.body.read().then(unpack, () => undefined)
  const item = bytes && firstIn(bytes)
  const [source, key] = refFromUri(site.authority, item?.id ?? '')?.split('/') ?? []
  const named = item && source !== undefined && key !== undefined ? readSlug(`${source}-${key}`) : undefined
  const found = item &&
    named && {
      title: item.title,
      language: item.language,
      published: item.date_published,
      path: pagePath(named),
    }
  headlines.set(edition, found)
  return found
}
