import { decoded, xmlNamespace, type XmlElement } from './xml.ts'

/** HTML's elements without an end tag: a `<br></br>` would be two line breaks. */
const empty = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '))

/** The element's name in HTML: empty where only what it holds is of use, undefined where not even that. */
export type Rename = (name: string, element: XmlElement) => string | undefined

/** What stands in an XHTML element, or one of another vocabulary, as HTML, unsafe: without prefixes, and attributes of other namespaces. */
export function htmlInside(element: XmlElement, rename: Rename = name => name): string {
  const pieces: string[] = []
  writeInside(element, rename, pieces)
  return pieces.join('')
}

function writeInside({ children }: XmlElement, rename: Rename, pieces: string[]): void {
  for (const child of children) {
    if (typeof child === 'string') pieces.push(escapeText(child))
    else write(child, rename, pieces)
  }
}

function write(element: XmlElement, rename: Rename, pieces: string[]): void {
  const name = rename(element.name, element)
  if (name === undefined) return
  if (name !== '')
    pieces.push('<', name, ...Array.from(element.attributes, ([key, value]) => attributeOf(key, value)), '>')
  writeInside(element, rename, pieces)
  if (name !== '' && !empty.has(name.toLowerCase())) pieces.push('</', name, '>')
}

function attributeOf(key: string, value: string): string {
  const name = key === `{${xmlNamespace}}lang` ? 'lang' : key
  return name.startsWith('{') ? '' : ` ${name}="${escapeText(value)}"`
}

/** For text between tags and for the value of an attribute. */
function escapeText(text: string): string {
  return text.replace(/[&<>"]/g, character => escapes[character] ?? '')
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** The text of a short piece of HTML: tags gone, references decoded. In linear time, whatever it is. */
export function withoutTags(html: string): string {
  return decoded(html.replace(/<\/?[a-z!][^<>]*>/gi, ' '))
}
