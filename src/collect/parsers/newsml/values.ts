import type { Media } from '../../../article.ts'
import { kindsByNature } from '../renditions.ts'
import { childOf, childrenOf, textOf, xmlNamespace, type XmlElement } from '../xml/xml.ts'

/** The text of a property; undefined for none. */
export function valueOf(element: XmlElement | undefined): string | undefined {
  const text = element === undefined ? '' : textOf(element).trim()
  return text === '' ? undefined : text
}

/**
 * What an IPTC code says, in lower case, whatever alias its vocabulary has in this document and whether it is a QCode or a URI:
 * `stat:canceled` and `http://cv.iptc.org/newscodes/pubstatusg2/canceled` -> `canceled`. `attribute` is that of the QCode.
 */
export function codeOf(element: XmlElement | undefined, attribute = 'qcode'): string | undefined {
  const attributes = element?.attributes
  const uri = attribute === 'qcode' ? 'uri' : `${attribute}uri`
  const written =
    attributes?.get(attribute) ??
    attributes?.get(uri) ??
    (attribute === 'qcode' ? attributes?.get('literal') : undefined)
  return written?.trim().split(/[:/#]/).at(-1)?.toLowerCase()
}

/** "The date and/or place of creation": the place only where it stands alone, without the agency behind it. */
export function placeOfDateline(dateline: XmlElement | undefined): string | undefined {
  const written = valueOf(dateline)
  return placeIn(written)
}

/** Undefined where a day, or in brackets of East Asia an agency, stands with it. */
export function placeIn(written: string | undefined): string | undefined {
  if (written === undefined || /\d|[【】]/.test(written)) return undefined
  return written.replace(/[\s.,:–—-]{1,9}$/, '').replace(/ ?\([^()]*\)$/, '') || undefined
}

export function languageIn(element: XmlElement): string | undefined {
  return element.attributes.get(`{${xmlNamespace}}lang`)
}

/** The text of the property that is in the article's language, and has this role or none; else of the first. */
export function preferredText(
  elements: readonly XmlElement[],
  language: string | undefined,
  role: string,
): string | undefined {
  const told = elements.filter(element => valueOf(element) !== undefined)
  const fitting = told.filter(element => [undefined, role].includes(codeOf(element, 'role')))
  const inLanguage = (list: readonly XmlElement[]): XmlElement | undefined =>
    list.find(element => speaks(element, language))
  return valueOf(inLanguage(fitting) ?? fitting[0] ?? inLanguage(told) ?? told[0])
}

/** A concept's or party's name in the article's language, else its first, else what stands for it. */
export function nameOf(element: XmlElement | undefined, language: string | undefined): string | undefined {
  return preferredText(childrenOf(element, 'name'), language, 'main') ?? element?.attributes.get('literal')
}

function primary(tag: string | undefined): string | undefined {
  return tag?.toLowerCase().split('-', 1)[0]
}

function speaks(element: XmlElement, language: string | undefined): boolean {
  const spoken = primary(languageIn(element))
  return spoken === undefined || language === undefined || spoken === primary(language)
}

/** IPTC's ranks go from 1 to 9. */
export function rankOf(written: string | undefined): number | undefined {
  return written !== undefined && /^\s*[1-9]\s*$/.test(written) ? Number(written) : undefined
}

/** Undefined for a text. */
export function natureOf(item: XmlElement): Media['kind'] | undefined {
  return kindsByNature.get(codeOf(childOf(childOf(item, 'itemMeta'), 'itemClass')) ?? '')
}
