import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress, createGunzip } from 'node:zlib'

/** More bytes than may be read: asking again would not help. */
export class TooLarge extends Error {
  override name = 'TooLarge'
}

type Chunks = AsyncIterable<Buffer>

/** A response's body, decoded. At most `maxBytes` are read and at most `maxBytes` unpacked; throws `TooLarge` at the first beyond. */
export async function readBody(
  body: Readable,
  { coding, maxBytes, signal }: { coding: string; maxBytes: number; signal: AbortSignal },
): Promise<Buffer> {
  const bounded = (chunks: Chunks): Chunks => bound(chunks, maxBytes)
  const gathered = (chunks: Chunks): Promise<Buffer> => gather(bound(chunks, maxBytes))
  switch (coding.toLowerCase()) {
    case '':
    case 'identity':
      return await pipeline(body, gathered, { signal })
    case 'gzip':
    case 'x-gzip':
      return await pipeline(body, bounded, createGunzip(), gathered, { signal })
    case 'br':
      return await pipeline(body, bounded, createBrotliDecompress(), gathered, { signal })
    default:
      discard(body)
      throw new Error('it is packed in a way that was not asked for')
  }
}

/** A body that nobody reads may be endless: its connection is closed instead. */
export function discard(body: Readable): void {
  body.on('error', () => {}).destroy()
}

async function* bound(chunks: Chunks, maxBytes: number): AsyncGenerator<Buffer> {
  let length = 0
  for await (const chunk of chunks) {
    length += chunk.length
    if (length > maxBytes) throw new TooLarge(`it is larger than ${maxBytes} bytes`)
    yield chunk
  }
}

/** Copied as they come: kept as they are, chunks of one byte would take a hundred times their size. */
async function gather(chunks: Chunks): Promise<Buffer> {
  let bytes = Buffer.alloc(1 << 16)
  let length = 0
  for await (const chunk of chunks) {
    if (length + chunk.length > bytes.length)
      bytes = Buffer.concat([bytes], Math.max(2 * bytes.length, length + chunk.length))
    length += chunk.copy(bytes, length)
  }
  return Buffer.from(bytes.subarray(0, length))
}
