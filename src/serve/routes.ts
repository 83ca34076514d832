import express, { type Express } from 'express'
import helmet from 'helmet'
import type { Logger } from '../log.ts'
import { archiveRoute } from './archive-route.ts'
import { articleRoute } from './article-routes.ts'
import type { Edge } from './edge.ts'
import { newestOf } from './newest.ts'
import type { Newsroom } from './newsroom.ts'
import { renderDirectory } from './pages/directory.tsx'
import { renderPreview } from './pages/preview.tsx'
import { styleHash } from './pages/style.ts'
import { endErrors, Problem } from './problems.ts'
import { sendDocument } from './send-document.ts'
import { prefixOf } from './shelf.ts'
import { publicFeeds } from './visibility.ts'

const html = 'text/html; charset=utf-8'

/** On our own answers only: a host application that mounts this one has rules of its own. */
const security = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      'default-src': ["'none'"],
      'style-src': [styleHash],
      // An article's media lie where its source put them.
      'img-src': ['http:', 'https:'],
      'media-src': ['http:', 'https:'],
      'base-uri': ["'none'"],
      'form-action': ["'none'"],
      'frame-ancestors': ["'none'"],
    },
  },
  // Whether the whole domain is to be asked by TLS only is for those who run its TLS to say.
  strictTransportSecurity: false,
  // ninjs is for everybody's programs.
  crossOriginResourcePolicy: { policy: 'cross-origin' },
})

/**
 * The Express application: complete by itself, with the edge inside, and also what the edge's `next` leads to.
 * Mounted in another application it leaves alone what it does not know.
 */
export function createRoutes({ newsroom, edge, log }: { newsroom: Newsroom; edge: Edge; log: Logger }): Express {
  const { site, feeds, shelf } = newsroom
  const app = express()
  let mounted = false
  app.on('mount', () => (mounted = true))
  app.disable('x-powered-by')
  app.disable('etag')
  // An address has one spelling.
  app.enable('strict routing')
  app.enable('case sensitive routing')
  app.use(edge)
  app.get('/', security, (request, response) => {
    sendDocument(request, response, html, renderDirectory(site, publicFeeds(feeds)))
  })
  app.get(['/feeds', '/feeds/'], security, (_request, response) => {
    response.setHeader('Cache-Control', 'public, max-age=3600').redirect(301, `${prefixOf(site)}/`)
  })
  app.get('/feeds/:name', security, (request, response) => {
    const feed = publicFeeds(feeds).find(({ name }) => name === request.params.name)
    if (feed === undefined) throw new Problem(404, 'There is no such feed.')
    response.setHeader('Vary', 'Accept-Encoding, A-IM, Accept')
    sendDocument(request, response, html, renderPreview(feed, newestOf(shelf, feed), site))
  })
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
