import type { Instant, Media, Party } from '../../article.ts'
import { Unusable } from '../../errors.ts'
import { plainText } from '../../excerpt.ts'
import { linesOf } from '../text.ts'
import { readDate } from './dates.ts'
import type { Draft, Hints, Parser } from './draft.ts'
import { hasFrontMatter, readFrontMatter, type Entry, type FrontMatter, type Value } from './front-matter.ts'
import { markedHtml } from './marked-html.ts'

/** Markdown (GitHub's), with front matter in YAML: `title date updated section image tags author language embargo id`; other keys tell nothing here. */
export const markdown: Parser = {
  recognises: text => hasFrontMatter(text) || /^\n*# \S/.test(text),
  parse: (text, hints) => [parseMarkdown(text, hints)],
}

function parseMarkdown(text: string, hints: Hints): Draft {
  // Refuses endless lines.
  linesOf(text)
  const matter = readFrontMatter(text)
  const given = matter.text('title')?.text
  const { heading, html } = markedHtml(matter.body, first => given === undefined || plainText(first) === given)
  const title = given ?? (heading === undefined ? undefined : plainText(heading))
  const language = matter.text('language')?.text
  const [ownId, section] = [matter.text('id')?.text, matter.text('section')?.text]
  const [authors, media, keywords] = [matter.list('author').map(readAuthor), readImages(matter), readTags(matter)]
  return {
    ...(ownId !== undefined && { ownId }),
    ...(title !== undefined && { title }),
    ...(language !== undefined && { language }),
    ...(section !== undefined && { section }),
    ...readDates(matter, hints, language ?? hints.language),
    keywords,
    authors,
    media,
    body: { html },
  }
}

type Dates = Partial<Record<'published' | 'modified' | 'embargoed', Instant>>

function readDates(matter: FrontMatter, hints: Hints, language: string): Dates {
  const dates: Dates = {}
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

function readAuthor(entry: Entry): Party {
  if ('text' in entry) return { name: entry.text }
  const [name, url] = [entry.fields.get('name')?.text, entry.fields.get('url')?.text]
  if (name === undefined) throw new Unusable('An "author" of the front matter has no "name".', entry.line)
  return url === undefined ? { name } : { name, url }
}

function readImages(matter: FrontMatter): Media[] {
  return textsOf(matter.list('image'), 'image').map(({ text }) => ({ kind: 'image', url: text }))
}

/** A list, or one text with commas. */
function readTags(matter: FrontMatter): string[] {
  const tags = textsOf(matter.list('tags'), 'tags')
  return tags.length === 1 ? tags.flatMap(({ text }) => text.split(',')) : tags.map(({ text }) => text)
}

function textsOf(entries: readonly Entry[], key: string): Value[] {
  return entries.map(entry => {
    if ('text' in entry) return entry
    throw new Unusable(`The front matter's "${key}" should be text, and is a map.`, entry.line)
  })
}
