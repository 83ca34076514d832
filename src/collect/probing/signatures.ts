import type { Media } from '../../article.ts'

/** Bytes in which all signatures lie, but for a list of brands, which is cut off here. */
const head = 128

/** By what files begin with, in hexadecimal: WHATWG MIME Sniffing, 6.1 and 6.2, and what is common beside them. */
const signatures: readonly (readonly [RegExp, string])[] = [
  [/^ffd8ff/, 'image/jpeg'],
  [/^89504e470d0a1a0a/, 'image/png'],
  // GIF87a, GIF89a
  [/^474946383[79]61/, 'image/gif'],
  // RIFF....WEBPVP
  [/^52494646.{8}574542505650/, 'image/webp'],
  // RIFF....WAVE
  [/^52494646.{8}57415645/, 'audio/wav'],
  // fLaC
  [/^664c6143/, 'audio/flac'],
  // ID3
  [/^494433/, 'audio/mpeg'],
  // A frame of layer III, of MPEG 1, 2 or 2.5 (ISO/IEC 11172-3, 2.4.1.3), with a bit rate that exists.
  [/^ff(?:[ef][23]|f[ab])[1-9a-e]/, 'audio/mpeg'],
  // A frame of ADTS (ISO/IEC 13818-7, 6.2).
  [/^fff[0189]/, 'audio/aac'],
]

/** Those that hold sound as well as film: which it is, the article says. */
const containers: readonly (readonly [RegExp, string])[] = [
  // OggS
  [/^4f67675300/, 'ogg'],
  // EBML, with the document type "webm" in its head.
  [/^1a45dfa3(?:..){0,60}?4282..7765626d/, 'webm'],
  // ....ftyp
  [/^.{8}66747970/, 'mp4'],
]

/**
 * By the brands of ISO base media files (https://mp4ra.org/registered-types/brands), of which the first is the major one, in brackets; for any
 * other, MP4. A file of the brand `mif1` is AVIF if that is among its others; a film may name `M4A ` among them.
 */
const brands: readonly (readonly [RegExp, string])[] = [
  [/avi[fs]/, 'image/avif'],
  [/he[iv][cxms]/, 'image/heic'],
  [/m[is]f1/, 'image/heif'],
  [/\[qt {2}\]/, 'video/quicktime'],
  [/\[M4[AB] \]/, 'audio/mp4'],
]

/** The media type that a file's first bytes tell of it; undefined where they tell none that is known here. */
export function typeOfBytes(bytes: Uint8Array, kind: Media['kind']): string | undefined {
  const start = Buffer.from(bytes.subarray(0, head))
  const hex = start.toString('hex')
  const found = firstFit(signatures, hex)
  if (found !== undefined) return found
  const container = firstFit(containers, hex)
  if (container === undefined) return undefined
  const branded = container === 'mp4' ? typeOfBrands(start) : undefined
  return branded ?? (kind === 'image' ? undefined : `${kind}/${container}`)
}

function typeOfBrands(start: Buffer): string | undefined {
  const text = start.toString('latin1')
  const others = text.slice(16, start.readUInt32BE(0)).match(/[^]{4}/g) ?? []
  return firstFit(brands, `[${text.slice(8, 12)}] ${others.join(' ')}`)
}

function firstFit(table: readonly (readonly [RegExp, string])[], start: string): string | undefined {
  return table.find(([signature]) => signature.test(start))?.[1]
}

/** Are these bytes something else than text (WHATWG MIME Sniffing, 3)? SVG, and the page that says "not found", are text. */
export function isBinary(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 1445).some(byte => byte < 0x20 && !isTextControl.has(byte))
}

/** Tab, line feed, form feed, carriage return, escape. */
const isTextControl = new Set([0x09, 0x0a, 0x0c, 0x0d, 0x1b])
