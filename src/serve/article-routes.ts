import type { Request, Response } from 'express'
import { readSlug, type Article } from '../article.ts'
import { toNinjs } from '../publish/formats/ninjs.ts'
import type { Newsroom } from './newsroom.ts'
import { renderArticle } from './pages/article.tsx'
import { Problem } from './problems.ts'
import { sendDocument } from './send-document.ts'
import { visibilityOf } from './visibility.ts'

type ArticleHandler = (request: Request<{ slug: string }>, response: Response) => Promise<void>

/** `/articles/SOURCE-KEY`, the page, and `.json`, the article as ninjs 3.1: as much of it as a public feed grants. */
export function articleRoute(newsroom: Newsroom): ArticleHandler {
  return async function showArticle(request, response) {
    const asNinjs = request.params.slug.endsWith('.json')
    const named = readSlug(request.params.slug.replace(/\.json$/, ''))
    if (named === undefined) throw new Problem(404, 'There is no such article.')
    const { article, content } = await visibleArticle(newsroom, named)
    if (!asNinjs) {
      return sendDocument(request, response, 'text/html; charset=utf-8', renderArticle(article, content, newsroom.site))
    }
    const whole = toNinjs(article, newsroom.site)
    const granted = content === 'full' ? whole : { ...whole, representationType: 'partial', bodies: undefined }
    response.setHeader('Access-Control-Allow-Origin', '*')
    sendDocument(request, response, 'application/json; charset=utf-8', JSON.stringify(granted))
  }
}

async function visibleArticle(
  newsroom: Newsroom,
  ref: { source: string; key: string },
): Promise<{ article: Article; content: 'full' | 'summary' }> {
  const found = await newsroom.article(ref).catch((cause: unknown) => {
    throw new Problem(503, 'Articles cannot be shown right now.', { cause })
  })
  const visibility = found === undefined ? 'hidden' : visibilityOf(found.head, newsroom.feeds)
  if (visibility === 'killed') throw new Problem(410, 'This article has been withdrawn.')
  if (visibility === 'hidden' || found?.article === undefined) throw new Problem(404, 'There is no such article.')
  return { article: found.article, content: visibility }
}
