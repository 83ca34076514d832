import { Unusable } from '../../../errors.ts'
import type { Instant, Media } from '../../../article.ts'
import { linesOf } from '../../../text.ts'
import type { Body, Draft, Hints } from '../draft.ts'
import { eachArticle } from '../each-article.ts'
import { firstDate, sureDate } from '../dates/lenient-dates.ts'
import { paragraphsOf } from '../paragraphs.ts'
import { standfirstOf } from '../plain.ts'
import { webAddress } from '../web-address.ts'

/** What RSS, Atom and JSON Feed share: how an entry becomes an article. */

const mostEntries = 5_000

/** An article of each entry; of more than 5,000 the first, and at the end one reason for the others. */
export function eachEntry<T>(entries: readonly T[], read: (entry: T) => Draft): (Draft | Unusable)[] {
  const read5000 = eachArticle(entries.slice(0, mostEntries), read)
  const left = entries.length - mostEntries
  return left > 0
    ? [...read5000, new Unusable(`The feed has ${left} entries more than ${mostEntries}: they were left out.`)]
    : read5000
}

/** The text of an entry: its content, else its summary; the summary is the standfirst only beside a content of which it is not the beginning. */
export function textOfEntry(
  content: Body | undefined,
  summary: string | undefined,
): Pick<Draft, 'body' | 'standfirst'> {
  if (content === undefined) return { body: bodyOf(summary ?? '') }
  const html = 'html' in content ? content.html : content.paragraphs.map(htmlOfText).join('\n')
  return { body: content, standfirst: standfirstOf(summary, html) }
}

/** HTML, or plain text where nothing in it is markup. */
export function bodyOf(text: string): Body {
  return /<[a-z!/]|&(?:\w{1,32}|#\w{1,8});/i.test(text) ? { html: text } : plainBody(text)
}

export function plainBody(text: string): Body {
  return { paragraphs: paragraphsOf(linesOf(text)) }
}

/** Plain text as HTML. */
export function htmlOfText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

type Written = readonly (string | undefined)[]

/**
 * An entry's dates. One that only says when it changed was published then, as far as we know; the change orders its versions. It is a
 * modification only where it comes after the publication.
 */
export function datesOf(
  published: Written,
  updated: Written,
  hints: Hints,
  language?: string,
): Pick<Draft, 'published' | 'modified' | 'ownVersion' | 'warnings'> {
  const warnings: string[] = []
  const changed: Instant | undefined = sureDate(updated, hints, language, warnings)
  const first = firstDate(published, hints, language, warnings) ?? changed
  const later = changed !== undefined && first !== undefined && changed > first
  return {
    published: first,
    ...(later && { modified: changed }),
    ownVersion: changed,
    ...(warnings.length > 0 && { warnings: [...new Set(warnings)] }),
  }
}

export interface Category {
  name: string
  /** RSS `domain`, Atom `scheme`: the vocabulary. */
  scheme?: string
}

const sectionScheme = /(?:^|[/#:])(?:sections?|ressorts?|rubri(?:c|k|que)s?|desks?|channels?)\/?$/i

/**
 * Feeds have no section. A category is one where its vocabulary is called so, or where it is the only one; of several any could be.
 */
export function filed(categories: readonly Category[]): Pick<Draft, 'section' | 'keywords'> {
  const names = [...new Set(categories.map(({ name }) => name.trim()))].filter(name => name !== '')
  const section = categories.find(({ scheme }) => scheme !== undefined && sectionScheme.test(scheme))?.name.trim()
  const chosen = section ?? (names.length === 1 ? names[0] : undefined)
  return { section: chosen, keywords: names.filter(name => name !== chosen) }
}

/** Media with absolute addresses, each once: what one place leaves out, the next may say. */
export function distinctMedia(found: readonly Media[], base: string | undefined): Media[] {
  const byUrl = new Map<string, Media>()
  for (const medium of found) {
    const url = webAddress(medium.url, base)
    if (url !== undefined)
      byUrl.set(url, { ...without(medium), ...without(byUrl.get(url)), kind: byUrl.get(url)?.kind ?? medium.kind, url })
  }
  return [...byUrl.values()]
}

/** Pixels. Blogger and others list a cut-out of an image that the text shows in full. */
const smallest = 100

/** Without images too small to show, where the text has one. */
export function mediaBeside(body: Body, media: readonly Media[]): Media[] {
  const shows = 'html' in body && /<img\s/i.test(body.html)
  return media.filter(({ kind, width = smallest + 1 }) => !shows || kind !== 'image' || width > smallest)
}

/** Without properties that say nothing. */
function without(medium: Media | undefined): Partial<Media> {
  return Object.fromEntries(Object.entries(medium ?? {}).filter(([, value]) => value !== undefined))
}

/** The kind of medium that a media type names; undefined for text, applications and what is no type. */
export function kindOf(type: string | undefined): Media['kind'] | undefined {
  const [, kind] = /^(image|audio|video)\/[\w.+-]{1,80}$/i.exec(type ?? '') ?? []
  const lower = kind?.toLowerCase()
  return lower === 'image' || lower === 'audio' || lower === 'video' ? lower : undefined
}
