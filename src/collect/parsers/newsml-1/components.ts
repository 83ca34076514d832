import type { Media } from '../../../article.ts'
import { Unusable } from '../../../errors.ts'
import { linesOf } from '../../../text.ts'
import type { Draft } from '../draft.ts'
import { valueOf } from '../newsml/values.ts'
import { amount, nitfContent, type ItemContent } from '../nitf/content.ts'
import { paragraphsOf } from '../paragraphs.ts'
import { kindOfType, mediaType, mediumOf } from '../renditions.ts'
import { webAddress } from '../web-address.ts'
import { htmlInside } from '../xml/xml-markup.ts'
import { childOf, childrenOf, elementsOf, textOf, type XmlElement } from '../xml/xml.ts'
import { below, formalName } from './values.ts'

const kindsByMediaType = new Map<string, Media['kind']>([
  ['photo', 'image'],
  ['picture', 'image'],
  ['image', 'image'],
  ['graphic', 'image'],
  ['video', 'video'],
  ['audio', 'audio'],
])

/** The text of an item: that of its first component that is no caption. Throws `Unusable` where it has none. */
export function textIn(item: XmlElement): ItemContent {
  for (const component of below(item, 'NewsComponent').filter(each => !isBeside(each))) {
    for (const content of childrenOf(component, 'ContentItem')) {
      const read = kindOf(content) === undefined ? readContent(childOf(content, 'DataContent')) : undefined
      if (read !== undefined) return read
    }
  }
  throw new Unusable('The news item of NewsML 1 has no text.')
}

function roleOf(component: XmlElement): string {
  return formalName(childOf(component, 'Role'))?.toLowerCase() ?? ''
}

/** A component that belongs to a picture: its caption, its smaller form. */
function isBeside(component: XmlElement): boolean {
  return /caption|thumb|quicklook|highdef|photo|picture|graphic/.test(roleOf(component))
}

function kindOf(content: XmlElement): Media['kind'] | undefined {
  const named = kindsByMediaType.get(formalName(childOf(content, 'MediaType'))?.toLowerCase() ?? '')
  return named ?? kindOfType(mediaType(formalName(childOf(content, 'MimeType'))))
}

function readContent(data: XmlElement | undefined): ItemContent | undefined {
  if (data === undefined || textOf(data).trim() === '') return undefined
  const [first] = elementsOf(data)
  if (first === undefined) return { body: plainBody(textOf(data)), media: [] }
  if (first.name === 'nitf') return nitfContent(first)
  if (first.name === 'html') return { body: { html: htmlInside(childOf(first, 'body') ?? first) }, media: [] }
  return { body: { html: htmlInside(first.name === 'body' ? first : data) }, media: [] }
}

/** HTML in CDATA shows what it is by its tags. */
function plainBody(text: string): Draft['body'] {
  return /<\/?(?:p|br|div|h[1-6])[\s/>]/i.test(text) ? { html: text } : { paragraphs: paragraphsOf(linesOf(text)) }
}

/** The pictures, sounds and films of an item: each component's best rendition, with what stands beside it. */
export function mediaIn(item: XmlElement): Media[] {
  const components = below(item, 'NewsComponent')
  const holders = components.filter(component => renditionsBelow(component).length > 0)
  // The innermost component that has all renditions of one medium, and their caption.
  const outer = holders.filter(
    component =>
      isOneMedium(component) &&
      !holders.some(
        other => other !== component && isOneMedium(other) && below(other, 'NewsComponent').includes(component),
      ),
  )
  return outer.flatMap(component => {
    const best = mediumOf(renditionsBelow(component))
    if (best === undefined) return []
    const caption = below(component, 'NewsComponent')
      .filter(each => /caption/.test(roleOf(each)))
      .flatMap(each => below(each, 'DataContent').map(data => textOf(data).replace(/\s+/g, ' ').trim()))[0]
    const line = (name: string) => valueOf(below(component, name)[0])
    return [
      {
        ...best,
        caption: caption ?? line('HeadLine'),
        credit: line('CreditLine') ?? line('ByLine'),
        rights: line('CopyrightLine'),
      },
    ]
  })
}

function isOneMedium(component: XmlElement): boolean {
  return isBeside(component) || childrenOf(component, 'ContentItem').some(content => kindOf(content) !== undefined)
}

function renditionsBelow(component: XmlElement): Media[] {
  return [
    ...childrenOf(component, 'ContentItem'),
    ...below(component, 'NewsComponent').flatMap(each => childrenOf(each, 'ContentItem')),
  ].flatMap(content => {
    const url = webAddress(content.attributes.get('Href'))
    const kind = kindOf(content)
    if (url === undefined || kind === undefined) return []
    const type = mediaType(formalName(childOf(content, 'MimeType')))
    const size = (name: string) =>
      amount(
        below(content, 'Property')
          .find(property => formalName(property)?.toLowerCase() === name)
          ?.attributes.get('Value'),
      )
    return [{ kind, url, type, width: size('width'), height: size('height') }]
  })
}
