import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { hashOf, type Coding } from '../edition.ts'

/** A document's bytes as they go into files: without coding, and in the codings that lie beside it. */
export interface Made {
  /** Of the bytes without coding. */
  hash: string
  /** When they changed, in whole seconds since 1970, where it is known: else the moment of writing. */
  modified?: number
  bodies: Readonly<Partial<Record<Coding, Buffer>>>
}

/** A document of an export. */
export interface StaticFile {
  /** Below the folder: `feeds/all.rss`. */
  path: string
  /** Names all that the bytes are made of: they are the same as long as it is. */
  recipe: string
  /** Is called only where the folder does not have it yet. Throws what then is the reason for leaving it out. */
  make: () => Promise<Made>
}

/** What a web server looks for beside a file (nginx: `gzip_static`, `brotli_static`). */
export const suffixes = { identity: '', gzip: '.gz', br: '.br' } as const satisfies Record<Coding, string>

const [toGzip, toBrotli] = [promisify(gzip), promisify(brotliCompress)]

/** A document with its codings. */
export async function makeCoded(text: string): Promise<Made> {
  const identity = Buffer.from(text)
  const [gz, br] = await Promise.all([toGzip(identity), toBrotli(identity, { params: brotliOf(identity.length) })])
  return { hash: hashOf(text), bodies: { identity, gzip: gz, br } }
}

/** A window as large as the text: to set up the usual one takes twenty times as long as to compress a page. */
function brotliOf(length: number): Record<number, number> {
  const window = Math.min(Math.max(16, Math.ceil(Math.log2(length + 1))), constants.BROTLI_DEFAULT_WINDOW)
  return {
    [constants.BROTLI_PARAM_QUALITY]: 6,
    [constants.BROTLI_PARAM_LGWIN]: window,
    [constants.BROTLI_PARAM_SIZE_HINT]: length,
  }
}

/** A document whose text is at hand. */
export function textFile(path: string, text: string): StaticFile {
  return { path, recipe: hashOf(text), make: () => makeCoded(text) }
}

/** A file for the web server itself, which nobody downloads: without codings. */
export function plainFile(path: string, text: string): StaticFile {
  const hash = hashOf(text)
  return { path, recipe: hash, make: () => Promise.resolve({ hash, bodies: { identity: Buffer.from(text) } }) }
}
