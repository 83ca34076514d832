import type { IncomingMessage, ServerResponse } from 'node:http'
import { etagOf, hashOf, type Coding } from '../../edition.ts'
import { maxAge } from '../../feed.ts'
import { encode } from '../../show/coding.ts'
import { evaluate } from './conditional.ts'
import { chooseCoding } from './negotiate.ts'

/** A text of our own with its media type, for as many requests as want it: a page, the OPML, a sitemap. */
export interface Document {
  /** With charset. */
  contentType: string
  /** Base of its entity tags. */
  hash: string
  identity: Buffer
  /** Each made when it is first asked for. */
  coded: Partial<Record<Coding, Promise<Buffer>>>
}

/** Less than this is not worth a coding, in bytes. */
export const worthCoding = 1024

export function makeDocument(contentType: string, text: string): Document {
  const identity = Buffer.from(text)
  return { contentType, hash: hashOf(identity), identity, coded: {} }
}

/**
 * Sends a document by the same rules for codings and conditional requests as an edition. Headers set before stay. `note`: the whole of it leaves
 * when that calls back.
 */
export async function sendDocument(
  request: IncomingMessage,
  response: ServerResponse,
  document: Document,
  note?: (leave: () => void) => void,
): Promise<void> {
  const coding = codingFor(request, document)
  const etag = etagOf(document.hash, coding)
  const status = evaluate(request, { etag })
  response.setHeader('ETag', etag)
  if (!response.hasHeader('Cache-Control')) response.setHeader('Cache-Control', `public, max-age=${maxAge}`)
  // Whoever set it for the sake of what was asked for has named the codings too.
  if (!String(response.getHeader('Vary')).includes('Accept-Encoding')) response.appendHeader('Vary', 'Accept-Encoding')
  if (status !== 200) {
    response.writeHead(status).end()
    return
  }
  const body = await bodyOf(document, coding)
  if (note && request.method !== 'HEAD') await new Promise<void>(note)
  if (coding !== 'identity') response.setHeader('Content-Encoding', coding)
  response.writeHead(200, { 'Content-Type': document.contentType, 'Content-Length': body.length }).end(body)
}

function codingFor(request: IncomingMessage, { identity }: Document): Coding {
  return identity.length < worthCoding ? 'identity' : chooseCoding(request.headers['accept-encoding'])
}

async function bodyOf({ identity, coded }: Document, coding: Coding): Promise<Buffer> {
  return await (coded[coding] ??= encode(identity, coding))
}
