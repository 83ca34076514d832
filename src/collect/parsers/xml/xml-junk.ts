import { rootName } from './xml-tokens.ts'

/** A document as it was meant. */
export interface Trimmed {
  text: string
  /** What was amiss, a sentence each. */
  warnings: string[]
}

const beginning =
  /<\?xml\s|<(?:rss|feed|(?:\w{1,20}:)?RDF|newsMessage|newsItem|packageItem|knowledgeItem|nitf|NewsML)\b/
/** Roots of documents that hold articles; what stands around any other is not looked at. */
const roots = new Set('rss feed RDF newsMessage newsItem packageItem knowledgeItem nitf NewsML'.split(' '))
/** Characters that a cache or a failing script may have written around it; more is a text that quotes a document. */
const mostJunk = 2000

/**
 * An XML document without what a cache, a counter or a failing script wrote before its declaration and behind its root, with a word on that, on
 * ampersands that nobody escaped and on entities of HTML, as which both are read. Any other text as it is. Linear time.
 */
export function withoutJunk(text: string): Trimmed {
  const start = text.slice(0, mostJunk + 20).search(beginning)
  const name = start < 0 ? undefined : rootName(text.slice(start, start + 8192))
  if (name === undefined || !roots.has(name)) return { text, warnings: [] }
  const end = endOfRoot(text, name)
  if (end <= start) return { text, warnings: [] }
  const [before, behind] = [text.slice(0, start).trim(), text.slice(end)]
  // A declaration of a document's type is none: whoever reads it refuses what it defines.
  if (/<!DOCTYPE/i.test(before)) return { text, warnings: [] }
  if (before !== '' && behind.trim().length > mostJunk) return { text, warnings: [] }
  const isJunk = !/^(?:\s|<!--(?:(?!-->)[^])*-->|<\?(?:(?!\?>)[^])*\?>)*$/.test(behind.slice(0, 10_000))
  const document = text.slice(start, isJunk ? end : undefined)
  const warnings = [
    ...(before === '' ? [] : ['Something stands before the XML: it was left out.']),
    ...(isJunk ? ['Something stands behind the root element of the XML: it was left out.'] : []),
    ...referenceFaults(document),
  ]
  return { text: document, warnings }
}

/** Behind the last end tag of that name, whatever its prefix; zero where there is none. */
function endOfRoot(text: string, name: string): number {
  const last = text.lastIndexOf(`${name}>`)
  const isTag = last >= 0 && /<\/(?:\w{1,20}:)?$/.test(text.slice(Math.max(0, last - 24), last))
  return isTag ? last + name.length + 1 : 0
}

/** CDATA needs no escapes, and its ends are looked for but once. */
function referenceFaults(document: string): string[] {
  const escaped = document
    .split('<![CDATA[')
    .map((part, index) => (index === 0 ? part : part.slice(part.indexOf(']]>') + 3)))
    .join('')
  const bare = /&(?!#\d{1,7};|#[xX][\da-fA-F]{1,6};|[A-Za-z][\w.-]{0,40};)/.test(escaped)
  const entity = /&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z][\w.-]{0,40};/.exec(escaped)?.[0]
  return [
    ...(bare ? ['The XML has an ampersand that is not escaped: it was read as one.'] : []),
    ...(entity === undefined ? [] : [`The XML has entities of HTML (${entity}): they were read as there.`]),
  ]
}
