import type { Instant, Party, PubStatus } from './article.ts'

/** What all feeds of an installation share. */
export interface Site {
  title: string
  /** The public address, absolute, without a slash at the end: every link begins with it. */
  url: string
  publisher: Party
  /** RFC 4151 `authority,date`: begins every article's uri. */
  authority: string
  /** BCP 47. */
  language: string
}

/** Any of a list, all of the lists that are not empty. */
export interface Select {
  sections: readonly string[]
  languages: readonly string[]
  sources: readonly string[]
  keywords: readonly string[]
}

/** A named selection of articles: one file in `feeds/`. */
export interface Feed {
  /** `[a-z0-9-]+`: its file's name and its URL. */
  name: string
  title: string
  description: string
  select: Select
  /** How many of the newest articles an edition holds. */
  limit: number
  content: 'full' | 'summary'
  access: 'public' | 'partners'
  /** BCP 47. */
  language: string
  image?: string
  /** Old names, which redirect to this one. */
  formerly: readonly string[]
  gone: boolean
}

/** What the store keeps at hand of an article's newest version: enough to select, order and list it without its body. */
export interface Head {
  source: string
  key: string
  version: number
  pubStatus: PubStatus
  title: string
  language: string
  section?: string
  keywords: string[]
  published: Instant
  changed: Instant
  /** Not before this moment on the wire or under any URL: an embargo, or a publication date still to come. */
  heldUntil?: Instant
  /** SHA-256 of the content, under which its body is kept. */
  body: string
  /** The file that it was read from, relative to its source's folder, or the URL. */
  file?: string
  /** The id that the article's own format gave it. */
  ownId?: string
  /** The editor's note of a correction. */
  note?: string
}

/** Does this feed hold this article? Letters' case does not count, and a language also selects its regional forms (RFC 4647, basic filtering). */
export function wants(feed: Feed, head: Head): boolean {
  if (head.pubStatus !== 'usable' || head.heldUntil !== undefined) return false
  const { sections, languages, sources, keywords } = feed.select
  return (
    anyOf(sections, wanted => head.section !== undefined && fold(head.section) === fold(wanted)) &&
    anyOf(languages, wanted => `${fold(head.language)}-`.startsWith(`${fold(wanted)}-`)) &&
    anyOf(sources, wanted => head.source === wanted) &&
    anyOf(keywords, wanted => head.keywords.some(keyword => fold(keyword) === fold(wanted)))
  )
}

function anyOf(list: readonly string[], holds: (wanted: string) => boolean): boolean {
  return list.length === 0 || list.some(holds)
}

function fold(text: string): string {
  return text.normalize('NFC').toLowerCase()
}
