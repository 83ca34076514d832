import express, { type Express, type RequestHandler } from 'express'
import type { Logger } from '../../log.ts'
import { keepPrivate, notAllowed, preflight, send } from '../http/answers.ts'
import type { Edge } from '../edge/edge.ts'
import type { Newsroom } from '../newsroom.ts'
import { endErrors, Problem } from '../http/problems.ts'
import { security, securityWithScript } from '../http/security.ts'
import { routes } from './index.ts'

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
  const app = express()
  let mounted = false
  app.on('mount', () => (mounted = true))
  app.disable('x-powered-by')
  app.disable('etag')
  // An address has one spelling.
  app.enable('strict routing')
  app.enable('case sensitive routing')
  app.use(edge)
  for (const { path, open, script, method = 'get', isFree = false } of routes)
    app[method](
      [path].flat(),
      script ? securityWithScript : security,
      admit(newsroom, isFree),
      open(newsroom, { clock }),
    )
  const paths = routes.filter(route => !route.edge).flatMap(({ path }) => path)
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
  app.use(endErrors(newsroom.site, log))
  return app
}

/** What a partner gets is for no shared cache. */
function admit({ admission }: Newsroom, isFree: boolean): RequestHandler {
  return (request, response, next) => {
    const reader = isFree ? admission.admit(request, response) : admission.admitCounted(request, response)
    if (reader === undefined) return
    if (reader.kind === 'partner') keepPrivate(response)
    next()
  }
}
