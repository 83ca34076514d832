import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Page } from '../../wire/page.ts'
import { encode } from '../../show/coding.ts'
import { chooseCoding } from '../http/negotiate.ts'
import { makeDocument, worthCoding, type Document } from '../http/send-document.ts'
import type { Rest } from './desk.ts'

/** Made once for all who get the same. */
const written = new WeakMap<object, Document>()

/** A page as `{ "cursor", "changes", "more" }`. */
export async function sendPage(request: IncomingMessage, response: ServerResponse, page: Page | Rest): Promise<void> {
  const document = written.get(page) ?? makeDocument(jsonType, textOf(page))
  written.set(page, document)
  await sendOnce(request, response, document)
}

const jsonType = 'application/json; charset=utf-8'

function textOf({ cursor, changes, more }: Page | Rest): string {
  return `{"cursor":${JSON.stringify(cursor)},"changes":[${changes.map(({ json }) => json).join(',')}],"more":${more}}`
}

/** JSON that no cache may keep. */
export async function sendJson(request: IncomingMessage, response: ServerResponse, value: object): Promise<void> {
  await sendOnce(request, response, makeDocument(jsonType, JSON.stringify(value)))
}

async function sendOnce(
  request: IncomingMessage,
  response: ServerResponse,
  { contentType, identity, coded }: Document,
): Promise<void> {
  const coding = identity.length < worthCoding ? 'identity' : chooseCoding(request.headers['accept-encoding'])
  const body = await (coded[coding] ??= encode(identity, coding))
  if (response.destroyed) return
  response
    .writeHead(200, {
      'Content-Type': contentType,
      'Content-Length': body.length,
      ...(coding !== 'identity' && { 'Content-Encoding': coding }),
      'Cache-Control': 'no-store',
      'Access-Control-Allow-Origin': '*',
      Vary: 'Accept-Encoding',
    })
    .end(request.method === 'HEAD' ? undefined : body)
}
