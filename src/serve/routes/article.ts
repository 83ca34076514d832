import { readSlug, refOf, type Article } from '../../article.ts'
import type { Feed } from '../../feed.ts'
import type { Fullness } from '../../fullness.ts'
import { grantedNinjs } from '../../show/granted.ts'
import { feedsFor, type Reader } from '../../partners/reader.ts'
import type { Newsroom } from '../newsroom.ts'
import { renderArticle } from '../../show/pages/article.tsx'
import { htmlType } from '../../show/pages/document.tsx'
import { Problem } from '../http/problems.ts'
import { purgeKeys } from '../http/purge-keys.ts'
import { makeDocument, sendDocument } from '../http/send-document.ts'
import type { Route } from './route.ts'
import { feedsOf, visibilityOf } from '../../show/visibility.ts'

/** `/articles/SOURCE-KEY`, the page, and `.json`, the article as ninjs 3.1: as much of it as the feeds grant that the reader may have. */
export const articleRoute: Route = {
  path: '/articles/:slug',
  open: newsroom => async (request, response) => {
    const { slug = '' } = request.params
    const asNinjs = slug.endsWith('.json')
    const named = readSlug(slug.replace(/\.json$/, ''))
    if (named === undefined) throw new Problem(404, 'There is no such article.')
    response.set(purgeKeys(`article:${named.source}-${named.key}`))
    const reader = newsroom.admission.readerOf(request)
    const { article, fullness, feeds } = await visibleArticle(newsroom, named, reader)
    const give = newsroom.admission.giveTo(reader)
    const articles = [[refOf(article), article.version] as const]
    const note = give && ((leave: () => void) => give('page', { articles, gone: [] }, leave))
    if (!asNinjs) {
      const page = makeDocument(htmlType, renderArticle(article, fullness, newsroom.site, feeds))
      return sendDocument(request, response, page, note)
    }
    const ninjs = JSON.stringify(grantedNinjs(article, fullness, newsroom.site))
    response.setHeader('Access-Control-Allow-Origin', '*')
    return sendDocument(request, response, makeDocument('application/json; charset=utf-8', ninjs), note)
  },
}

async function visibleArticle(
  newsroom: Newsroom,
  ref: { source: string; key: string },
  reader: Reader,
): Promise<{ article: Article; fullness: Fullness; feeds: readonly Feed[] }> {
  const found = await newsroom.article(ref).catch((cause: unknown) => {
    throw new Problem(503, 'Articles cannot be shown right now.', { cause })
  })
  // Of one moment: they are replaced, never changed.
  const feeds = feedsFor(reader, newsroom.feeds)
  const visibility = found === undefined ? 'hidden' : visibilityOf(found.head, feeds)
  if (visibility === 'killed') throw new Problem(410, 'This article has been withdrawn.')
  if (visibility === 'hidden' || found?.article === undefined) throw new Problem(404, 'There is no such article.')
  return { article: found.article, fullness: visibility, feeds: feedsOf(found.head, feeds) }
}
