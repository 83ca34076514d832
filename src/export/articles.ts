import { hashOf } from '../edition.ts'
import { pagePath } from '../article.ts'
import { publicFeeds, type Feed } from '../feed.ts'
import type { Fullness } from '../fullness.ts'
import type { Head } from '../head.ts'
import { version } from '../version.ts'
import { grantedNinjs } from '../show/granted.ts'
import { renderArticle } from '../show/pages/article.tsx'
import { feedsOf, visibilityOf } from '../show/visibility.ts'
import type { History, Newsstand } from './newsstand.ts'
import { makeCoded, type StaticFile } from './static-file.ts'

/** `articles/SOURCE-KEY.html` and `.json` of every article that everybody may see, as far as public feeds grant it. */
export function articleFiles({ heads }: History, newsstand: Newsstand): StaticFile[] {
  const feeds = publicFeeds(newsstand.feeds)
  return [...heads.values()].flatMap(head => {
    const visibility = visibilityOf(head, feeds)
    if (visibility === 'hidden' || visibility === 'killed') return []
    return filesOf({ head, fullness: visibility, holding: feedsOf(head, feeds) }, newsstand)
  })
}

interface Shown {
  head: Head
  fullness: Fullness
  /** The public feeds that it is in. */
  holding: readonly Feed[]
}

function filesOf({ head, fullness, holding }: Shown, { store, site }: Newsstand): StaticFile[] {
  const ways = holding.map(({ name, title, language }) => [name, title, language])
  const recipe = hashOf(JSON.stringify([version, site, fullness, head, ways]))
  const read = () => store.articles.article(head, site.authority)
  return [
    {
      path: articlePath(head, 'html'),
      recipe,
      make: async () => makeCoded(renderArticle(await read(), fullness, site, holding)),
    },
    {
      path: articlePath(head, 'json'),
      recipe,
      make: async () => makeCoded(JSON.stringify(grantedNinjs(await read(), fullness, site))),
    },
  ]
}

export function articlePath(article: { source: string; key: string }, ending: string): string {
  return `${pagePath(article).slice(1)}.${ending}`
}
