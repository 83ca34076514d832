import { hash } from 'node:crypto'

/** As in ninjs 3.1. A `withheld` article is shown nowhere until it is released; a `canceled` one was killed. */
export type PubStatus = 'usable' | 'withheld' | 'canceled'

/** A moment as RFC 3339 in UTC with whole seconds, `2023-11-01T23:52:00Z`: sorts as text. */
export type Instant = string

/** A person or an organisation: an author, a publisher. */
export interface Party {
  name: string
  url?: string
}

/** One file in which a medium can be had. `url` is absolute, byte for byte as the source wrote it; what the source does not tell is left out, never guessed. */
export interface Rendition {
  url: string
  /** Media type, `image/jpeg`. */
  type?: string
  /** Bytes. */
  length?: number
  /** Pixels. */
  width?: number
  height?: number
  /** Seconds. */
  duration?: number
}

/** An image, audio or video, in its best rendition. */
export interface Media extends Rendition {
  kind: 'image' | 'audio' | 'video'
  /** Its owner's word on it: one that is not usable is shown nowhere. Absent: usable. */
  pubStatus?: PubStatus
  /** Shown nowhere before this moment. */
  embargoed?: Instant
  /** Shown nowhere from this moment on. */
  expires?: Instant
  caption?: string
  credit?: string
  alt?: string
  rights?: string
  /** Where it can be had otherwise: in another size or coding. Absent: nowhere. */
  others?: Rendition[]
}

/** How an article relates to what it is filed under: it belongs to a section, is about a subject, mentions a person. */
export type Relation = 'section' | 'subject' | 'keyword' | 'person' | 'organisation' | 'place' | 'product'

/** A term of a vocabulary, such as IPTC's Media Topics. `code` and `scheme` are as the source wrote them, unchanged to whoever gets them. */
export interface Term {
  name: string
  /** Within its scheme: `medtop:04000000`, `04000000`, or a URI. */
  code?: string
  /** The vocabulary: a URI or an agency's own name for it. */
  scheme?: string
}

/** A term with its relation to the article. */
export interface Subject extends Term {
  rel: Relation
}

/**
 * What an article says: made from the stored input and its source's settings alone, so the same input gives the same content.
 * Plain text unless said otherwise; free of characters that XML 1.0 forbids; Unicode NFC.
 */
export interface Content {
  title: string
  standfirst?: string
  /** Sanitised HTML; links and images absolute. */
  html: string
  /** BCP 47. */
  language: string
  /** Never changes after version 1. */
  published: Instant
  /** When the source says that it changed the article. */
  modified?: Instant
  embargoed?: Instant
  /** From this second it is withheld. */
  expires?: Instant
  section?: string
  keywords: string[]
  /** What it is filed under with more than a name: codes, persons, places. A section or keyword with a code stands here too, by the same name. */
  subjects?: Subject[]
  /** The desk's name for the story, which binds its versions and parts: never shown to readers. */
  slugline?: string
  /** IPTC's newscodes: 1 is a flash, 8 the least; 9 is user-defined. */
  urgency?: number
  /** Of processing, 1 to 9. */
  priority?: number
  genres?: Term[]
  authors: Party[]
  /** As printed, where it says more than the authors' names. */
  byline?: string
  publisher?: Party
  /** Where it was written, from the dateline. */
  place?: string
  /** As printed: place, date, agency. */
  dateline?: string
  media: Media[]
  /** The copyright notice. */
  rights?: string
  copyrightHolder?: string
  usageTerms?: string
  /** The source's note to editors: never shown to readers, but where `isCorrection`. */
  edNote?: string
  /** The source signals that this version corrects what was wrong (`sig:correction`); `edNote` says what. */
  isCorrection?: boolean
  /** The article's own page, where the source has one. */
  link?: string
  /** The id that the article's own format gave it. */
  ownId?: string
  /** Those that it had before, on its way here through other Feedwires: nearest first. */
  earlierIds?: string[]
}

/** One version of one story. */
export interface Article extends Content {
  /** `tag:AUTHORITY:SOURCE/KEY` (RFC 4151). */
  uri: string
  source: string
  key: string
  /** Rises from 1. */
  version: number
  pubStatus: PubStatus
  /** When this version came about; never before `published`. */
  changed: Instant
  /** The editor's note of the last correction: it stays with the versions that follow. */
  note?: string
  /** When that was made. */
  notedAt?: Instant
}

/** The permanent name of an article within this installation: `SOURCE/KEY`. */
export type Ref = string

export function refOf(article: { source: string; key: string }): Ref {
  return `${article.source}/${article.key}`
}

export function uriOf(authority: string, ref: Ref): string {
  return `tag:${authority}:${ref}`
}

/** The ref in a uri of this authority; undefined for any other text. */
export function refFromUri(authority: string, uri: string): Ref | undefined {
  const prefix = `tag:${authority}:`
  return uri.startsWith(prefix) ? uri.slice(prefix.length) : undefined
}

/** The path of the article's page: `/articles/SOURCE-KEY`. */
export function pagePath(article: { source: string; key: string }): string {
  return `/articles/${article.source}-${article.key}`
}

/** What the last part of an article's address, `SOURCE-KEY`, names. SOURCE may hold hyphens, and what looks like a key: the last one counts. */
export function readSlug(slug: string): { source: string; key: string } | undefined {
  const [, source, key] = /^([a-z0-9-]{1,200})-([a-z2-7]{16}(?:-[0-9]{1,6})?)$/.exec(slug) ?? []
  return source === undefined || key === undefined ? undefined : { source, key }
}

const base32 = 'abcdefghijklmnopqrstuvwxyz234567'

/**
 * The KEY of an article: 16 characters of base32 (RFC 4648, lower case), the first 80 bits of the SHA-256
 * over `identity` (its own id, or its file's path in the source's folder) in Unicode NFC.
 */
export function mintKey(identity: string): string {
  const digest = hash('sha256', identity.normalize('NFC'), 'buffer')
  let key = ''
  let [bits, value] = [0, 0]
  for (const byte of digest.subarray(0, 10)) {
    value = (value << 8) | byte
    for (bits += 8; bits >= 5; bits -= 5) key += base32[(value >> (bits - 5)) & 31]
    value &= 31
  }
  return key
}

/** Milliseconds since 1970 -> Instant, whole seconds, rounded down. */
export function instant(milliseconds: number): Instant {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`
}
