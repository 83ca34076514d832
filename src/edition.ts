import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { Ref } from './article.ts'
import type { Parcel } from './parcel.ts'

/** A content coding (RFC 9110, 8.4.1) in which an edition lies ready. */
export type Coding = 'identity' | 'gzip' | 'br'

/** Where an entry stands in the bytes of its edition. */
export interface Part {
  /** Of the entry's text: another article, version or style gives another. */
  name: string
  /** Of its article, with the version that it shows. */
  ref: Ref
  version: number
  /** First byte, and the one after the last, as for `subarray`. */
  start: number
  end: number
  /** `modified` of the edition in which it first stood as it does now. */
  since: number
}

/** What has changed since earlier editions of the same feed and format. */
export interface Changes {
  parts: readonly Part[]
  /** `modified` of the newest edition that took an article away: what is older knows of something that is gone. */
  cut: number
  /** Hash of an edition -> its `modified`. */
  known: ReadonlyMap<string, number>
  /** What it says to be taken away, as in `Parcel`. */
  gone?: Parcel['gone']
}

/** A feed rendered in one format, sealed: fixed bytes and what HTTP says of them. */
export interface Edition {
  feed: string
  /** A name in the table of formats: also the ending of its URL. */
  format: string
  /** `application/rss+xml; charset=utf-8`. */
  contentType: string
  /** Base of the entity tags: hash of the bytes without coding. Each coding's tag is made by `etagOf`. */
  hash: string
  /** When the bytes changed, in whole seconds since 1970. Rises with every change. */
  modified: number
  bodies: Readonly<Record<Coding, Buffer>>
  /** Absent where nothing is known of earlier editions. */
  changes?: Changes
}

/** An edition as it is kept: without coding its bytes are unpacked from gzip where somebody asks for them. */
export interface Packed extends Omit<Edition, 'bodies'> {
  bodies: PackedBodies
}

export interface PackedBodies extends Readonly<Record<Exclude<Coding, 'identity'>, Buffer>> {
  identity?: Buffer
}

/** An edition, or a page that is put together when it is asked for: when that changed is known to nobody, since late articles are of any date. */
export type Page = Omit<Packed, 'modified'> & Partial<Pick<Edition, 'modified'>> & { parcel?: Parcel }

/** What one gets with an edition. */
export function parcelOf({ feed, changes, parcel }: Pick<Page, 'feed' | 'changes' | 'parcel'>): Parcel {
  return parcel ?? partsAsParcel(feed, changes?.parts ?? [], changes?.gone)
}

/** The same of some of its entries. */
export function partsAsParcel(feed: string, parts: readonly Part[], gone: Parcel['gone'] = []): Parcel {
  return { articles: parts.map(({ ref, version }) => [ref, version] as const), gone, series: feed }
}

/** The editions of one feed as they were put in place, together. */
export interface FeedEditions<Each extends Packed = Packed> {
  feed: string
  /** Position on the wire from which they were rendered. */
  position: number
  editions: readonly Each[]
}

/** The strong entity tag (RFC 9110, 8.8.3) of one coding of an edition, quotes included. */
export function etagOf(hash: string, coding: Coding): string {
  return coding === 'identity' ? `"${hash}"` : `"${hash}.${coding}"`
}

/** What entity tags are made of: SHA-256 of the bytes without coding, 22 characters of base64url. */
export function hashOf(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('base64url').slice(0, 22)
}

/** What stands before, between and behind the entries of an edition. */
export interface Binding {
  head: Buffer
  separator: Buffer
  tail: Buffer
}

/** The bytes of an edition out of its entries, and where each of them stands in it. */
export function bind(
  entries: readonly Buffer[],
  { head, separator, tail }: Binding,
): { bytes: Buffer; places: Pick<Part, 'start' | 'end'>[] } {
  const pieces = [head]
  const places: Pick<Part, 'start' | 'end'>[] = []
  let end = head.length
  for (const entry of entries) {
    if (places.length > 0) {
      pieces.push(separator)
      end += separator.length
    }
    const start = end
    end += entry.length
    pieces.push(entry)
    places.push({ start, end })
  }
  return { bytes: Buffer.concat([...pieces, tail]), places }
}

const unzip = promisify(gunzip)

/** An edition is a few hundred kilobytes; one that unpacks to more than this is damaged. */
const maxBytes = 256 << 20

/** Bytes of an edition without coding, as its gzip says in the last four (RFC 1952, 2.3.1). */
export function unpackedLength(gzip: Buffer): number {
  return gzip.readUInt32LE(gzip.length - 4)
}

/** An edition's bytes without coding. Rejects where the gzip is damaged. */
export async function unpack(gzip: Buffer): Promise<Buffer> {
  return await unzip(gzip, { maxOutputLength: maxBytes })
}
