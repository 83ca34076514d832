import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { PackedBodies } from '../edition.ts'

/**
 * An edition's bytes in every coding. Node's asynchronous compression would spend more on each call than most editions
 * take, so this blocks: on a thread of `Sealer` where there are many.
 */
export function seal(bytes: Uint8Array): PackedBodies {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
  return { gzip: gzipSync(bytes, { level: 6 }), br: brotliCompressSync(bytes, { params }) }
}
