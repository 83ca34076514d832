import { hash } from 'node:crypto'
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'
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

export function packBody(content: Partial<Content>): Body {
  const json = JSON.stringify(content)
  const digest = hash('sha256', json, 'base64url').slice(0, digestLength)
  return { digest, packed: brotliCompressSync(json, packing) }
}

/** As it would be named today: earlier versions of this program wrote all of a SHA-256, and such heads stand. */
export function shortDigest(digest: string): string {
  return digest.slice(0, digestLength)
}

/** Throws when the bytes are damaged. */
export function unpackBody(packed: Uint8Array): Partial<Content> {
  return JSON.parse(brotliDecompressSync(packed, { maxOutputLength: maxBody }).toString()) as Partial<Content>
}
