import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Edition } from '../edition.ts'

const gzipped = promisify(gzip)
const brotlied = promisify(brotliCompress)

/** Fixes an edition's bytes in every coding. The compression is done beside the event loop. */
export async function seal(edition: Omit<Edition, 'bodies'>, text: string): Promise<Edition> {
  const identity = Buffer.from(text)
  const brotli = { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: identity.length }
  const [gz, br] = await Promise.all([gzipped(identity, { level: 6 }), brotlied(identity, { params: brotli })])
  return { ...edition, bodies: { identity, gzip: gz, br } }
}
