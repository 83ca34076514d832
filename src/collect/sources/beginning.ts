import type { Readable } from 'node:stream'

/** The first bytes of a body, as they came; the rest is not read, and its connection closed. */
export async function readBeginning(body: Readable, maxBytes: number): Promise<Buffer> {
  // It may fail once more when it is closed.
  body.on('error', () => {})
  const bytes = Buffer.alloc(maxBytes)
  let length = 0
  for await (const chunk of body as AsyncIterable<Buffer>) {
    length += chunk.copy(bytes, length)
    if (length === maxBytes) break
  }
  return bytes.subarray(0, length)
}
