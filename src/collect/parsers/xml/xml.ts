import { ALL_ENTITIES, COMMON_HTML, EntityDecoder } from '@nodable/entities'
import { XMLParser } from 'fast-xml-parser'
import { Unusable } from '../../../errors.ts'
import { withoutForbidden } from '../../../text.ts'
import { guardXml } from './xml-guard.ts'

/** An element as XML Namespaces sees it: prefixes do not matter. Comments and processing instructions are gone. */
export interface XmlElement {
  /** Without its prefix. */
  name: string
  /** A URI; empty for none. A prefix that nobody declared, as in broken feeds, stands for itself. */
  namespace: string
  /** By name; one with a prefix as `{URI}name`. Decoded once. */
  attributes: ReadonlyMap<string, string>
  /** In order; text is decoded once, CDATA is text. */
  children: (XmlElement | string)[]
  /** Counted from 1. */
  line: number
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  cdataPropName: '#cdata',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  // Decoded here, once; a DTD never comes so far.
  processEntities: false,
  maxNestedTags: Infinity,
  // Else it writes the path of every element.
  jPath: false,
  // It refuses elements called `constructor`, and renames those called `toString`. It asks twice about an empty one.
  transformTagName: name => (name.startsWith('<') ? name : `<${name}`),
})

/** A text, a CDATA section, or an element below its name. */
interface Ordered {
  [element: Tag]: Ordered[]
  '#text'?: string
  '#cdata'?: Ordered[]
  ':@'?: Readonly<Record<string, string>>
}

type Tag = `<${string}`

/**
 * The root element of a document, in linear time. Throws `Unusable`, with the line, for what is not well-formed, for any document type
 * declaration, for more than 256 nested elements or 500,000 parts. More lenient than XML 1.0 in three ways: HTML's named entities
 * are known, an ampersand that begins none is itself, a repeated attribute has its last value.
 */
export function readXml(text: string): XmlElement {
  const { document, lines } = guardXml(text)
  const parsed: Ordered[] = parser.parse(document)
  const root = readChildren(parsed, outermost, lines.values()).find(child => typeof child !== 'string')
  if (!root) throw new Unusable('The XML has no root element.')
  return root
}

/** `lines` are those of the elements to come. */
function readChildren(
  nodes: readonly Ordered[],
  scope: Scope,
  lines: Iterator<number, undefined>,
): XmlElement['children'] {
  const children: XmlElement['children'] = []
  let text = ''
  const endText = (): void => {
    if (text !== '') children.push(decoded(text))
    text = ''
  }
  for (const node of nodes) {
    const raw = node['#cdata']?.[0]?.['#text']
    if (node['#text'] !== undefined) text += node['#text']
    else if (raw === undefined) {
      endText()
      children.push(readElement(node, scope, lines))
    } else if (raw !== '') {
      endText()
      children.push(raw)
    }
  }
  endText()
  return children
}

/** Namespaces by prefix. A chain, not a copy: many elements with declarations of their own cost no more than what they say. */
interface Scope {
  namespaces: ReadonlyMap<string, string>
  outer?: Scope
}

export const xmlNamespace = 'http://www.w3.org/XML/1998/namespace'
const outermost: Scope = { namespaces: new Map([['xml', xmlNamespace]]) }
const none: ReadonlyMap<string, string> = new Map()

function readElement(node: Ordered, outer: Scope, lines: Iterator<number, undefined>): XmlElement {
  const line = lines.next().value ?? 1
  const [tag = '<'] = Object.keys(node) as Tag[]
  const written = node[':@'] ? decodedAttributes(node[':@']) : []
  const scope = scopeOf(written, outer)
  const [prefix, name] = split(tag.slice(1))
  return {
    name,
    namespace: namespaceOf(prefix, scope),
    attributes: attributesOf(written, scope),
    children: readChildren(node[tag] ?? [], scope, lines),
    line,
  }
}

type Attributes = readonly (readonly [name: string, value: string])[]

function decodedAttributes(written: Readonly<Record<string, string>>): Attributes {
  return Object.entries(written).map(([name, value]) => [name.slice(1), decoded(value)])
}

function scopeOf(written: Attributes, outer: Scope): Scope {
  const declared = written.filter(([name]) => isDeclaration(name))
  if (declared.length === 0) return outer
  return { outer, namespaces: new Map(declared.map(([name, uri]) => [name.slice('xmlns:'.length), uri.trim()])) }
}

function attributesOf(written: Attributes, scope: Scope): XmlElement['attributes'] {
  const kept = written.filter(([name]) => !isDeclaration(name))
  return kept.length === 0 ? none : new Map(kept.map(([name, value]) => [attributeName(name, scope), value]))
}

function isDeclaration(name: string): boolean {
  return name === 'xmlns' || name.startsWith('xmlns:')
}

function split(name: string): [prefix: string, local: string] {
  const colon = name.indexOf(':')
  return [name.slice(0, Math.max(colon, 0)), name.slice(colon + 1)]
}

/** XML Namespaces 1.0, 6.2: the default namespace does not apply to attributes. */
function attributeName(name: string, scope: Scope): string {
  const [prefix, local] = split(name)
  return prefix === '' ? local : `{${namespaceOf(prefix, scope)}}${local}`
}

function namespaceOf(prefix: string, scope: Scope): string {
  for (let at: Scope | undefined = scope; at; at = at.outer) {
    const uri = at.namespaces.get(prefix)
    if (uri !== undefined) return uri
  }
  return prefix
}

// What the package leaves out of HTML's.
const furtherEntities = {
  ensp: '\u2002',
  emsp: '\u2003',
  thinsp: '\u2009',
  zwnj: '\u200c',
  zwj: '\u200d',
  lrm: '\u200e',
  rlm: '\u200f',
  sbquo: '‚',
  lsaquo: '‹',
  rsaquo: '›',
  dagger: '†',
  Dagger: '‡',
  permil: '‰',
}

// There is never a DTD to register entities from; should one come, it is blocked.
const entities = new EntityDecoder({
  namedEntities: { ...furtherEntities, ...COMMON_HTML, ...ALL_ENTITIES },
  onInputEntity: () => 'block',
  onExternalEntity: () => 'block',
})

/** Text with its references decoded, once. They may bring back what the text was cleaned of. */
export function decoded(text: string): string {
  return text.includes('&') ? withoutForbidden(entities.decode(text)) : text
}

/** The elements right below, by name; of any namespace where none is given. */
export function childrenOf(parent: XmlElement | undefined, name: string, namespace?: string): XmlElement[] {
  return elementsOf(parent).filter(
    child => child.name === name && (namespace === undefined || child.namespace === namespace),
  )
}

export function childOf(parent: XmlElement | undefined, name: string, namespace?: string): XmlElement | undefined {
  return childrenOf(parent, name, namespace)[0]
}

export function elementsOf(parent: XmlElement | undefined): XmlElement[] {
  return parent?.children.filter(child => typeof child !== 'string') ?? []
}

/** All text in it, also that of elements inside, as it stands. */
export function textOf(element: XmlElement): string {
  const pieces: string[] = []
  const collect = (child: XmlElement | string): void => {
    if (typeof child === 'string') pieces.push(child)
    else child.children.forEach(collect)
  }
  collect(element)
  return pieces.join('')
}
