import type { Content, Instant, Media, Party, Term } from '../../article.ts'
import { Unusable } from '../../errors.ts'
import { excerptOf, plainText } from '../../excerpt.ts'
import { withoutMedia } from '../../shown.ts'
import type { Source } from '../../source.ts'
import { Losses, withAddresses } from './addresses.ts'
import { decode, type Decoded, type Said } from './decode.ts'
import { htmlOfParagraphs, sanitiseHtml, type Lost } from './sanitise-html.ts'
import { absoluteUrl } from './links.ts'
import type { Draft, Followed } from '../parsers/draft.ts'
import { refuseBinary } from './binary.ts'
import { parserFor } from '../parsers/index.ts'
import { withoutJunk } from '../parsers/xml/xml-junk.ts'
import { oneLine, cleanText } from '../../text.ts'

/** One article as a stored input tells it, complete but for what only the store knows. */
export interface Reading {
  /** The article's own id, where its format has one. */
  ownId?: string
  /** Orders the versions of one own id: compared as numbers where both are, else as text. */
  ownVersion?: string
  /** Where the source says. */
  pubStatus?: 'usable' | 'withheld'
  /** `published` is absent only where the source says `undated: first-seen`. */
  content: Omit<Content, 'published'> & { published?: Instant }
  /** Where another Feedwire tells of it. */
  followed?: Followed
}

/** A source's word that it has taken an article back. */
export interface Cancellation {
  pubStatus: 'canceled'
  ownId: string
  ownVersion?: string
  followed?: Followed
}

/** What one article of an input comes to; for one that cannot be used, why. */
export type Outcome = Reading | Cancellation | Unusable

/** What was read in spite of a fault. */
export interface Warning {
  warning: string
  /** Of several articles, which: counted from 1. */
  item?: number
}

/** What came with stored bytes. */
export interface Beside extends Pick<Said, 'charset'> {
  /** Relative to the source's folder; absent for what was fetched. */
  path?: string | undefined
}

/** All that stored bytes come to. */
export interface Findings {
  outcomes: Outcome[]
  warnings: Warning[]
  /** What each outcome was made of, and how the bytes were read: for whoever asks why. */
  drafts: (Draft | Unusable)[]
  decoded: Pick<Decoded, 'coding' | 'by'>
  format: string
}

/** As `readAll`; what makes the bytes as a whole unusable is an outcome too. */
export function findingsOf(bytes: Buffer, source: Source, said?: Beside): Findings | Unusable {
  try {
    return readAll(bytes, source, said)
  } catch (error) {
    if (error instanceof Unusable) return error
    throw error
  }
}

/**
 * Every article in stored bytes: decoded, parsed by the source's format, completed with its defaults, sanitised, checked.
 * Pure: the same outcomes for the same bytes, path and source. Throws `Unusable` where the bytes as a whole cannot be used.
 */
export function readArticles(bytes: Buffer, source: Source, path?: string): Outcome[] {
  return readAll(bytes, source, { path }).outcomes
}

/** The same with what was read in spite of a fault. */
export function readAll(bytes: Buffer, source: Source, { charset, path = '' }: Beside = {}): Findings {
  if (bytes.length > source.maxBytes) throw new Unusable(`The file is larger than ${source.maxBytes} bytes.`)
  refuseBinary(bytes)
  const decoded = decode(bytes, { charset, language: source.language })
  const { text, warnings: faults } = withoutJunk(decoded.text)
  const { parser, format } = parserFor(source.format, text, path)
  const drafts = parser.parse(text, { ...source, path })
  const read = drafts.map(draft => readDraft(draft, source))
  const warnings = [...decoded.warnings, ...faults].map(warning => ({ warning }))
  return {
    outcomes: read.map(({ outcome }) => outcome),
    warnings: [
      ...warnings,
      ...read.flatMap(({ told }, at) => told.map(warning => ({ warning, ...(drafts.length > 1 && { item: at + 1 }) }))),
    ],
    drafts,
    decoded,
    format,
  }
}

/** What a draft comes to, and what was read in spite of a fault: by its parser, and here. */
function readDraft(draft: Draft | Unusable, source: Source): { outcome: Outcome; told: string[] } {
  if (draft instanceof Unusable) return { outcome: draft, told: [] }
  const losses = new Losses()
  const outcome = outcomeOf(draft, source, losses.add)
  return { outcome, told: [...(draft.warnings ?? []), ...losses.warnings()] }
}

function outcomeOf(draft: Draft, source: Source, lost: (kind: Lost) => void): Outcome {
  try {
    const { pubStatus } = draft
    if (pubStatus === 'canceled') return cancel(draft)
    return complete(withAddresses(draft, source, lost), { pubStatus, source, lost })
  } catch (error) {
    if (error instanceof Unusable) return error
    throw error
  }
}

function cancel({ ownVersion, followed, ...draft }: Draft): Cancellation {
  const ownId = label('id', draft.ownId, longest.url)
  if (ownId === undefined) throw new Unusable('It cancels an article without saying which.')
  return { pubStatus: 'canceled', ownId, ...defined({ ownVersion, followed }) }
}

const longest = { title: 1_000, name: 500, text: 20_000, list: 500, url: 10_000 }

interface Completing {
  pubStatus: Reading['pubStatus']
  source: Source
  /** Is told of each link and medium that had to be left out. */
  lost: (kind: Lost) => void
}

function complete(draft: Draft, { pubStatus, source, lost }: Completing): Reading {
  const { ownVersion, followed } = draft
  const ownId = label('id', draft.ownId, longest.url)
  const title = label('title', draft.title, longest.title)
  if (title === undefined) throw new Unusable('The article has no title.')
  if (draft.published === undefined && source.undated === 'reject') {
    const isDraft = pubStatus === 'withheld'
    throw new Unusable(isDraft ? 'It is kept from readers, and has no date yet.' : 'The article has no readable date.')
  }
  const publisher = publisherOf(draft, source)
  const authors = bounded('authors', draft.authors ?? []).flatMap(author => party('author', author) ?? [])
  const content: Reading['content'] = {
    title,
    ...withTextAndMedia(draft, source, lost),
    language: languageOf(draft.language, source),
    keywords: keywordsOf(draft.keywords ?? []),
    // An organisation is a fine author.
    authors: authors.length > 0 || !publisher ? authors : [publisher],
  }
  addFacts(content, draft, source)
  put(content, 'ownId', ownId)
  if (followed && content.standfirst === excerptOf({ html: content.html })) delete content.standfirst
  return { content, ...defined({ ownId, ownVersion, pubStatus, followed }) }
}

/** What an article may say of itself and mostly does not, each checked. */
function addFacts(content: Reading['content'], draft: Draft, source: Source): void {
  put(content, 'standfirst', label('standfirst', draft.standfirst, longest.text))
  put(content, 'published', draft.published)
  put(content, 'modified', modifiedOf(draft))
  put(content, 'embargoed', draft.embargoed)
  put(content, 'expires', draft.expires)
  put(content, 'subjects', termsOf('subjects', draft.subjects))
  put(content, 'slugline', label('slugline', draft.slugline, longest.name))
  put(content, 'urgency', draft.urgency)
  put(content, 'priority', draft.priority)
  put(content, 'genres', termsOf('genres', draft.genres))
  put(content, 'byline', label('byline', draft.byline, longest.text))
  put(content, 'dateline', label('dateline', draft.dateline, longest.text))
  put(content, 'copyrightHolder', label('copyright holder', draft.copyrightHolder, longest.name))
  put(content, 'edNote', block('note to editors', draft.edNote))
  put(content, 'isCorrection', draft.isCorrection)
  put(content, 'section', label('section', draft.section ?? source.section, longest.name))
  put(content, 'publisher', publisherOf(draft, source))
  put(content, 'place', label('place', draft.place, longest.name))
  put(content, 'rights', label('rights', draft.rights ?? source.rights, longest.text))
  put(content, 'usageTerms', block('usage terms', draft.usageTerms))
  const earlier = draft.earlierIds?.flatMap(id => label('id', id, longest.url) ?? []) ?? []
  if (earlier.length > 0) content.earlierIds = earlier
  put(content, 'link', absoluteUrl(draft.link, 'web', draft.baseUrl))
}

function publisherOf(draft: Draft, source: Source): Party | undefined {
  return party('publisher', draft.publisher) ?? party('publisher', { name: source.publisher ?? '' })
}

/** Only what has a value. One by one: an object of all of them for each article costs a tenth of reading it. */
function put<Of extends object, Key extends keyof Of>(to: Of, key: Key, value: Of[Key] | undefined): void {
  if (value !== undefined) to[key] = value
}

/** What its owner has withdrawn is not the article's, and its text shows nothing of it. */
function withTextAndMedia(draft: Draft, source: Source, lost: Completing['lost']): Pick<Content, 'html' | 'media'> {
  const media = bounded('media', draft.media ?? []).flatMap(readMedia)
  const withdrawn = media.filter(({ pubStatus = 'usable' }) => pubStatus !== 'usable')
  const html = htmlOf(draft, source, lost)
  return withdrawn.length === 0 ? { html, media } : withoutMedia({ html, media }, withdrawn)
}

function htmlOf(draft: Draft, source: Source, lost: Completing['lost']): string {
  const { body } = draft
  const html = 'html' in body ? sanitiseHtml(body.html, draft.baseUrl, lost) : htmlOfParagraphs(body.paragraphs)
  const limit = 2 * source.maxBytes
  if (html.length > limit) throw new Unusable(`The article's text is longer than ${limit} characters.`)
  const saysSomething = 'html' in body ? plainText(html) !== '' : body.paragraphs.length > 0
  if (!saysSomething) throw new Unusable('The article has no text below its title.')
  return html
}

function languageOf(written: string | undefined, source: Source): string {
  if (written === undefined) return source.language
  try {
    return Intl.getCanonicalLocales(written.trim().replaceAll('_', '-'))[0] ?? source.language
  } catch {
    throw new Unusable(`"${written.slice(0, 40)}" is not a language (BCP 47, such as "en" or "pt-BR").`)
  }
}

/** A change is never before the publication. */
function modifiedOf({ published, modified }: Draft): Instant | undefined {
  return published !== undefined && modified !== undefined && modified < published ? undefined : modified
}

function keywordsOf(written: readonly string[]): string[] {
  const keywords = bounded('keywords', written).flatMap(keyword => label('keyword', keyword, longest.name) ?? [])
  return [...new Set(keywords)]
}

function termsOf<T extends Term>(what: string, written: readonly T[] = []): T[] | undefined {
  const terms = bounded(what, written).flatMap(({ name, code, scheme, ...rest }) => {
    const shown = label(what, name, longest.name)
    if (shown === undefined) return []
    const coded = defined({ code: label(what, code, longest.url), scheme: label(what, scheme, longest.url) })
    return [{ ...rest, name: shown, ...coded } as unknown as T]
  })
  return terms.length === 0 ? undefined : terms
}

function party(what: string, written: Party | undefined): Party | undefined {
  const name = label(what, written?.name, longest.name)
  return name === undefined ? undefined : { name, ...defined({ url: absoluteUrl(written?.url, 'web') }) }
}

/** Nothing for one whose address is relative: the parser would have resolved it. */
function readMedia({ caption, credit, alt, rights, others = [], ...media }: Media): Media[] {
  const url = absoluteUrl(media.url, 'web')
  const forms = others.flatMap(form => {
    const address = absoluteUrl(form.url, 'web')
    return address === undefined ? [] : [{ ...form, url: address }]
  })
  const texts = {
    caption: label('caption', caption, longest.text),
    credit: label('credit', credit, longest.name),
    alt: label('alternative text', alt, longest.text),
    rights: label('rights of a medium', rights, longest.text),
  }
  return url === undefined ? [] : [{ ...media, ...defined(texts), url, ...(forms.length > 0 && { others: forms }) }]
}

/** Plain text on one line, undefined where nothing is left. Throws `Unusable` over `most` characters. */
function label(what: string, written: string | undefined, most: number): string | undefined {
  return written === undefined ? undefined : inBounds(what, oneLine(written), most)
}

function block(what: string, written: string | undefined): string | undefined {
  return written === undefined ? undefined : inBounds(what, cleanText(written).trim(), longest.text)
}

function inBounds(what: string, text: string, most: number): string | undefined {
  if (text.length > most) throw new Unusable(`The article's ${what} is longer than ${most} characters.`)
  return text === '' ? undefined : text
}

function bounded<T>(what: string, list: readonly T[]): readonly T[] {
  if (list.length > longest.list) throw new Unusable(`The article has more than ${longest.list} ${what}.`)
  return list
}

/** Only the properties that have a value. */
function defined<T extends object>(properties: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const kept: { [K in keyof T]?: Exclude<T[K], undefined> } = {}
  for (const key in properties) {
    const value = properties[key]
    if (isDefined(value)) kept[key] = value
  }
  return kept
}

function isDefined<T>(value: T): value is Exclude<T, undefined> {
  return value !== undefined
}
