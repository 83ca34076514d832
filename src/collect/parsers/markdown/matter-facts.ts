import type { Instant, Media, Party, Relation, Subject, Term } from '../../../article.ts'
import { Unusable } from '../../../errors.ts'
import { firstDate, sureDate } from '../dates/lenient-dates.ts'
import { isTimeOfDay, readDate } from '../dates/dates.ts'
import { namesInByline } from '../byline.ts'
import { isPenName } from '../byline-names.ts'
import type { Draft, Hints } from '../draft.ts'
import { dayInPath } from '../file-name.ts'
import { isTypo } from './kept-back.ts'
import type { Entry, FrontMatter, Value } from './front-matter.ts'
import { matterKeys } from './matter-keys.ts'
import { withoutWikiLinks } from './template-marks.ts'

function entriesOf(value: Value | undefined): Entry[] {
  return value === undefined ? [] : [value]
}

export function wordsOf(entries: readonly Entry[]): string[] {
  return entries.flatMap(entry => ('text' in entry ? entry.text : []))
}

type Dates = Pick<Draft, 'published' | 'modified' | 'embargoed' | 'expires'>

const [, ...days] = matterKeys.published
const [, ...changes] = matterKeys.modified

/** Of the day of publication what stands inside counts before what the file's name says, or the page's address. */
export function datesIn(matter: FrontMatter, hints: Hints, language: string): Dates {
  const own = (...keys: string[]): Instant | undefined => {
    const value = keys.map(key => matter.text(key)).find(text => text !== undefined)
    return value && withLine(value.line, () => dateIn(value, hints, language))
  }
  const day = dayIn(matter)
  const published = day && withLine(day.line, () => dateIn(day, hints, language))
  const paths = [hints.path, ...wordsOf(matter.found('path', 'url', 'permalink', 'slug'))]
  const fromName = paths.map(path => dayInPath(path ?? '')).find(found => found !== undefined)
  return {
    published: published ?? (fromName === undefined ? undefined : readDate(fromName, hints, language)),
    modified:
      own('updated') ??
      sureDate(wordsOf(entriesOf(dateParts(matter)?.get('updated'))), hints, language) ??
      sureDate(wordsOf(matter.found(...changes)), hints, language),
    // Hugo shows nothing before the one nor after the other: what cannot be read could mean now.
    embargoed: own(...matterKeys.embargoed),
    expires: matterKeys.expires.map(key => own(key)).find(date => date !== undefined),
  }
}

/** The day of publication as it is written: a time of day has none, and the file's name may tell it. */
export function dayIn(matter: FrontMatter): Value | undefined {
  const parts = dateParts(matter)
  const named = [
    parts === undefined ? matter.text('date') : parts.get('created'),
    ...valuesOf(matter, days).filter(({ text }) => /\d/.test(text)),
  ]
  return named.find(value => value !== undefined && !isTimeOfDay(value.text))
}

/** Material for MkDocs: `date: { created: ..., updated: ... }`. */
function dateParts(matter: FrontMatter): ReadonlyMap<string, Value> | undefined {
  const [entry] = matter.found('date')
  return entry !== undefined && 'fields' in entry && entry.fields.has('created') ? entry.fields : undefined
}

function valuesOf(matter: FrontMatter, keys: readonly string[]): Value[] {
  return keys.flatMap(key => matter.found(key).flatMap(entry => ('text' in entry ? entry : [])))
}

function dateIn({ text }: Value, hints: Hints, language: string): Instant {
  return firstDate([text], hints, language) ?? readDate(text, hints, language)
}

function withLine<T>(line: number, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw error instanceof Unusable ? new Unusable(error.message, line) : error
  }
}

/** The key that was meant for one that is missing: `tilte`, `titel`. */
export function misspelt(matter: FrontMatter, meant: string, ...words: string[]): string | undefined {
  const known = new Set(words)
  return matter.keys.find(key => known.has(key.toLowerCase()) || isTypo(key, meant))
}

/** As of a feed's categories, the only one is the section. */
export function filedUnder(matter: FrontMatter): Pick<Draft, 'section' | 'keywords' | 'subjects'> {
  const [section, tags] = [matter.text('section')?.text, tagsIn(matter)]
  const categories = section === undefined ? namesOf(matter.found('category', 'categories')) : []
  const chosen = section ?? (categories.length === 1 ? categories[0] : undefined)
  return {
    ...(chosen !== undefined && { section: chosen }),
    keywords: [...categories.filter(name => name !== chosen), ...tags],
    subjects: matter.found(...matterKeys.subjects).flatMap(subjectOf),
  }
}

const relations = new Set<Relation>(['section', 'subject', 'keyword', 'person', 'organisation', 'place', 'product'])

function subjectOf(entry: Entry): Subject[] {
  const written = 'fields' in entry ? (entry.fields.get('rel')?.text as Relation | undefined) : undefined
  const rel = written !== undefined && relations.has(written) ? written : 'subject'
  return termOf(entry).map(term => ({ ...term, rel }))
}

/** A name, or a map with one. */
function termOf(entry: Entry): Term[] {
  if ('text' in entry) return [{ name: entry.text }]
  const field = (...keys: string[]) => keys.map(key => entry.fields.get(key)?.text).find(text => text !== undefined)
  const name = field('name', 'label')
  return name === undefined ? [] : [{ name, code: field('code', 'uri', 'qcode'), scheme: field('scheme') }]
}

function namesOf(entries: readonly Entry[]): string[] {
  return entries.flatMap(entry => {
    const text = 'text' in entry ? entry.text : (entry.fields.get('label') ?? entry.fields.get('name'))?.text
    return text ?? []
  })
}

/** A list, or one text with commas. */
function tagsIn(matter: FrontMatter): string[] {
  const entries = matter.list('tags')
  const nameless = entries.find(entry => namesOf([entry]).length === 0)
  if (nameless) throw new Unusable(`The front matter's "tags" should be text, and is a map.`, nameless.line)
  const tags = namesOf(entries.length > 0 ? entries : matter.found('tag', 'keywords', 'topics'))
  return (tags.length === 1 ? tags.flatMap(text => text.split(/[,،、，]/)) : tags)
    .map(tag => tag.trim())
    .filter(Boolean)
}

/** What the trade sorts and routes by. */
export function tradeFacts(matter: FrontMatter): Partial<Draft> {
  const one = (told: keyof typeof matterKeys) => wordsOf(matter.found(...matterKeys[told]))[0]
  const level = (told: 'urgency' | 'priority') => (/^[1-9]$/.test(one(told) ?? '') ? Number(one(told)) : undefined)
  return {
    slugline: one('slugline'),
    urgency: level('urgency'),
    priority: level('priority'),
    genres: matter.found(...matterKeys.genres).flatMap(termOf),
    byline: one('byline'),
    dateline: one('dateline'),
    place: one('place'),
    rights: one('rights'),
    copyrightHolder: one('copyrightHolder'),
    usageTerms: one('usageTerms'),
    edNote: one('edNote'),
  }
}

export function authorsIn(matter: FrontMatter, language: string): Party[] {
  const own = matter.list('author')
  if (own.length > 0) return own.flatMap(entry => authorIn(entry, login, language))
  const others = matter.found('authors').filter(entry => 'text' in entry || entry.fields.has('name'))
  if (others.length > 0) return listed(others).flatMap(entry => authorIn(entry, keyWord, language))
  return listed(matter.found('creator', 'writer', 'by')).flatMap(entry => authorIn(entry, login, language))
}

/** One text with the names of several: Pelican parts them by `;`, else by commas. */
function listed(entries: readonly Entry[]): Entry[] {
  const [only, ...more] = entries
  if (only === undefined || more.length > 0 || !('text' in only)) return [...entries]
  const names = only.text.split(only.text.includes(';') ? ';' : /,(?=\s)/).map(name => name.trim())
  // "Holm, Ida" is one person.
  const areNames = only.text.includes(';') || names.every(name => name.includes(' '))
  return areNames ? names.filter(Boolean).map(text => ({ ...only, text })) : [only]
}

/** Small letters with signs between them are what somebody logs in with. One word of them is a name that many go by. */
const login = /^@[a-z\d._-]+$|^[a-z\d]+[._-][a-z\d._-]+$|^\d+$/
/** Under `authors`, any word in small letters is a key of a list that the system has elsewhere: Docusaurus, Hugo. */
const keyWord = /^@?[a-z\d._-]+$/

/** `By Ida Holm and Bo Lund`, `[Ida Holm](https://...)`, `ida@... (Ida Holm)`: whom it names. */
function authorIn(entry: Entry, noName: RegExp, language: string): Party[] {
  if ('text' in entry) {
    const [, linked, url] = /^\[([^[\]]{1,200})\]\((https?:[^\s()]{1,1000})\)$/.exec(entry.text.trim()) ?? []
    const name = withoutWikiLinks(linked ?? entry.text)
      .replace(/ *[<(]?[^\s@<>()]+@[^\s@<>()]+\.[^\s@<>()]+[>)]?/, '')
      .trim()
      .replace(/^\(([^()]{1,200})\)$/, '$1')
    if (name === '' || noName.test(name)) return []
    if (url !== undefined) return [{ name, url }]
    const named = namesInByline(name, language)
    if (named.length > 0) return named.map(each => ({ name: each }))
    return isPenName(name) ? [{ name }] : []
  }
  const [name, url] = [entry.fields.get('name')?.text, entry.fields.get('url')?.text]
  if (name === undefined) throw new Unusable('An "author" of the front matter has no "name".', entry.line)
  return [url === undefined ? { name } : { name, url }]
}

/** Those of other systems, the most telling first. */
const [, ...pictures] = matterKeys.media

export function imagesIn(matter: FrontMatter): Media[] {
  const images = matter.list('image')
  if (images.length > 0) return images.flatMap(imageIn)
  return pictures.map(key => matter.found(key).flatMap(imageIn)).find(({ length }) => length > 0) ?? []
}

/** An address, or a map with one. */
function imageIn(entry: Entry): Media[] {
  if ('text' in entry) return isAddress(entry.text) ? [{ kind: 'image', url: entry.text }] : []
  const one = (...names: string[]) => names.map(name => entry.fields.get(name)?.text).find(text => text !== undefined)
  const url = one('url', 'src', 'path', 'href', 'image', 'teaser')
  return url === undefined || !isAddress(url)
    ? []
    : [{ kind: 'image', url, caption: one('caption'), credit: one('credit'), alt: one('alt') }]
}

/** Not `true`, a colour or a name; nor what only a build can find (`~/assets/a.png`, `@/a.png`). */
function isAddress(text: string): boolean {
  return /[./]/.test(text) && !/^[~@#]|\{[{%]/.test(text)
}
