import { createHash } from 'node:crypto'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { etagOf } from '../../dist/edition.js'

const words = 'harbour council river ticket evening budget bridge school weather market ferry minister'.split(' ')

/** The same edition in every process: RSS of about 230 kB, whose text compresses as news does, about one to four. */
export function makeEdition() {
  const identity = Buffer.from(
    `<rss version="2.0"><channel>${Array.from({ length: 50 }, (_, i) => item(i)).join('')}</channel></rss>`,
  )
  const hash = createHash('sha256').update(identity).digest('hex').slice(0, 16)
  const bodies = {
    identity,
    gzip: gzipSync(identity),
    br: brotliCompressSync(identity, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
  }
  const contentType = 'application/rss+xml; charset=utf-8'
  return {
    edition: { feed: 'bench', format: 'rss', contentType, hash, modified: 1_700_000_000, bodies },
    etag: { gzip: etagOf(hash, 'gzip'), br: etagOf(hash, 'br') },
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
