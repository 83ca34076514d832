import { pagePath } from '../article.ts'
import type { Feed } from '../feed.ts'
import { isShowable } from '../selection.ts'
import { renderDirectory, type Headline, type Listed } from '../show/pages/directory.tsx'
import type { History, Newsstand } from './newsstand.ts'
import { textFile, type StaticFile } from './static-file.ts'

/** `index.html`: the feeds, for people. */
export async function directoryFile({ heads }: History, newsstand: Newsstand): Promise<StaticFile> {
  return textFile('index.html', renderDirectory(newsstand.site, await listedIn(heads, newsstand)))
}

async function listedIn(heads: History['heads'], newsstand: Newsstand): Promise<Listed[]> {
  const { store, feeds } = newsstand
  const counts = await store.members.counts(feeds.map(({ name }) => name))
  return await Promise.all(
    feeds.map(async (feed, at) => {
      const newest = await headlineOf(feed, heads, newsstand)
      return { feed, count: counts[at]!, ...(newest && { newest }) }
    }),
  )
}

/** Of what stands in its editions, without what was taken away since. */
async function headlineOf(
  { name }: Feed,
  heads: History['heads'],
  { store, takedowns }: Newsstand,
): Promise<Headline | undefined> {
  const standing = await store.editions.standing(name)
  const ref = standing?.parts.get('json')?.find(part => !takedowns.isTakenDown(part.ref))?.ref
  const head = ref && (heads.get(ref) ?? (await store.articles.head(ref)))
  if (!head || !isShowable(head)) return undefined
  const { title, language, published } = head
  return { title, language, published, path: pagePath(head) }
}
