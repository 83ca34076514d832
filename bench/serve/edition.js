import { createHash } from 'node:crypto'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const words = 'harbour council river ticket evening budget bridge school weather market ferry minister'.split(' ')
const contentType = 'application/rss+xml; charset=utf-8'

/** `/feeds/bench-NUMBER.rss`. */
export function pathOf(number) {
  return `/feeds/bench-${number}.rss`
}

/**
 * The same editions in every process: RSS of about 230 kB, whose text compresses as news does, about one to four. Each
 * differs in its beginning, which is compressed by itself, so that thousands are made in a moment: gzip allows that
 * (RFC 1952, 2.2), brotli does not, and so what stands in its place is only as long. Nobody asks for it here.
 */
export function* makeEditions(count) {
  const items = Buffer.from(`${Array.from({ length: 50 }, (_, i) => item(i)).join('')}</channel></rss>`)
  const gzip = gzipSync(items)
  const br = brotliCompressSync(items, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })
  for (let number = 0; number < count; number++) {
    const beginning = Buffer.from(`<rss version="2.0"><channel><title>Bench ${number}</title>`)
    const bodies = {
      identity: Buffer.concat([beginning, items]),
      gzip: Buffer.concat([gzipSync(beginning), gzip]),
      br: Buffer.concat([beginning, br]),
    }
    const hash = createHash('sha256').update(bodies.identity).digest('base64url').slice(0, 22)
    yield { feed: `bench-${number}`, format: 'rss', contentType, hash, modified: 1_700_000_000, bodies }
  }
}

function item(number) {
  const text = Array.from({ length: 24 }, (_, i) => sentence(number * 100 + i)).join(' ')
  return `<item><title>${sentence(number)}</title><description>${text}</description></item>`
}

/** Words drawn by a hash, so that no two sentences are alike. */
function sentence(seed) {
  const digest = createHash('sha256').update(String(seed)).digest()
  return `${[...digest.subarray(0, 22)].map(byte => words[byte % words.length] + (byte > 200 ? byte : '')).join(' ')}.`
}
