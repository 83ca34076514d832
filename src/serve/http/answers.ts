import type { ServerResponse } from 'node:http'
import { maxAge } from '../../feed.ts'
import { formats } from '../../publish/formats/index.ts'

/** A response that is the same for everybody. Headers as a flat array. */
export interface Answer {
  status: number
  headers: string[]
  body: string
}

export const allow = { Allow: 'GET, HEAD, OPTIONS' }
/** Without it a browser's program learns nothing of the answer, not even where it redirects to. */
const open = { 'Access-Control-Allow-Origin': '*' }
const negotiated = { Vary: 'Accept-Encoding, A-IM, Accept' }
const unkept = { 'Cache-Control': 'no-store' }
/** Long enough to spare us the question, short enough for an operator to take it back. */
const keptAnHour = { 'Cache-Control': 'public, max-age=3600' }

/** The answer to a preflight (Fetch standard, 4.8) and to any other OPTIONS. */
export const preflight: Answer = {
  status: 204,
  headers: flat({
    ...allow,
    ...open,
    'Access-Control-Allow-Methods': 'GET, HEAD, OPTIONS',
    'Access-Control-Allow-Headers':
      'A-IM, Accept, Authorization, Cache-Control, If-Match, If-Modified-Since, If-None-Match, If-Unmodified-Since, Last-Event-ID',
    'Access-Control-Max-Age': '86400',
  }),
  body: '',
}
export const notAllowed = plain(405, 'Only GET, HEAD and OPTIONS are answered here.', { ...allow, ...open })
export const preconditionFailed = plain(412, 'The feed has changed since.', { ...open, ...unkept })
export const notAcceptable = plain(
  406,
  `There are ${Object.values(formats)
    .map(({ title }) => title)
    .join(', ')} and HTML here.`,
  { ...open, ...negotiated },
)
export const gone = plain(410, 'This feed has ended.', { ...open, ...keptAnHour })
export const notYet = plain(503, 'This feed has no edition yet.', { ...open, ...unkept, 'Retry-After': '5' })
export const notNow = plain(503, 'This edition cannot be read right now.', { ...open, ...unkept, 'Retry-After': '5' })
export const unauthorized = plain(401, 'This feed is for partners.', { ...unkept, 'WWW-Authenticate': 'Bearer' })

/** RFC 6750, 3.1. */
export const refused = plain(401, 'This token is good for nothing: it is mistyped, expired or revoked.', {
  ...unkept,
  'WWW-Authenticate': 'Bearer error="invalid_token"',
})
export const unsure = plain(503, 'Tokens cannot be checked right now.', { ...unkept, 'Retry-After': '5' })

/** `location`: a URL reference. */
export function moved(location: string): Answer {
  return plain(301, `This feed is now at ${location}`, { ...open, ...keptAnHour, Location: location })
}

/** What one reader gets by a token is for no shared cache, and tells no other site where it was read. */
export function keepPrivate(response: ServerResponse): void {
  response.setHeader('Cache-Control', `private, max-age=${maxAge}`)
  response.appendHeader('Vary', 'Authorization')
  response.setHeader('Referrer-Policy', 'no-referrer')
}

export function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, headers).end(body)
}

/** Headers as `writeHead` takes them fastest: names and values in turn. */
export function flat(headers: Readonly<Record<string, string>>): string[] {
  return Object.entries(headers).flat()
}

export function plain(status: number, sentence: string, headers: Readonly<Record<string, string>>): Answer {
  const body = `${sentence}\n`
  return {
    status,
    headers: flat({
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Length': String(Buffer.byteLength(body)),
      'X-Content-Type-Options': 'nosniff',
      ...headers,
    }),
    body,
  }
}
