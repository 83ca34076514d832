import type { Media } from '../../../article.ts'
import type { Draft } from '../draft.ts'
import { placeIn, placeOfDateline, valueOf } from '../newsml/values.ts'
import { kindOfType, mediaType, mediumOf } from '../renditions.ts'
import { webAddress } from '../web-address.ts'
import { htmlInside } from '../xml/xml-markup.ts'
import { childOf, childrenOf, elementsOf, textOf, type XmlElement } from '../xml/xml.ts'

/** What the content of an item tells; what its metadata tell goes first. */
export type ItemContent = Required<Pick<Draft, 'body' | 'media'>> &
  Pick<Draft, 'title' | 'standfirst' | 'place' | 'dateline' | 'edNote' | 'rights' | 'publisher'> & {
    /** As they are printed. */
    bylines?: string[]
  }

/** What a NITF document (IPTC News Industry Text Format 3.x) says in its body; of its head, whatever the body may lack. */
export function nitfContent(nitf: XmlElement): ItemContent {
  const body = childOf(nitf, 'body')
  const head = childOf(body, 'body.head')
  const content = childOf(body, 'body.content')
  const headline = childOf(head, 'hedline')
  const dateline = childOf(head, 'dateline')
  const location = childOf(dateline, 'location')
  const distributor = valueOf(childOf(head, 'distributor'))
  const notes = childrenOf(head, 'note').flatMap(note => valueOf(note) ?? [])
  return {
    title: valueOf(childOf(headline, 'hl1')) ?? valueOf(childOf(childOf(nitf, 'head'), 'title')),
    standfirst: valueOf(childOf(head, 'abstract')),
    bylines: childrenOf(head, 'byline').flatMap(bylineOf),
    dateline: printed(dateline),
    place: valueOf(childOf(location, 'city')) ?? placeIn(valueOf(location)) ?? placeOfDateline(dateline),
    edNote: notes.length === 0 ? undefined : notes.join('\n'),
    rights: valueOf(childOf(head, 'rights')),
    publisher: distributor === undefined ? undefined : { name: distributor },
    body: { html: content === undefined ? '' : htmlInside(content, name => (names.has(name) ? names.get(name) : '')) },
    media: mediaIn(content),
  }
}

/** Without the title behind the name: `<byttl>` is no part of it. */
function bylineOf(byline: XmlElement): string[] {
  const name = byline.children
    .map(child => (typeof child === 'string' ? child : child.name === 'byttl' ? ' ' : textOf(child)))
    .join('')
    .trim()
  return name === '' ? [] : [name]
}

/** Its pieces stand in elements of their own, without a blank between them. */
function printed(dateline: XmlElement | undefined): string | undefined {
  const pieces = (dateline?.children ?? []).map(child => (typeof child === 'string' ? child : textOf(child)).trim())
  // A moment for machines is not printed, wherever it stands.
  return pieces.filter(piece => !/^$|^\d{8}(?:T|$)/.test(piece)).join(' ') || undefined
}

/** NITF's elements that HTML has under the same name or another. Of all others, people and places for one, only the text stays. */
const names: ReadonlyMap<string, string | undefined> = new Map([
  ...'p hr br ul ol li dl dt dd table caption colgroup col thead tbody tfoot tr td th pre sub sup em q a'
    .split(' ')
    .map((name): [string, string] => [name, name]),
  ['hl1', 'h2'],
  ['hl2', 'h2'],
  ['bq', 'blockquote'],
  ['credit', 'cite'],
  ['underline', 'u'],
  ['strong', 'strong'],
  // Notes are for editors; media are told beside the text.
  ['note', undefined],
  ['media', undefined],
])

function mediaIn(element: XmlElement | undefined): Media[] {
  return elementsOf(element).flatMap(child => (child.name === 'media' ? readMedia(child) : mediaIn(child)))
}

function readMedia(media: XmlElement): Media[] {
  const references = childrenOf(media, 'media-reference')
  const renditions = references.flatMap(({ attributes }): Media[] => {
    const url = webAddress(attributes.get('source'))
    const type = mediaType(attributes.get('mime-type'))
    const kind = kindOfType(type) ?? kindOfType(`${media.attributes.get('media-type') ?? ''}/`)
    if (url === undefined || kind === undefined) return []
    return [{ kind, url, type, width: amount(attributes.get('width')), height: amount(attributes.get('height')) }]
  })
  const best = mediumOf(renditions.filter(({ kind }) => kind === renditions[0]?.kind))
  if (best === undefined) return []
  const caption = childrenOf(media, 'media-caption').map(textOf).join(' ').trim()
  const alts = references.flatMap(({ attributes }) => attributes.get('alternate-text') ?? [])
  return [{ ...best, caption, credit: valueOf(childOf(media, 'media-producer')), alt: alts[0] }]
}

/** A number above zero. */
export function amount(written: string | undefined): number | undefined {
  const number = Number(written)
  return number > 0 && Number.isFinite(number) ? number : undefined
}
