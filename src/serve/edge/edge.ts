import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Feed } from '../../feed.ts'
import type { Site } from '../../site.ts'
import { formatNames } from '../../publish/formats/index.ts'
import { gone, moved, notAcceptable, notAllowed, notYet, preflight, send, unauthorized } from '../http/answers.ts'
import type { Answer } from '../http/answers.ts'
import { chooseFormat } from '../http/negotiate.ts'
import { takePathToken } from '../http/path-token.ts'
import { Admission, type Give } from '../http/admission.ts'
import { hasFeed } from '../../partners/reader.ts'
import { sendEdition } from './send-edition.ts'
import { editionPath, prefixOf } from '../../show/addresses.ts'
import type { Representations, Shelf } from './shelf.ts'

/** Answers a request, or calls `next` when it is not for it. Fits in front of Express, and into it. */
export type Edge = (request: IncomingMessage, response: ServerResponse, next: () => void) => void

export interface EdgeOptions {
  site: Site
  feeds: readonly Feed[]
  /** Absent: nobody is a partner. */
  admission?: Admission
}

/** Pages of an archive are answered behind the edge; what may be asked of them is the same. */
const archivePath = /^\/feeds\/[^/]+\/archive\/[^/]+$/

const endings = ['', ...formatNames.map(format => `.${format}`)]

/**
 * Answers `/feeds/NAME` and `/feeds/NAME.FORMAT` of every configured feed, under its old names too, without asking anyone.
 * What a path means is settled here; a request costs a look-up and a write. The HTML of `/feeds/NAME` and every other path go to `next`.
 */
export function createEdge(shelf: Shelf, { site, feeds, admission = new Admission() }: EdgeOptions): Edge {
  const paths = new Map<string, Edge>()
  for (const feed of feeds) {
    for (const ending of endings) {
      paths.set(`/feeds/${feed.name}${ending}`, admitted(feed, admission, meaningOf(feed, ending, shelf)))
      // From where it is asked for: whoever has a token in front of the path keeps it.
      const folder = feed.access === 'partners' ? '' : `${prefixOf(site)}/feeds/`
      const hereNow = always(moved(`${folder}${feed.name}${ending}`))
      for (const old of feed.formerly) paths.set(`/feeds/${old}${ending}`, admitted(feed, admission, hereNow))
    }
  }
  return function edge(request, response, next) {
    takePathToken(request)
    const path = pathOf(request.url ?? '/')
    const found = paths.get(path)
    if (request.method === 'GET' || request.method === 'HEAD') {
      if (found === undefined) next()
      else found(request, response, next)
    } else if (found === undefined && !archivePath.test(path)) next()
    else send(response, request.method === 'OPTIONS' ? preflight : notAllowed)
  }
}

/** An answer to somebody who may have it; `give` where it is noted what they are given. */
type Open = (request: IncomingMessage, response: ServerResponse, next: () => void, give?: Give) => void

function meaningOf(feed: Feed, ending: string, shelf: Shelf): Open {
  if (feed.gone) return always(gone)
  return ending === '' ? negotiated(feed, shelf) : direct(`/feeds/${feed.name}${ending}`, shelf)
}

/** What a feed answers, to those who may have it. */
function admitted(feed: Feed, admission: Admission, open: Open): Edge {
  return function answer(request, response, next) {
    const reader = admission.admit(request, response)
    if (reader === undefined) return
    const give = admission.giveTo(reader)
    if (feed.access === 'public' || feed.gone) open(request, response, next, give)
    else if (reader.kind !== 'partner') send(response, unauthorized)
    // As if there were no such feed.
    else if (!hasFeed(reader, feed.name)) next()
    else open(request, response, next, give)
  }
}

function always(answer: Answer): Edge {
  return (_request, response) => send(response, answer)
}

function direct(path: string, shelf: Shelf): Open {
  return (request, response, _next, give) => sendOrWait(request, response, shelf.find(path)?.direct, give)
}

function negotiated({ name }: Feed, shelf: Shelf): Open {
  return (request, response, next, give) => {
    const format = chooseFormat(request.headers.accept)
    if (format === undefined) send(response, notAcceptable)
    else if (format !== 'html') sendOrWait(request, response, shelf.find(editionPath(name, format))?.negotiated, give)
    else if (shelf.has(name)) next()
    else send(response, notYet)
  }
}

function sendOrWait(
  request: IncomingMessage,
  response: ServerResponse,
  edition: Representations | undefined,
  give: Give | undefined,
): void {
  if (edition === undefined) send(response, notYet)
  else sendEdition(request, response, edition, give)
}

/** The path of a request target without its query, in origin form or in absolute form (RFC 9112, 3.2). */
export function pathOf(target: string): string {
  const start = target.startsWith('/') ? 0 : (/^https?:\/\/[^/?]*/i.exec(target)?.[0].length ?? 0)
  const query = target.indexOf('?', start)
  return target.slice(start, query === -1 ? undefined : query)
}
