import type { Instant, Media, Party } from '../../../article.ts'
import { Unusable } from '../../../errors.ts'
import { plainText } from '../../../excerpt.ts'
import { linesOf } from '../../../text.ts'
import { readDate } from '../dates/dates.ts'
import type { Draft, Hints, Parser } from '../draft.ts'
import { htmlOfText } from '../feeds/feed-entry.ts'
import { hasFrontMatter, readFrontMatter, type Entry, type FrontMatter } from './front-matter.ts'
import { languageTag } from '../language-tag.ts'
import { sureDate } from '../dates/lenient-dates.ts'
import { markedHtml } from './marked-html.ts'
import { standfirstOf } from '../plain.ts'
import { withoutTemplateMarks, withoutWikiLinks } from './template-marks.ts'

/**
 * Markdown (GitHub's), with front matter in YAML: `title date updated section image tags author language embargo id`. Where one of these is
 * missing, the name that Hugo, Jekyll, Eleventy or Obsidian has for it counts; what they keep from readers is withheld.
 */
export const markdown: Parser = {
  recognises: text => hasFrontMatter(text) || toml.test(text) || /^\n*# \S/.test(text),
  parse: (text, hints) => [parseMarkdown(text, hints)],
}

const toml = /^\+{3}[ \t]*\n/

function parseMarkdown(text: string, hints: Hints): Draft {
  if (toml.test(text)) throw new Unusable('The front matter is TOML ("+++"): only YAML ("---") is read.', 1)
  // Refuses endless lines.
  linesOf(text)
  const matter = readFrontMatter(text)
  const given = matter.text('title')?.text
  const { heading, html } = markedHtml(
    withoutTemplateMarks(matter.body),
    first => given === undefined || plainText(first) === given,
  )
  const title = given ?? (heading === undefined ? undefined : plainText(heading))
  const language = matter.text('language')?.text ?? languageTag(wordsOf(matter.found('lang'))[0])
  const ownId = matter.text('id')?.text
  return {
    ...(ownId !== undefined && { ownId }),
    ...(title !== undefined && { title }),
    ...(language !== undefined && { language }),
    ...(isKept(matter) && { pubStatus: 'withheld' }),
    standfirst: standfirstOf(wordsOf(matter.found('description', 'summary')).map(htmlOfText)[0], html),
    ...readDates(matter, hints, language ?? hints.language),
    ...filedUnder(matter),
    authors: authorsIn(matter),
    media: readImages(matter),
    body: { html },
  }
}

function wordsOf(entries: readonly Entry[]): string[] {
  return entries.flatMap(entry => ('text' in entry ? entry.text : []))
}

/** Hugo and Eleventy say `draft: true`, Jekyll and Obsidian `published: false`. */
function isKept(matter: FrontMatter): boolean {
  const says = (word: RegExp, ...keys: string[]) => keys.some(key => word.test(wordsOf(matter.found(key))[0] ?? ''))
  return says(/^(?:true|yes|on)$/i, 'draft') || says(/^(?:false|no|off)$/i, 'published', 'publish')
}

/** As of a feed's categories, the only one is the section. */
function filedUnder(matter: FrontMatter): Pick<Draft, 'section' | 'keywords'> {
  const [section, tags] = [matter.text('section')?.text, readTags(matter)]
  const categories = section === undefined ? wordsOf(matter.found('category', 'categories')) : []
  const chosen = section ?? (categories.length === 1 ? categories[0] : undefined)
  return {
    ...(chosen !== undefined && { section: chosen }),
    keywords: [...categories.filter(name => name !== chosen), ...tags],
  }
}

type Dates = Partial<Record<'published' | 'modified' | 'embargoed', Instant>>

function readDates(matter: FrontMatter, hints: Hints, language: string): Dates {
  const dates: Dates = {
    modified: sureDate(wordsOf(matter.found('lastmod', 'last_modified_at')), hints, language),
    // Hugo shows nothing before it.
    embargoed: sureDate(wordsOf(matter.found('publishDate')), hints, language),
  }
  for (const [key, name] of [
    ['date', 'published'],
    ['updated', 'modified'],
    ['embargo', 'embargoed'],
  ] as const) {
    const value = matter.text(key)
    if (value) dates[name] = withLine(value.line, () => readDate(value.text, hints, language))
  }
  return dates
}

function withLine<T>(line: number, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw error instanceof Unusable ? new Unusable(error.message, line) : error
  }
}

function authorsIn(matter: FrontMatter): Party[] {
  const authors = matter.list('author')
  return (authors.length > 0 ? authors : matter.found('authors').filter(hasName)).map(readAuthor)
}

function hasName(entry: Entry): boolean {
  return 'text' in entry || entry.fields.has('name')
}

function readAuthor(entry: Entry): Party {
  if ('text' in entry) return { name: withoutWikiLinks(entry.text) }
  const [name, url] = [entry.fields.get('name')?.text, entry.fields.get('url')?.text]
  if (name === undefined) throw new Unusable('An "author" of the front matter has no "name".', entry.line)
  return url === undefined ? { name } : { name, url }
}

function readImages(matter: FrontMatter): Media[] {
  const images = matter.list('image')
  const given = images.length > 0 ? images : matter.found('cover', 'featured_image', 'images')
  return given.flatMap(readImage)
}

/** An address, or a map with one. */
function readImage(entry: Entry): Media[] {
  if ('text' in entry) return [{ kind: 'image', url: entry.text }]
  const one = (...names: string[]) => names.map(name => entry.fields.get(name)?.text).find(text => text !== undefined)
  const url = one('url', 'src', 'path', 'href', 'image')
  return url === undefined
    ? []
    : [{ kind: 'image', url, caption: one('caption'), credit: one('credit'), alt: one('alt') }]
}

/** A list, or one text with commas. */
function readTags(matter: FrontMatter): string[] {
  const tags = matter.list('tags').map(entry => {
    if ('text' in entry) return entry.text
    throw new Unusable(`The front matter's "tags" should be text, and is a map.`, entry.line)
  })
  return tags.length === 1 ? tags.flatMap(text => text.split(',')) : tags
}
