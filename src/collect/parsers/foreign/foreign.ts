import { Unusable } from '../../../errors.ts'
import type { Parser } from '../draft.ts'
import { rootName } from '../xml/xml-tokens.ts'
import { isCode } from './code.ts'
import { isMail } from './mail.ts'
import { isChat, isLog, isSettings, isTable } from './records.ts'

const markup = /^\s*<\?xml\s/i

/** Documents that are known, and hold no article by themselves. */
const known: ReadonlyMap<string, string> = new Map([
  ['opml', 'a list of feeds (OPML)'],
  ['urlset', 'a sitemap'],
  ['sitemapindex', 'a list of sitemaps'],
  ['svg', 'a picture (SVG)'],
  ['gpx', 'a track (GPX)'],
  ['kml', 'a map (KML)'],
  ['plist', 'a list of properties'],
])

/** An XML or JSON document that no format knows: its first line is no headline, and the reason says what it is. */
export const foreign: Parser = {
  recognises: text => markup.test(text) || known.has(rootName(text) ?? '') || isJson(text),
  parse: text => {
    const root = rootName(text)
    if (root === undefined)
      throw new Unusable(
        `The ${isJson(text) ? 'JSON' : 'XML'}${isEnvelope(text) ? ' (a list of items in an envelope)' : ''} is in none of the formats read here.`,
      )
    throw new Unusable(
      `The XML document "${root.slice(0, 40)}" is ${known.get(root) ?? 'in none of the formats read here'}.`,
    )
  },
}

/** By its beginning: a headline may begin with a bracket, but hardly with a quoted name or nothing else behind it. */
function isJson(text: string): boolean {
  return /^\s*(?:\{\s*"(?:[^"\\\n]|\\.){1,200}"\s*:|\[\s*[[{]\s*["[{])/.test(text.slice(0, 4096))
}

function isEnvelope(text: string): boolean {
  return isJson(text) && /:\s*\[\s*\{/.test(text.slice(0, 4096))
}

/** Characters and lines from the beginning by which a text is told. */
const looked = { characters: 32_000, lines: 200 }

/** What begins with a mark of its own. */
const marks: readonly (readonly [RegExp, string])[] = [
  [/^BEGIN:VCARD\b/i, 'an address card (vCard)'],
  [/^BEGIN:V(?:CALENDAR|EVENT|TODO|JOURNAL)\b/i, 'a calendar (iCalendar)'],
  [/^-----BEGIN [A-Z0-9 ]{1,60}-----/, 'a key, a certificate or an encrypted message'],
  [/^WEBVTT\b|^\d{1,4}\n\d\d:\d\d:\d\d[,.]\d{3} -->/, 'subtitles'],
  [/^#EXTM3U\b|^\[playlist\]/i, 'a list of media'],
  [/^begin [0-7]{3,4} \S/, 'an encoded file'],
  [/^<\?php\b/i, 'source code (PHP)'],
  [/^HTTP\/[\d.]{1,3} \d{3}\b/, 'an answer of a web server with its headers'],
]

/** Documents in marks of their own that hold an article, and would be read as a page dump with those marks in it. */
const unread: readonly (readonly [RegExp, string])[] = [
  [/^#\+[a-z_]{3,30}:[^\n]*\n/i, 'Org mode'],
  [/^(?:([=#*~^"'-])\1{2,}\n)?[^\n]{1,300}\n([=#*~^"'-])\2{2,}\n+(?::[\w -]{1,40}:[^\n]*\n){1,40}/, 'reStructuredText'],
  [/^(?::[\w -]{1,40}: [^\n]*\n){2}|^\.\. [\w-]{1,40}::/, 'reStructuredText'],
  [/^= [^\n]{1,300}\n(?:[^\n]{1,200}\n){0,3}:[\w-]{1,40}:/, 'AsciiDoc'],
]

const kinds: readonly (readonly [(lines: readonly string[]) => boolean, string])[] = [
  [isMail, 'an e-mail with its headers'],
  [isTable, 'a table of records (CSV or the like)'],
  [isChat, 'a chat'],
  [isLog, 'a log'],
  [isSettings, 'a file of settings'],
  [isCode, 'source code'],
]

/** Plain text that a person would not call an article, whatever its first line says: undefined for what may be one. */
export const foreignText: Parser = {
  recognises: text => unreadIn(text) !== undefined || kindOf(text) !== undefined,
  parse: text => {
    const marking = unreadIn(text)
    if (marking !== undefined) throw new Unusable(`The file is in ${marking}, which is none of the formats read here.`)
    throw new Unusable(`The file is ${kindOf(text)}, and no article: the source's "include" can leave it out.`)
  },
}

function unreadIn(text: string): string | undefined {
  const beginning = text.slice(0, 4_000).trimStart()
  return unread.find(([form]) => form.test(beginning))?.[1]
}

function kindOf(text: string): string | undefined {
  const beginning = text.slice(0, looked.characters).trimStart()
  const mark = marks.find(([form]) => form.test(beginning))
  if (mark !== undefined) return mark[1]
  // Front matter, markup and JSON have parsers of their own.
  if (/^(?:---\s|\+\+\+\s|[<{]|\[\s*[{[])/.test(beginning)) return undefined
  const all = beginning.split('\n')
  // The last one may be cut.
  const lines = (text.length > looked.characters ? all.slice(0, -1) : all).slice(0, looked.lines)
  return kinds.find(([is]) => is(lines))?.[1]
}
