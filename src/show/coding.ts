import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Coding } from '../edition.ts'

const [toGzip, toBrotli] = [promisify(gzip), promisify(brotliCompress)]

// Brotli's own default is for what is compressed once and sent for ever.
const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }

/** Bytes in a coding, for what is made when it is asked for. Beside the event loop. */
export async function encode(bytes: Buffer, coding: Coding): Promise<Buffer> {
  if (coding === 'identity') return bytes
  return await (coding === 'gzip' ? toGzip(bytes) : toBrotli(bytes, quality))
}
