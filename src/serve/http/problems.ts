import type { ErrorRequestHandler, Request, Response } from 'express'
import type { Site } from '../../site.ts'
import type { Logger } from '../../log.ts'
import { renderProblem } from '../../show/pages/problem.tsx'

/** The request gets this status, and the message as its explanation. */
export class Problem extends Error {
  override name = 'Problem'
  constructor(
    readonly status: 404 | 410 | 503,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

/** Where every error of a route ends: the client learns the status and one sentence, a browser as a page; the log the rest. */
export function endErrors(site: Site, log: Logger): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  return function endError(error: unknown, request: Request, response: Response, _next: unknown) {
    const { status, message } = describe(error)
    // 503: an outage, which is told as that, once, and not by each request.
    if (status >= 500)
      log[status === 503 ? 'debug' : 'error']({ err: error, status, path: request.path }, 'request failed')
    if (response.headersSent) {
      response.destroy()
      return
    }
    if (status === 503) response.setHeader('Retry-After', '5')
    response.status(status).setHeader('Cache-Control', 'no-store')
    const wanted = request.accepts(['text', 'json', 'html'])
    if (wanted === 'json') response.json({ error: message })
    else if (wanted === 'html') response.type('html').send(renderProblem(message, site))
    else response.type('text').send(`${message}\n`)
  }
}

/** Express itself marks what the client did wrong, a malformed escape in the path for example. */
function describe(error: unknown): { status: number; message: string } {
  if (error instanceof Problem) return error
  const status = error instanceof Error && 'status' in error ? error.status : undefined
  if (typeof status === 'number' && status >= 400 && status < 500)
    return { status, message: 'This request cannot be understood.' }
  return { status: 500, message: 'Something went wrong here.' }
}
