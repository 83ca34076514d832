import type { IncomingMessage } from 'node:http'
import { isIPv6 } from 'node:net'

/** What is asked of every request before anything else, in fields and in bytes. */
export interface Bounds {
  fields: number
  target: number
}

/** `uri-host [":" port]` (RFC 9112, 3.2; RFC 3986, 3.2.2), but for the host that is empty: http has no such (RFC 9110, 4.2.1). */
const authority = /^(?:\[(?<ipv6>[\da-f:.]{2,45})\]|(?:[\w.~!$&'()*+,;=-]|%[\da-f]{2}){1,255})(?::\d{0,5})?$/i
const webAddress = /^https?:\/\/(?<authority>[^/?#]*)/i

/** The `Host` values that were found good: a service has a few names, the bound is for those who send others on purpose. */
const known = new Set<string>()
const mostKnown = 64

/**
 * The status by which a request is refused, undefined where it is not. Of several `Host` fields Node would pass on the
 * first, and of a body in an unknown coding it would find no end: where a proxy in front reads them in another way, one
 * request passes for two.
 */
export function refusalOf(request: IncomingMessage, { fields, target }: Bounds): number | undefined {
  const { rawHeaders, url = '', httpVersionMinor } = request
  if (rawHeaders.length > fields * 2) return 431
  if (url.length > target) return 414
  let hosts = 0
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const { length } = rawHeaders[i]!
    if (length === 4 && rawHeaders[i]!.toLowerCase() === 'host') {
      if (++hosts > 1 || !isHost(rawHeaders[i + 1]!)) return 400
    } else if (length === 17 && rawHeaders[i]!.toLowerCase() === 'transfer-encoding') {
      // RFC 9112, 6.1: HTTP/1.0 has no such field, and of the codings only this one is known here.
      if (httpVersionMinor === 0) return 400
      if (rawHeaders[i + 1]!.toLowerCase() !== 'chunked') return 501
    }
  }
  if (hosts === 0 && httpVersionMinor !== 0) return 400
  return url.startsWith('/') || isOtherTarget(request) ? undefined : 400
}

/** Does a body come with it that is not worth reading to its end, as that of a GET? `most`: bytes that are read all the same. */
export function hasLongBody({ headers }: IncomingMessage, most: number): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > most
}

function isHost(value: string): boolean {
  if (known.has(value)) return true
  const found = authority.exec(value)
  const ipv6 = found?.groups?.ipv6
  if (found === null || (ipv6 !== undefined && !isIPv6(ipv6))) return false
  if (known.size >= mostKnown) known.clear()
  known.add(value)
  return true
}

/** The absolute form, and for OPTIONS the asterisk (RFC 9112, 3.2). */
function isOtherTarget({ method, url = '' }: IncomingMessage): boolean {
  if (url === '*') return method === 'OPTIONS'
  return isHost(webAddress.exec(url)?.groups?.authority ?? '')
}
