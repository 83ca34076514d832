import { Unusable } from '../../../errors.ts'
import { cleanText, fold, linesOf } from '../../../text.ts'
import type { Draft } from '../draft.ts'
import { paragraphsOf } from '../paragraphs.ts'
import { htmlInside, withoutTags } from '../xml/xml-markup.ts'
import { childOf, childrenOf, elementsOf, textOf, type XmlElement } from '../xml/xml.ts'
import { nitfContent, type ItemContent } from '../nitf/content.ts'
import { codeOf, languageIn, natureOf, preferredText } from './values.ts'

/** The text of an item: markup before plain text, in the article's language where there are several. Throws `Unusable` where there is none. */
export function contentOf(
  item: XmlElement,
  language: string | undefined,
  title: string | undefined,
): ItemContent & { described?: string } {
  const set = childOf(item, 'contentSet')
  const markup = inLanguage(childrenOf(set, 'inlineXML'), language).flatMap(
    inline => readMarkup(inline, title) ?? [],
  )[0]
  if (markup) return markup
  const data = inLanguage(childrenOf(set, 'inlineData'), language)
  const inline = data.find(isHtml) ?? data.find(isPlain)
  if (inline) return { body: readData(inline), media: [] }
  const described = natureOf(item) === undefined ? undefined : descriptionOf(item, language)
  if (described === undefined) throw new Unusable(`The news item has no text: ${holdings(set)}.`)
  return { body: { paragraphs: [described] }, media: [], described }
}

/** Those in the language first. */
function inLanguage(elements: readonly XmlElement[], language: string | undefined): XmlElement[] {
  const other = (element: XmlElement): number =>
    Number(language !== undefined && ![undefined, language].includes(languageIn(element)))
  return elements.toSorted((a, b) => other(a) - other(b))
}

function descriptionOf(item: XmlElement, language: string | undefined): string | undefined {
  return preferredText(childrenOf(childOf(item, 'contentMeta'), 'description'), language, 'caption')
}

function holdings(set: XmlElement | undefined): string {
  const names = new Set(elementsOf(set).map(({ name, attributes }) => attributes.get('contenttype') ?? name))
  return names.size === 0 ? 'its content is empty' : `its content is ${[...names].slice(0, 5).join(', ').slice(0, 200)}`
}

/** XHTML as a page or a piece of one, or NITF; undefined for other vocabularies, or where there is nothing in it. */
function readMarkup(inline: XmlElement, title: string | undefined): ItemContent | undefined {
  const [first] = elementsOf(inline)
  if (first === undefined || textOf(inline).trim() === '') return undefined
  if (first.name === 'nitf') return nitfContent(first)
  if (first.name === 'html') return pageContent(childOf(first, 'body') ?? first, title)
  return pieces.has(first.name)
    ? { body: { html: htmlInside(first.name === 'body' ? first : inline) }, media: [] }
    : undefined
}

/**
 * An XHTML page as agencies send it: its `header` says again what the metadata say (headline, keywords, time, byline), its `footer` is a
 * notepad for editors. Neither is the text, unless there is no other.
 */
function pageContent(body: XmlElement, title: string | undefined): ItemContent {
  const isTitle = (element: XmlElement): boolean =>
    element.name === 'h1' && title !== undefined && fold(textOf(element)) === fold(title)
  const html = htmlInside(body, (name, element) => (isBeside(element) || isTitle(element) ? undefined : name))
  const bylines = elementsOf(body).filter(isBeside).flatMap(bylinesIn)
  const isAll = /\S/.test(withoutTags(html))
  return { body: { html: isAll ? html : htmlInside(body) }, media: [], ...(bylines.length > 0 && { bylines }) }
}

function isBeside({ name, attributes }: XmlElement): boolean {
  return name === 'header' || name === 'footer' || forEditors.test(attributes.get('class') ?? '')
}

const forEditors =
  /(?:^|\s)(?:notepad|noticepad|ednote|editors?-?note|editorial-?note|nonpublic|not-?for-?publication|internal)(?:\s|$)/i

function bylinesIn(element: XmlElement): string[] {
  return elementsOf(element).flatMap(child =>
    /(?:^|\s)(?:byline|author)(?:\s|$)/i.test(child.attributes.get('class') ?? '') ? [textOf(child)] : bylinesIn(child),
  )
}

const pieces = new Set('body div section article main p h1 h2 h3 h4 ul ol dl table figure blockquote pre'.split(' '))

function isHtml({ attributes }: XmlElement): boolean {
  return /^\s*(?:text\/html|application\/xhtml\+xml)\b/i.test(attributes.get('contenttype') ?? '')
}

function isPlain({ attributes }: XmlElement): boolean {
  return /^\s*text\/plain\b/i.test(attributes.get('contenttype') ?? 'text/plain')
}

function readData(inline: XmlElement): Draft['body'] {
  const text = decodeData(inline)
  return isHtml(inline) ? { html: text } : { paragraphs: paragraphsOf(linesOf(text)) }
}

function decodeData(inline: XmlElement): string {
  const encoding = codeOf(inline, 'encoding')
  const text = textOf(inline)
  if (encoding === undefined) return text
  if (encoding !== 'base64')
    throw new Unusable(`The text is encoded as "${encoding.slice(0, 40)}", which is not read.`, inline.line)
  try {
    return cleanText(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(text, 'base64')))
  } catch {
    throw new Unusable('The text in base64 is not UTF-8.', inline.line)
  }
}
