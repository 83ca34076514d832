import { Unusable } from '../../../errors.ts'

/** A piece of an XML document: from `at` up to `end`, in UTF-16 units. */
export type Token = Tag | { at: number; end: number; close: string } | { at: number; end: number; section: Section }

/** A start tag, or that of an empty element. */
export interface Tag {
  at: number
  end: number
  open: string
  /** How many. */
  attributes: number
  empty: boolean
}

type Section = 'text' | keyof typeof sections

const sections = {
  comment: ['<!--', '-->'],
  'CDATA section': ['<![CDATA[', ']]>'],
  'processing instruction': ['<?', '?>'],
} as const

/**
 * What a document consists of, in order and without a gap. Every character is looked at a fixed number of times.
 * Throws `Unusable`, with the line, where something begun never ends, for a tag that is not well-formed and for a DTD.
 */
export function* tokensOf(text: string): Generator<Token> {
  let at = 0
  while (at < text.length) {
    const mark = text.indexOf('<', at)
    const end = mark < 0 ? text.length : mark
    if (end > at) yield { at, end, section: 'text' }
    if (mark < 0) return
    const token = sectionAt(text, mark) ?? closeTagAt(text, mark) ?? openTagAt(text, mark)
    yield token
    at = token.end
  }
}

function sectionAt(text: string, at: number): Token | undefined {
  let section: keyof typeof sections
  for (section in sections) {
    const [begin, end] = sections[section]
    if (!text.startsWith(begin, at)) continue
    const stop = text.indexOf(end, at + begin.length)
    if (stop < 0) throw fault(text, at, `A ${section} never ends.`)
    return { at, end: stop + end.length, section }
  }
  if (text.startsWith('<!', at)) throw fault(text, at, 'The XML has a document type declaration (DTD).')
  return undefined
}

const name = String.raw`[^\s<>/=!?'"&]+`
// fast-xml-parser copies a tag's tabs one by one, at thirty bytes each.
const blank = String.raw`\s{0,250}`
const closeTag = new RegExp(String.raw`</(${name})\s*>`, 'y')
const openTag = new RegExp(`<(${name})`, 'y')
const attribute = new RegExp(`${blank}${name}${blank}=${blank}(?:"[^"<]*"|'[^'<]*')`, 'y')
const tagEnd = new RegExp(`${blank}(/?)>`, 'y')
const mostAttributes = 1000

function closeTagAt(text: string, at: number): Token | undefined {
  const found = matchAt(closeTag, text, at)
  return found?.[1] === undefined ? undefined : { at, end: closeTag.lastIndex, close: found[1] }
}

function openTagAt(text: string, at: number): Tag {
  const open = matchAt(openTag, text, at)?.[1]
  if (open === undefined) throw fault(text, at, 'A "<" begins no tag.')
  let next = at + 1 + open.length
  let attributes = 0
  for (let found = matchAt(attribute, text, next); found; found = matchAt(attribute, text, next)) {
    next += found[0].length
    attributes++
    if (attributes > mostAttributes) throw fault(text, at, `A tag has more than ${mostAttributes} attributes.`)
  }
  const end = matchAt(tagEnd, text, next)
  if (!end) throw fault(text, next, `The tag of "${open.slice(0, 60)}" is not well-formed.`)
  return { at, end: next + end[0].length, open, attributes, empty: end[1] === '/' }
}

function matchAt(sticky: RegExp, text: string, at: number): RegExpExecArray | null {
  sticky.lastIndex = at
  return sticky.exec(text)
}

/** With the line of a place in the text. */
export function fault(text: string, at: number, message: string): Unusable {
  let line = 1
  for (let next = text.indexOf('\n'); next !== -1 && next < at; next = text.indexOf('\n', next + 1)) line++
  return new Unusable(message, line)
}

const prologPart = /\s*(?:<\?[^]*?\?>|<!--[^]*?-->)/y
const rootTag = /\s*<(?:!DOCTYPE\s+)?(?:[^\s<>/=!?'"&:]+:)?([^\s<>/=!?'"&:]+)/iy

/** The local name of the root element as far as the first 4,096 characters tell: of its tag, or of the DTD in front of it. */
export function rootName(text: string): string | undefined {
  const beginning = text.slice(0, 4096)
  let next = 0
  for (let part = matchAt(prologPart, beginning, next); part; part = matchAt(prologPart, beginning, next)) {
    next += part[0].length
  }
  return matchAt(rootTag, beginning, next)?.[1]
}
