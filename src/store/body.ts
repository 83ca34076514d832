import { hash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'
import type { Content } from '../article.ts'

/** Larger than any content that collect lets through; a body that claims more is damaged. */
const maxBody = 64 << 20

/** What an article says, in the form in which it is kept. */
export interface Body {
  /** The first 132 bits of the SHA-256 of the JSON, base64url: with the article's ref the name under which it is kept. */
  digest: string
  /** The JSON, in brotli (RFC 7932). */
  packed: Uint8Array
}

/** Characters of a digest. A name costs its length twice, in the head and in the key: so long none comes twice. */
const digestLength = 22

// Reading an article takes about a millisecond. Of that this quality asks for a twentieth more than the lowest and saves
// a fifteenth of the room; quality 5 saves a seventh, and asks for a quarter more. A window of 64 kB holds an article.
const packing = {
  params: { [constants.BROTLI_PARAM_QUALITY]: 2, [constants.BROTLI_PARAM_LGWIN]: 16 },
  chunkSize: 8192,
}

// At night there is time: a quarter less room than by the quality of the day, for seven milliseconds. The window says by
// which of them a text was packed: its size stands in the first bits (RFC 7932, 9.1), 0011 for 256 kB.
const packingSmall = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 18 } }
const smallMark = 0b0011

export function packBody(content: Partial<Content>): Body {
  const json = JSON.stringify(content)
  const digest = hash('sha256', json, 'base64url').slice(0, digestLength)
  return { digest, packed: brotliCompressSync(json, packing) }
}

/** Do these bytes, of which the first is enough, begin a text that was packed small? */
export function isSmall(packed: Uint8Array): boolean {
  return ((packed[0] ?? 0) & 0b1111) === smallMark
}

/** The same text in less room, on a thread. Throws when the bytes are damaged. */
export async function packSmall(packed: Uint8Array): Promise<Uint8Array> {
  return promisify(brotliCompress)(brotliDecompressSync(packed, { maxOutputLength: maxBody }), packingSmall)
}

/** As it would be named today: earlier versions of this program wrote all of a SHA-256, and such heads stand. */
export function shortDigest(digest: string): string {
  return digest.slice(0, digestLength)
}

/** Throws when the bytes are damaged. */
export function unpackBody(packed: Uint8Array): Partial<Content> {
  return JSON.parse(brotliDecompressSync(packed, { maxOutputLength: maxBody }).toString()) as Partial<Content>
}
