import { plainOf, textOfHtml } from '../plain.ts'
import { webAddress } from '../web-address.ts'
import { htmlInside } from '../xml/xml-markup.ts'
import { elementsOf, textOf, type XmlElement } from '../xml/xml.ts'

/** By the prefix that everybody uses, which stands for itself where a feed forgot to declare it. */
const namespaces = {
  atom: ['http://www.w3.org/2005/Atom', 'http://purl.org/atom/ns#', 'atom', 'a10'],
  at: ['http://purl.org/atompub/tombstones/1.0', 'at'],
  content: ['http://purl.org/rss/1.0/modules/content/', 'content'],
  dc: ['http://purl.org/dc/elements/1.1/', 'dc'],
  dcterms: ['http://purl.org/dc/terms/', 'dcterms'],
  excerpt: ['http://wordpress.org/export/1.2/excerpt/', 'http://wordpress.org/export/1.1/excerpt/', 'excerpt'],
  fh: ['http://purl.org/syndication/history/1.0', 'fh'],
  itunes: ['http://www.itunes.com/dtds/podcast-1.0.dtd', 'itunes'],
  media: ['http://search.yahoo.com/mrss/', 'http://search.yahoo.com/mrss', 'media'],
  wp: ['http://wordpress.org/export/1.2/', 'http://wordpress.org/export/1.1/', 'wp'],
} as const

/** RSS 2.0 has none, 1.0 and 0.90 have; some invented one. */
const rssNamespace =
  /^$|^https?:\/\/(?:purl\.org\/rss\/1\.0\/$|(?:my|channel)\.netscape\.com\/|backend\.userland\.com\/)/i

export type Vocabulary = keyof typeof namespaces | 'rss'

/** The elements right below that are `name` in a vocabulary. */
export function all(parent: XmlElement | undefined, vocabulary: Vocabulary, name: string): XmlElement[] {
  return elementsOf(parent).filter(child => child.name === name && belongs(child.namespace, vocabulary))
}

export function one(parent: XmlElement | undefined, vocabulary: Vocabulary, name: string): XmlElement | undefined {
  return all(parent, vocabulary, name)[0]
}

function belongs(namespace: string, vocabulary: Vocabulary): boolean {
  if (vocabulary === 'rss') return rssNamespace.test(namespace)
  const known: readonly string[] = namespaces[vocabulary]
  return known.includes(namespace)
}

/** The texts of such elements, but for blank ones. */
export function textsOf(parent: XmlElement | undefined, vocabulary: Vocabulary, name: string): string[] {
  return all(parent, vocabulary, name)
    .map(element => textOf(element).trim())
    .filter(text => text !== '')
}

export function textIn(parent: XmlElement | undefined, vocabulary: Vocabulary, name: string): string | undefined {
  return textsOf(parent, vocabulary, name)[0]
}

/** An attribute that is not blank. */
export function attribute(element: XmlElement | undefined, name: string): string | undefined {
  const value = element?.attributes.get(name)?.trim()
  return value === '' ? undefined : value
}

/** HTML that stands in an element, escaped as it should be or as elements of its own. */
export function markupIn(element: XmlElement | undefined): string | undefined {
  if (!element) return undefined
  const markup = elementsOf(element).length > 0 ? htmlInside(element) : withoutMarks(textOf(element))
  return markup.trim() === '' ? undefined : markup
}

/** Marks of CDATA that were escaped themselves: they were meant to be none of the text. */
function withoutMarks(text: string): string {
  const [, inside] = /^\s{0,100}<!\[CDATA\[([^]*)$/.exec(text) ?? []
  return inside === undefined ? text : inside.replace(/\]\]>\s{0,100}$/, '')
}

/** Plain text that stands in an element, or in markup inside of it. */
export function plainIn(element: XmlElement | undefined): string | undefined {
  const markup = markupIn(element)
  return element && markup !== undefined && elementsOf(element).length > 0
    ? textOfHtml(markup)
    : markup && plainOf(markup)
}

const xml = '{http://www.w3.org/XML/1998/namespace}'

/** The nearest `xml:lang` of elements from the outermost inwards. */
export function languageOf(path: readonly (XmlElement | undefined)[]): string | undefined {
  return path.map(element => attribute(element, `${xml}lang`)).findLast(language => language !== undefined)
}

/** The base that the `xml:base`s of elements, from the outermost inwards, give together. */
export function baseOf(path: readonly (XmlElement | undefined)[], base?: string): string | undefined {
  return path.reduce((outer, element) => webAddress(attribute(element, `${xml}base`), outer) ?? outer, base)
}
