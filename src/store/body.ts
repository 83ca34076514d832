import { hash } from 'node:crypto'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { Content } from '../article.ts'

/** Larger than any content that collect lets through; a body that claims more is damaged. */
const maxBody = 64 << 20

/** What an article says, in the form in which it is kept. */
export interface Body {
  /** SHA-256 of the JSON, base64url: with the article's ref the name under which it is kept. */
  digest: string
  /** The JSON, deflated (RFC 1951). */
  packed: Uint8Array
}

// An article has a few kilobytes: larger windows and buffers would take longer to set up than to fill.
const packing = { level: 1, windowBits: 13, memLevel: 6, chunkSize: 4096 }

export function packBody(content: Partial<Content>): Body {
  const json = JSON.stringify(content)
  return { digest: hash('sha256', json, 'base64url'), packed: deflateRawSync(json, packing) }
}

/** Throws when the bytes are damaged. */
export function unpackBody(packed: Uint8Array): Partial<Content> {
  return JSON.parse(inflateRawSync(packed, { maxOutputLength: maxBody }).toString()) as Partial<Content>
}
