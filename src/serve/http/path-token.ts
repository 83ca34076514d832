import type { IncomingMessage } from 'node:http'

/** In origin form, or in absolute form (RFC 9112, 3.2). */
const tokenInPath = /^(https?:\/\/[^/?#]*)?\/p\/([^/?#]*)/i

/**
 * `/p/TOKEN` in front of a path is the token of a program that can set no header: from here on the request is what it
 * would be with one, so that no route, log or link ever sees a token in an address.
 */
export function takePathToken(request: IncomingMessage): void {
  const { url } = request
  // Nearly every request: told by two characters.
  if (url === undefined || (url.startsWith('/') && !url.startsWith('/p/'))) return
  const [prefix, origin = '', token = ''] = tokenInPath.exec(url) ?? []
  if (prefix === undefined) return
  const rest = url.slice(prefix.length)
  request.url = origin + (rest.startsWith('/') ? rest : `/${rest}`)
  // A token that is none is refused as one; without white space, which would part it.
  request.headers.authorization = `Bearer ${token.replace(/\s/g, '') || '-'}`
}
