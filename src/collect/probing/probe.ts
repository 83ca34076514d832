import type { Media } from '../../article.ts'
import type { Probed } from '../../store/probes.ts'
import { dimensionsOf } from './dimensions.ts'
import { isBinary, typeOfBytes } from './signatures.ts'
import { unexpected, type Answer, type WebClient } from '../sources/web-client.ts'

/** Bytes of a medium that are read. Photographs carry a profile and a preview before their measures. */
const beginning = 64 << 10

/**
 * Asks a medium's own address for its first bytes, and takes from them its type, which its name never tells, and its pixels; from the headers
 * its length. Nothing where what lies there is no medium of this kind; `failed` where that cannot be had. Throws where the host does not
 * answer, or cannot now.
 */
export async function probe(
  { kind, url }: Pick<Media, 'kind' | 'url'>,
  client: WebClient,
  signal?: AbortSignal,
): Promise<Probed | 'failed'> {
  const headers = { accept: '*/*', 'accept-encoding': 'identity', range: `bytes=0-${beginning - 1}` }
  const answer = await client.get(new URL(url), {
    headers,
    maxBytes: beginning,
    beginning: true,
    ...(signal && { signal }),
  })
  if (answer.status === 429 || answer.status >= 500) throw unexpected(answer)
  if (answer.status !== 200 && !beginsAtStart(answer)) return 'failed'
  const type = typeOfBytes(answer.bytes, kind) ?? typeSaid(answer)
  if (type?.split('/')[0] !== kind) return {}
  const length = lengthOf(answer)
  return { type, ...(length !== undefined && { length }), ...dimensionsOf(answer.bytes, type) }
}

/** `bytes 0-65535/81234` (RFC 9110, 14.4). */
const contentRange = /^bytes 0-\d{1,15}\/(\d{1,15}|\*)$/i

function beginsAtStart({ status, headers }: Answer): boolean {
  return status === 206 && contentRange.test(String(headers['content-range']))
}

/** A weaker witness: for a page that says "not found" some servers say what was asked for. */
function typeSaid({ bytes, headers }: Answer): string | undefined {
  const [, said] = /^\s{0,9}([a-z]{1,20}\/[\w.+-]{1,80})\s{0,9}(?:;|$)/i.exec(String(headers['content-type'])) ?? []
  return isBinary(bytes) ? said?.toLowerCase() : undefined
}

/** Bytes of the whole medium. Of what was packed on its way nobody knows. */
function lengthOf({ status, headers, bytes }: Answer): number | undefined {
  if (headers['content-encoding'] !== undefined) return undefined
  const [, total] = contentRange.exec(String(headers['content-range'])) ?? []
  const said = status === 206 ? total : headers['content-length']
  const length = said === undefined && bytes.length < beginning ? bytes.length : Number(said)
  return Number.isSafeInteger(length) && length > 0 ? length : undefined
}
