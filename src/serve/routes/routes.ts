import express, { type Express } from 'express'
import type { Logger } from '../../log.ts'
import { notAllowed, preflight, send } from '../http/answers.ts'
import { archiveRoute } from './archive-route.ts'
import { articleRoute } from './article-route.ts'
import type { Edge } from '../edge/edge.ts'
import { newestOnShelf } from './newest-on-shelf.ts'
import { NewsSitemap } from './news-sitemap.ts'
import type { Newsroom } from '../newsroom.ts'
import { opmlType, renderOpml } from '../../show/opml.ts'
import { renderDirectory } from '../../show/pages/directory.tsx'
import { htmlType } from '../../show/pages/document.tsx'
import { renderPreview } from '../../show/pages/preview.tsx'
import { copyScript, scriptPath, scriptType } from '../../show/pages/script.ts'
import { endErrors, Problem } from '../http/problems.ts'
import { purgeKeys } from '../http/purge-keys.ts'
import { security, securityWithScript } from '../http/security.ts'
import { makeDocument, sendDocument, type Document } from '../http/send-document.ts'
import { prefixOf } from '../../show/addresses.ts'
import { publicFeeds } from '../../show/visibility.ts'

/** What is answered here, besides what the edge answers. */
const paths = [
  '/',
  '/feeds',
  '/feeds/',
  '/feeds.opml',
  '/sitemap-news.xml',
  '/sitemap-news-:page.xml',
  '/articles/:slug',
  '/healthz',
  '/readyz',
  scriptPath,
]

/**
 * The Express application: complete by itself, with the edge inside, and also what the edge's `next` leads to.
 * Mounted in another application it leaves alone what it does not know.
 */
export function createRoutes(options: {
  newsroom: Newsroom
  edge: Edge
  log: Logger
  /** Milliseconds since 1970. */
  clock?: () => number
}): Express {
  const { newsroom, edge, log, clock = Date.now } = options
  const { site } = newsroom
  const app = express()
  let mounted = false
  app.on('mount', () => (mounted = true))
  app.disable('x-powered-by')
  app.disable('etag')
  // An address has one spelling.
  app.enable('strict routing')
  app.enable('case sensitive routing')
  app.use(edge)
  addPages(app, newsroom)
  addLists(app, newsroom, clock)
  app.get('/feeds/:name/archive/:page', security, archiveRoute(newsroom))
  app.get('/articles/:slug', security, articleRoute(newsroom))
  app.get('/healthz', security, (_request, response) => {
    response.setHeader('Cache-Control', 'no-store').json({ status: 'ok' })
  })
  app.get('/readyz', security, (_request, response) => {
    const { ready, status, reason } = newsroom.readiness()
    response.status(ready ? 200 : 503).setHeader('Cache-Control', 'no-store')
    response.json({ status, reason })
  })
  app.options(paths, (_request, response) => send(response, preflight))
  app.all(paths, (_request, response) => send(response, notAllowed))
  app.use((request, response, next) => {
    if (mounted) return next()
    security(request, response, () => {
      // Browsers ask for it with every page.
      if (request.path === '/favicon.ico')
        response.setHeader('Cache-Control', 'public, max-age=86400').status(204).end()
      else next(new Problem(404, 'There is nothing here.'))
    })
  })
  app.use(endErrors(site, log))
  return app
}

function addPages(app: Express, newsroom: Newsroom): void {
  const { site, shelf } = newsroom
  const [directory, preview] = [makeOnce(), makeOnce()]
  const script = makeDocument(scriptType, copyScript)
  app.get('/', security, (request, response) => {
    const { feeds } = newsroom
    const page = directory(feeds, () => makeDocument(htmlType, renderDirectory(site, publicFeeds(feeds))))
    return sendDocument(request, response, page)
  })
  app.get(['/feeds', '/feeds/'], security, (_request, response) => {
    response.setHeader('Cache-Control', 'public, max-age=3600').redirect(301, `${prefixOf(site)}/`)
  })
  app.get(scriptPath, security, (request, response) => sendDocument(request, response, script))
  app.get('/feeds/:name', securityWithScript, async (request, response) => {
    const newest = await newestOnShelf(shelf, request.params.name)
    // Asked after it: by now the feed may be for partners.
    const feed = publicFeeds(newsroom.feeds).find(({ name }) => name === request.params.name)
    if (feed === undefined) throw new Problem(404, 'There is no such feed.')
    const page = preview(newest, () => makeDocument(htmlType, renderPreview(feed, newest, site)))
    response.setHeader('Vary', 'Accept-Encoding, A-IM, Accept')
    response.set(purgeKeys(`feed:${feed.name}`))
    await sendDocument(request, response, page)
  })
}

/** What reading programs and search engines take all at once. */
function addLists(app: Express, newsroom: Newsroom, clock: () => number): void {
  const { site } = newsroom
  const opml = makeOnce()
  const sitemap = new NewsSitemap(newsroom, clock)
  app.get('/feeds.opml', security, (request, response) => {
    const { feeds } = newsroom
    const list = opml(feeds, () => makeDocument(opmlType, renderOpml(site, publicFeeds(feeds))))
    response.setHeader('Access-Control-Allow-Origin', '*')
    return sendDocument(request, response, list)
  })
  app.get('/sitemap-news.xml', security, async (request, response) => {
    await sendDocument(request, response, await sitemap.front())
  })
  app.get('/sitemap-news-:page.xml', security, async (request, response) => {
    const { page } = request.params
    await sendDocument(request, response, await sitemap.page(/^[1-9]\d{0,4}$/.test(page) ? Number(page) : 0))
  })
}

/** Keeps what was made of an object that is replaced, never changed: feeds in force, an edition's newest items. */
function makeOnce(): (from: object, make: () => Document) => Document {
  const made = new WeakMap<object, Document>()
  return (from, make) => {
    const document = made.get(from) ?? make()
    made.set(from, document)
    return document
  }
}
