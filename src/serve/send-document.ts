import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { evaluate } from './conditional.ts'

/** Sends a document made for this request, under the same rules for conditional requests as an edition. Headers set before stay. */
export function sendDocument(
  request: IncomingMessage,
  response: ServerResponse,
  contentType: string,
  text: string,
): void {
  const body = Buffer.from(text)
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
  const status = evaluate(request, { etag })
  response.setHeader('ETag', etag)
  response.setHeader('Cache-Control', 'public, max-age=60')
  if (status !== 200) {
    response.writeHead(status).end()
    return
  }
  response.writeHead(200, { 'Content-Type': contentType, 'Content-Length': body.length }).end(body)
}
