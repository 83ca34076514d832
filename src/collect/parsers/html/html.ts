import type { Instant } from '../../../article.ts'
import { Unusable } from '../../../errors.ts'
import type { Body, Draft, Hints, Parser } from '../draft.ts'
import { bodyOf } from './article-body.ts'
import { authorsOf } from './authors.ts'
import { elsewhereFrom } from './elsewhere.ts'
import { headlineOf, lettersOf } from './headline.ts'
import { readJsonLd } from './json-ld.ts'
import { datesInLine } from '../dates/dates-in-line.ts'
import { firstDate, sureDate } from '../dates/lenient-dates.ts'
import { microdataOf } from './microdata.ts'
import { inOrderOfTrust, pageDatesOf, type PageDates, type Place } from './page-dates.ts'
import { leadImage, resolveImages } from './page-images.ts'
import { printOf, type Print } from './page-lines.ts'
import { pageOrigins } from './page-origins.ts'
import { readHead, readMetadata, siteNamesOf, type PageHead, type PageMetadata } from './page-metadata.ts'
import { descendants, readPage, shownText, type Page } from './page.ts'
import { standfirstOf } from '../plain.ts'
import { storyOf } from './story.ts'
import { webAddress } from '../web-address.ts'

const prolog = /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^]*?-->\s*)*/
const beginning = /^<(?:!doctype\s+html\b|html[\s>]|head[\s>]|body[\s>]|article[\s>])/i
/** A document that begins further down: behind a warning of the server, or a script that was put before it. */
const late =
  /^[ \t]*(?:<!doctype\s+html\b[^<>]{0,300}>\s{0,100}(?:<!--[^<>]{0,300}-->\s{0,100})?<html[\s>]|<html\b[^<>]{0,500}>\s{0,100}<head[\s>])/im
/** In front of a document that is an example: front matter, a fence, a heading. */
const markdownBefore = /^\s*(?:-{3}|\+{3})[ \t]*\n|(?:^|\n)[ \t]*(?:`{3}|~{3})|^\n*# \S/
/** Characters in front of it. */
const mostBefore = 20_000

/** A stored web page: JSON-LD first, then OpenGraph and meta elements, then what the page prints; the text by Mozilla's Readability. */
export const html: Parser = {
  recognises: text => {
    const start = text.slice(0, 4096)
    return beginning.test(start.slice(prolog.exec(start)?.[0].length)) || lateStart(text) !== undefined
  },
  parse: (text, hints) => [parseHtml(text.slice(lateStart(text) ?? 0), hints)],
}

function lateStart(text: string): number | undefined {
  const start = text.slice(0, mostBefore)
  const at = /<html/i.test(start) ? late.exec(start)?.index : undefined
  return at === undefined || markdownBefore.test(start.slice(0, at)) ? undefined : at
}

/** As PHP prints it into the page. */
const warning =
  /(?:<br\s?\/?>\s?)?<b>(?:Warning|Notice|Deprecated|Strict Standards|Fatal error)<\/b>\s?:[^<]{1,500}<b>[^<]{1,300}<\/b> on line <b>\d{1,6}<\/b>(?:<br\s?\/?>)?/g

function parseHtml(written: string, hints: Hints): Draft {
  const text = written.includes('</b> on line <b>') ? written.replace(warning, '') : written
  const page = readPage(text)
  const head = readHead(page)
  const canonical = webAddress(head.canonical ?? head.metas.get('og:url')?.[0], webAddress(head.base))
  const { text: articleBody, ...linked } = linkedData(page, head, canonical)
  const { titles, dated, ...metadata } = readMetadata(page, head)
  const link = canonical ?? webAddress(linked.link)
  const baseUrl = webAddress(head.base, link) ?? link
  const siteNames = [...(linked.publisher ? [linked.publisher.name] : []), ...siteNamesOf(head)]
    .filter(name => name.length < 200)
    .slice(0, 10)
  const print = printOf(page)
  const headline = headlineOf(page, print, {
    titles: [...(linked.title === undefined ? [] : [linked.title]), ...titles],
    windowTitle: head.title,
    siteNames,
    host: link && new URL(link).hostname,
  })
  const place = placeOf(page, print, headline.element, metadata.language ?? linked.language ?? hints.language, link)
  const dates = pageDatesOf(page, place)
  const said = {
    ...merged(linked, metadata, dated, dates),
    authors: authorsOf(linked.title === undefined ? [metadata, linked] : [linked, metadata], place, {
      siteNames,
      labels: labelsOf(linked, metadata),
    }),
  }
  resolveImages(page)
  const lead = leadImage(page)
  const story = storyOf({ page, print, place, headline: headline.element, told: said }, () => readPage(text))
  const body = bodyOf(story, articleBody)
  const draft: Draft = {
    ...said,
    ...datesOf(said, [...(linked.published ?? []), ...(metadata.published ?? []), ...dated, ...dates.marked], hints),
    title: headline.title,
    ownId: ownIdOf(linked.ownId, link),
    link,
    baseUrl,
    body,
    standfirst: standfirstOf(said.standfirst, 'html' in body ? body.html : body.paragraphs.join('\n')),
    authors: said.authors.map(({ name, url }) => ({ name, url: webAddress(url, baseUrl) })),
    media: [...(said.media ?? []), ...(hasImage(said.media, body) ? [] : lead)].flatMap(medium => {
      const url = webAddress(medium.url, baseUrl)
      return url === undefined ? [] : [{ ...medium, url }]
    }),
  }
  const sayings = {
    head,
    linked,
    metadata: { ...metadata, titles, published: [...(metadata.published ?? []), ...dated] },
    dates,
  }
  return { ...draft, origins: () => pageOrigins(sayings, draft, hints) }
}

/** As JSON-LD, else as microdata. */
function linkedData(page: Page, head: PageHead, canonical: string | undefined): PageMetadata {
  const linked = readJsonLd(head.scripts, canonical)
  const marked = linked.title === undefined ? microdataOf(page, isTitleOf(page, head)) : undefined
  if (marked === undefined) return linked
  const read = readJsonLd([marked], canonical)
  return { ...read, published: [...(read.published ?? []), ...(linked.published ?? [])] }
}

/** Headings that are looked at. */
const mostHeadings = 20

/** Tells of a headline whether it is in the title of the page, or heads it, where it has no `h1` as the first `h2`: a page may mark a teaser of another story alone. */
function isTitleOf({ elements }: Page, { title, metas }: PageHead): (headline: string) => boolean {
  const headings = ['h1', 'h2']
    .map(level => elements.filter(({ localName }) => localName === level).slice(0, level === 'h1' ? mostHeadings : 1))
    .find(found => found.length > 0)
  const told = [title ?? '', ...(metas.get('og:title') ?? []), ...(headings ?? []).map(heading => shownText(heading))]
    .map(lettersOf)
    .filter(letters => letters !== '')
  return headline => {
    const letters = lettersOf(headline)
    return told.length === 0 || told.some(other => other.includes(letters) || letters.includes(other))
  }
}

function labelsOf(...told: readonly PageMetadata[]): string[] {
  return told.flatMap(({ section, keywords = [] }) => [...(section === undefined ? [] : [section]), ...keywords])
}

/** Where the page prints its headline, and what around it belongs to others. */
function placeOf(
  page: Page,
  print: Print,
  headline: Element | undefined,
  language: string,
  address: string | undefined,
): Place {
  const within = new Set(headline === undefined ? [] : [headline, ...descendants(headline)])
  const at = print.lines.findIndex(({ block, inner }) => within.has(block) || inner.some(each => within.has(each)))
  return { lines: print.lines, at, isElsewhere: elsewhereFrom(headline, page, print), language, address }
}

function hasImage(media: PageMetadata['media'] = [], body: Body): boolean {
  return media.some(({ kind }) => kind === 'image') || ('html' in body && /<img\s/i.test(body.html))
}

/** Dates that are looked at. */
const mostMarked = 15

/** What the first says, and of the second what the first leaves out; of dates, all. */
function merged(trusted: PageMetadata, other: PageMetadata, dated: readonly string[], dates: PageDates): PageMetadata {
  const given = Object.entries(trusted).filter(([, value]) =>
    Array.isArray(value) ? value.length > 0 : value !== undefined,
  )
  const named = [...(trusted.published ?? []), ...(other.published ?? [])].slice(0, mostMarked)
  return {
    ...other,
    ...Object.fromEntries(given),
    published: inOrderOfTrust(named, dated.slice(0, mostMarked), dates),
    modified: [...(trusted.modified ?? []), ...(other.modified ?? []), ...dates.changed],
  }
}

type Told = Record<'published' | 'modified' | 'expires', Instant | undefined> & { warnings: string[] }

/** Of several dates of publication one that is also the date of the last change gives way to an earlier. */
function datesOf(said: PageMetadata, marked: readonly string[], hints: Hints): Told {
  const { language = hints.language } = said
  const read = (written: readonly string[]): string[] => written.map(each => inOrderOf(language, each))
  const warnings: string[] = []
  const published = publishedOf(read(said.published ?? []), hints, language, warnings)
  const modified = sureDate(read(said.modified ?? []), hints, language)
  const expires = sureDate(read(said.expires ?? []), hints, language)
  if (published === undefined || published !== modified) return { published, modified, expires, warnings }
  const earlier = marked
    .slice(0, mostMarked)
    .map(written => sureDate(read([written]), hints, language))
    .find(date => date !== undefined && date < published)
  return { published: earlier ?? published, modified, expires, warnings }
}

/** Where the source takes what has no date, one that is in doubt is none, and `warnings` tells of it. */
function publishedOf(written: string[], hints: Hints, language: string, warnings: string[]): Instant | undefined {
  try {
    return firstDate(written, hints, language)
  } catch (error) {
    if (hints.undated !== 'first-seen' || !(error instanceof Unusable)) throw error
    warnings.push(error.message)
    return undefined
  }
}

/**
 * Systems that tell machines what they print, `02.11.2021 10:00`, put day and month in the order of the page's language; with strokes between
 * them, in their own.
 */
function inOrderOf(language: string, written: string): string {
  if (!/^\s*\d{1,2}\.\d{1,2}\.\d{4}(?!\d)/.test(written)) return written
  return datesInLine(written, language)[0]?.written ?? written
}

/** An id that means this page everywhere: a system that writes the site's address, or `#article`, would give all pages the same. */
function ownIdOf(id: string | undefined, link: string | undefined): string | undefined {
  const absolute = id === undefined || !URL.canParse(id, link) ? undefined : new URL(id, link)
  return [absolute && id !== undefined && URL.canParse(id) ? id : absolute?.href, link].find(
    address => address !== undefined && !isHome(new URL(address)),
  )
}

function isHome({ protocol, pathname, search }: URL): boolean {
  return /^https?:$/.test(protocol) && pathname === '/' && search === ''
}
