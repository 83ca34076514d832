import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Feed, Site } from '../feed.ts'
import { formats } from '../publish/formats/index.ts'
import {
  gone,
  moved,
  notAcceptable,
  notAllowed,
  notYet,
  preconditionFailed,
  preflight,
  send,
  unauthorized,
} from './answers.ts'
import type { Answer } from './answers.ts'
import { evaluate } from './conditional.ts'
import { formatHttpDate } from './http-date.ts'
import { chooseCoding, chooseFormat } from './negotiate.ts'
import { editionPath, prefixOf, type Representations, type Shelf } from './shelf.ts'

/** Answers a request, or calls `next` when it is not for it. Fits in front of Express, and into it. */
export type Edge = (request: IncomingMessage, response: ServerResponse, next: () => void) => void

const endings = ['', ...Object.keys(formats).map(format => `.${format}`)]

/**
 * Answers `/feeds/NAME` and `/feeds/NAME.FORMAT` of every configured feed, under its old names too, from memory alone.
 * What a path means is settled here; a request costs a look-up and a write. The HTML of `/feeds/NAME` and every other path go to `next`.
 */
export function createEdge(shelf: Shelf, { site, feeds }: { site: Site; feeds: readonly Feed[] }): Edge {
  const paths = new Map<string, Edge>()
  for (const feed of feeds) {
    for (const ending of endings) paths.set(`/feeds/${feed.name}${ending}`, meaningOf(feed, ending, shelf))
    for (const old of feed.formerly) {
      for (const ending of endings) {
        paths.set(`/feeds/${old}${ending}`, always(moved(`${prefixOf(site)}/feeds/${feed.name}${ending}`)))
      }
    }
  }
  return function edge(request, response, next) {
    const found = paths.get(pathOf(request.url ?? '/'))
    if (found === undefined) next()
    else if (request.method === 'GET' || request.method === 'HEAD') found(request, response, next)
    else send(response, request.method === 'OPTIONS' ? preflight : notAllowed)
  }
}

function meaningOf(feed: Feed, ending: string, shelf: Shelf): Edge {
  if (feed.gone) return always(gone)
  if (feed.access === 'partners') return always(unauthorized)
  return ending === '' ? negotiated(feed, shelf) : direct(`/feeds/${feed.name}${ending}`, shelf)
}

function always(answer: Answer): Edge {
  return (_request, response) => send(response, answer)
}

function direct(path: string, shelf: Shelf): Edge {
  return (request, response) => sendEdition(request, response, shelf.find(path)?.direct)
}

function negotiated({ name }: Feed, shelf: Shelf): Edge {
  return (request, response, next) => {
    const format = chooseFormat(request.headers.accept)
    if (format === undefined) send(response, notAcceptable)
    else if (format !== 'html') sendEdition(request, response, shelf.find(editionPath(name, format))?.negotiated)
    else if (shelf.has(name)) next()
    else send(response, notYet)
  }
}

function sendEdition(request: IncomingMessage, response: ServerResponse, edition: Representations | undefined): void {
  if (edition === undefined) return send(response, notYet)
  // The tag of the selected representation alone counts (RFC 9110, 13.1.2): another coding's bytes are other bytes.
  const selected = edition[chooseCoding(request.headers['accept-encoding'])]
  const status = evaluate(request, selected)
  if (status === 412) return send(response, preconditionFailed)
  const headers = status === 304 ? selected.unchanged : selected.whole
  response.writeHead(status, selected.modified * 1000 > Date.now() ? notAhead(headers) : headers)
  response.end(status === 304 ? undefined : selected.body)
}

/**
 * What changes twice within a second is dated ahead, so that each change has a date of its own; what goes out says `Date`
 * instead (RFC 9110, 8.8.2.1). It is compared by its own date all the same: whoever has got this one, and asks by date
 * alone, gets it once more and misses nothing.
 */
function notAhead(headers: readonly string[]): string[] {
  const now = formatHttpDate(Math.floor(Date.now() / 1000))
  return headers.with(headers.indexOf('Last-Modified') + 1, now).concat('Date', now)
}

/** The path of a request target without its query, in origin form or in absolute form (RFC 9112, 3.2). */
function pathOf(target: string): string {
  const start = target.startsWith('/') ? 0 : (/^https?:\/\/[^/?]*/i.exec(target)?.[0].length ?? 0)
  const query = target.indexOf('?', start)
  return target.slice(start, query === -1 ? undefined : query)
}
