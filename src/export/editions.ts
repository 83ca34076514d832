import { hashOf, type Edition } from '../edition.ts'
import type { Feed } from '../feed.ts'
import type { Site } from '../site.ts'
import { version } from '../version.ts'
import { cutOut } from '../show/cut-out.ts'
import { newestIn } from '../show/newest.ts'
import { renderPreview } from '../show/pages/preview.tsx'
import { editionPath } from '../show/addresses.ts'
import type { Newsstand } from './newsstand.ts'
import { makeCoded, type StaticFile } from './static-file.ts'

/** Feeds whose bytes are in memory at a time: their files are made one after the other. */
const remembered = 4

/** `feeds/NAME.rss`, ..., as they were sealed but for what was taken away since, and `feeds/NAME.html` for people. */
export async function editionFiles({ store, takedowns, site, feeds }: Newsstand): Promise<StaticFile[]> {
  const load = rememberFew(async feed => {
    const editions = (await store.editions.load(feed))?.editions.editions ?? []
    return await Promise.all(editions.map(each => cutOut(each, takedowns.isTakenDown)))
  })
  const files = await Promise.all(
    feeds.map(async feed => {
      const standing = await store.editions.standing(feed.name)
      return [...(standing?.metas.values() ?? [])].flatMap(({ format, hash }) => {
        const gone = (standing?.parts.get(format) ?? []).map(({ ref }) => ref).filter(takedowns.isTakenDown)
        const recipe = gone.length === 0 ? hash : hashOf(JSON.stringify([hash, gone]))
        const find = async () => editionIn(await load(feed.name), format)
        const edition = { path: editionPath(feed.name, format).slice(1), recipe, make: find }
        return format === 'json' ? [edition, previewOf(feed, { site, hash: recipe, find })] : edition
      })
    }),
  )
  return files.flat()
}

/** For people: out of the JSON edition, whose hash this is. */
function previewOf(
  feed: Feed,
  { site, hash, find }: { site: Site; hash: string; find: () => Promise<Edition> },
): StaticFile {
  return {
    path: `feeds/${feed.name}.html`,
    recipe: hashOf(JSON.stringify([version, site, feed, hash])),
    async make() {
      const { bodies } = await find()
      return makeCoded(renderPreview(feed, newestIn(bodies.identity), site))
    },
  }
}

function editionIn(editions: readonly Edition[], format: string): Edition {
  const edition = editions.find(each => each.format === format)
  if (edition === undefined) throw new Error('there is no edition any more')
  return edition
}

function rememberFew<Value>(load: (name: string) => Promise<Value>): (name: string) => Promise<Value> {
  const known = new Map<string, Promise<Value>>()
  return name => {
    const loading = known.get(name) ?? load(name)
    known.set(name, loading)
    const [oldest = ''] = known.keys()
    if (known.size > remembered) known.delete(oldest)
    return loading
  }
}
