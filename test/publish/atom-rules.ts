import { XmlElement, type XmlDocument } from 'libxml2-wasm'

const atom = 'http://www.w3.org/2005/Atom'
const xhtml = 'http://www.w3.org/1999/xhtml'

/** What an element of Atom may hold and must say. Elements of other namespaces are allowed wherever elements are. */
interface Rule {
  /** Exactly one of each. */
  one?: readonly string[]
  /** At most one of each. */
  maybe?: readonly string[]
  any?: readonly string[]
  required?: readonly string[]
  attributes?: readonly string[]
  /** `container`: elements alone. `text`: a text construct (3.1). `plain`: text alone. `content`: 4.1.3. `open`: what it likes (4.2.2, 4.2.7). */
  holds: 'container' | 'text' | 'plain' | 'content' | 'open'
}

const entry: Rule = {
  one: ['id', 'title', 'updated'],
  maybe: ['content', 'published', 'rights', 'source', 'summary'],
  any: ['author', 'category', 'contributor', 'link'],
  holds: 'container',
}
const head = {
  maybe: ['generator', 'icon', 'logo', 'rights', 'subtitle'],
  any: ['author', 'category', 'contributor', 'link'],
}
const person: Rule = { one: ['name'], maybe: ['uri', 'email'], holds: 'container' }
const text: Rule = { attributes: ['type'], holds: 'text' }
const plain: Rule = { holds: 'plain' }

/** RFC 4287, sections 3 and 4, as far as it can be said of one element; by its name. */
const rules: Readonly<Record<string, Rule>> = {
  feed: { one: ['id', 'title', 'updated'], ...head, any: [...head.any, 'entry'], holds: 'container' },
  entry,
  source: { maybe: [...head.maybe, 'id', 'title', 'updated'], any: head.any, holds: 'container' },
  author: person,
  contributor: person,
  title: text,
  subtitle: text,
  summary: text,
  rights: text,
  content: { attributes: ['type', 'src'], holds: 'content' },
  category: { required: ['term'], attributes: ['scheme', 'label'], holds: 'open' },
  link: { required: ['href'], attributes: ['rel', 'type', 'hreflang', 'title', 'length'], holds: 'open' },
  generator: { attributes: ['uri', 'version'], holds: 'plain' },
  ...Object.fromEntries(
    ['id', 'icon', 'logo', 'uri', 'email', 'name', 'updated', 'published'].map(name => [name, plain]),
  ),
}

/** What RFC 4287 does not allow in an Atom feed: which element where, how often, with which attributes and what text. */
export function atomGrammarFaults(document: XmlDocument): string[] {
  const { root } = document
  if (root.namespaceUri !== atom || root.name !== 'feed') return ['is no Atom feed']
  return [...faultsOf(root), ...lateFaults(document)]
}

function faultsOf(element: XmlElement): string[] {
  const { name } = element
  const rule = rules[name]
  if (rule === undefined) return [`${place(element)}: Atom knows no element ${name}`]
  const inner = elementsIn(element)
  const ours = inner.filter(each => each.namespaceUri === atom)
  const allowed = rule.holds === 'container' ? ours.filter(each => mayHold(rule, each.name)) : []
  return [
    ...attributeFaults(element, rule),
    ...countFaults(element, rule, ours),
    ...ours.filter(each => !allowed.includes(each)).map(each => `${place(each)}: not allowed in ${name}`),
    ...allowed.flatMap(faultsOf),
    ...heldFaults(element, rule, inner),
  ]
}

function mayHold({ one = [], maybe = [], any = [] }: Rule, name: string): boolean {
  return one.includes(name) || maybe.includes(name) || any.includes(name)
}

function attributeFaults(element: XmlElement, { required = [], attributes = [] }: Rule): string[] {
  const names = element.attrs.filter(each => each.namespaceUri === '').map(each => each.name)
  return [
    ...required.filter(name => !names.includes(name)).map(name => `${place(element)}: no attribute ${name}`),
    ...names
      .filter(name => !required.includes(name) && !attributes.includes(name))
      .map(name => `${place(element)}: an attribute ${name}`),
  ]
}

function countFaults(element: XmlElement, { one = [], maybe = [] }: Rule, ours: readonly XmlElement[]): string[] {
  const count = (name: string): number => ours.filter(each => each.name === name).length
  return [
    ...one.filter(name => count(name) !== 1).map(name => `${place(element)}: ${count(name)} of ${name}, not one`),
    ...maybe.filter(name => count(name) > 1).map(name => `${place(element)}: more than one ${name}`),
  ]
}

function heldFaults(element: XmlElement, { holds }: Rule, inner: readonly XmlElement[]): string[] {
  const type = element.attr('type')?.value ?? 'text'
  if (holds === 'container') return hasText(element) ? [`${place(element)}: text between elements`] : []
  if (holds === 'plain') return inner.length > 0 ? [`${place(element)}: an element in plain text`] : []
  if (holds === 'open') return []
  if (holds === 'content' && element.attr('src') !== null) {
    return inner.length > 0 || hasText(element) ? [`${place(element)}: src and content at once`] : []
  }
  if (type === 'xhtml') {
    const isDiv = inner.length === 1 && inner[0]?.name === 'div' && inner[0].namespaceUri === xhtml
    return isDiv && !hasText(element) ? [] : [`${place(element)}: XHTML that is not one div`]
  }
  const isKnown = type === 'text' || type === 'html' || (holds === 'content' && type.includes('/'))
  if (!isKnown) return [`${place(element)}: ${type} is no type of text`]
  const mayBeMarkup = holds === 'content' && /[/+]xml$/i.test(type)
  return inner.length > 0 && !mayBeMarkup ? [`${place(element)}: markup that is not escaped`] : []
}

/** By the schema of the RFC's appendix what belongs to the feed comes before its entries. */
function lateFaults(document: XmlDocument): string[] {
  const late = document.find('/a:feed/a:entry/following-sibling::a:*[not(self::a:entry)]', { a: atom })
  return late.map(node => `${(node as XmlElement).name} after an entry`)
}

function elementsIn(element: XmlElement): XmlElement[] {
  return element.find('*').filter(node => node instanceof XmlElement)
}

function hasText(element: XmlElement): boolean {
  return element.find('text()[normalize-space() != ""]').length > 0
}

function place(element: XmlElement): string {
  return `line ${element.line}, ${element.name}`
}
