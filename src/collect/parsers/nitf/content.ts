import type { Media } from '../../../article.ts'
import type { Draft } from '../draft.ts'
import { kindOfType, mediaType } from '../renditions.ts'
import { webAddress } from '../web-address.ts'
import { htmlInside } from '../xml/xml-markup.ts'
import { childOf, childrenOf, elementsOf, textOf, type XmlElement } from '../xml/xml.ts'
import { amount } from './media.ts'
import { placeOfDateline, valueOf } from './values.ts'

/** What the content of an item tells; what its metadata tell goes first. */
export type ItemContent = Required<Pick<Draft, 'body' | 'media'>> &
  Pick<Draft, 'title' | 'standfirst' | 'authors' | 'place'>

/** What a NITF document (IPTC News Industry Text Format 3.x) says in its body; of its head, whatever the body may lack. */
export function nitfContent(nitf: XmlElement): ItemContent {
  const body = childOf(nitf, 'body')
  const head = childOf(body, 'body.head')
  const content = childOf(body, 'body.content')
  const headline = childOf(head, 'hedline')
  const byline = valueOf(childOf(head, 'byline'))?.replace(/^by\s+/i, '')
  const dateline = childOf(head, 'dateline')
  return {
    title: valueOf(childOf(headline, 'hl1')) ?? valueOf(childOf(childOf(nitf, 'head'), 'title')),
    standfirst: valueOf(childOf(head, 'abstract')),
    authors: byline === undefined ? undefined : [{ name: byline }],
    place: valueOf(childOf(dateline, 'location')) ?? placeOfDateline(dateline),
    body: { html: content === undefined ? '' : htmlInside(content, name => (names.has(name) ? names.get(name) : '')) },
    media: mediaIn(content),
  }
}

/** NITF's elements that HTML has under the same name or another. Of all others, people and places for one, only the text stays. */
const names: ReadonlyMap<string, string | undefined> = new Map([
  ...'p hr br ul ol li dl dt dd table caption colgroup col thead tbody tfoot tr td th pre sub sup em q a'
    .split(' ')
    .map((name): [string, string] => [name, name]),
  ['hl2', 'h2'],
  ['bq', 'blockquote'],
  ['credit', 'cite'],
  ['underline', 'u'],
  // Notes are for editors; media are told beside the text.
  ['note', undefined],
  ['media', undefined],
])

function mediaIn(element: XmlElement | undefined): Media[] {
  return elementsOf(element).flatMap(child => (child.name === 'media' ? readMedia(child) : mediaIn(child)))
}

function readMedia(media: XmlElement): Media[] {
  const reference = childrenOf(media, 'media-reference').find(({ attributes }) => webAddress(attributes.get('source')))
  const url = webAddress(reference?.attributes.get('source'))
  const type = mediaType(reference?.attributes.get('mime-type'))
  const kind = kindOfType(type) ?? kindOfType(`${media.attributes.get('media-type') ?? ''}/`)
  if (reference === undefined || url === undefined || kind === undefined) return []
  return [
    {
      kind,
      url,
      type,
      width: amount(reference.attributes.get('width')),
      height: amount(reference.attributes.get('height')),
      caption: childrenOf(media, 'media-caption').map(textOf).join(' ').trim(),
      credit: valueOf(childOf(media, 'media-producer')),
      alt: reference.attributes.get('alternate-text'),
    },
  ]
}
