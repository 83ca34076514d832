import type { Media } from '../../../article.ts'
import { linesOf } from '../../../text.ts'
import { htmlOfText, kindOf } from './feed-entry.ts'
import { all, attribute, one, plainIn, textIn } from './feed-xml.ts'
import { paragraphsOf } from '../paragraphs.ts'
import { mediumOf } from '../renditions.ts'
import { isPortrait } from './word-press.ts'
import type { XmlElement } from '../xml/xml.ts'

/**
 * The media of an entry by the media module of RSS (https://www.rssboard.org/media-rss), `enclosure` and the podcast module. A group is one
 * medium in several renditions. A thumbnail counts only where there is no image.
 */
export function mediaOf(entry: XmlElement): Media[] {
  const groups = all(entry, 'media', 'group')
  const said = textsIn(entry)
  const found = [
    ...all(entry, 'media', 'content').flatMap(content => contentOf(content, said)),
    ...groups.flatMap(group => {
      const saidOfGroup = { ...said, ...textsIn(group) }
      const forms = all(group, 'media', 'content').flatMap(content => contentOf(content, saidOfGroup))
      return mediumOf(forms) ?? []
    }),
    ...all(entry, 'rss', 'enclosure').flatMap(enclosure => enclosureOf(enclosure, 'url')),
    ...all(entry, 'atom', 'link')
      .filter(link => attribute(link, 'rel') === 'enclosure')
      .flatMap(link => enclosureOf(link, 'href')),
  ]
  const duration = seconds(textIn(entry, 'itunes', 'duration'))
  const timed = found.map(medium =>
    medium.kind === 'audio' && duration !== undefined ? { duration, ...medium } : medium,
  )
  return timed.some(({ kind }) => kind === 'image') ? timed : [...timed, ...thumbnailsOf([entry, ...groups])]
}

/** What a video's entry says of it, where it has no other text: as HTML. */
export function descriptionOf(entry: XmlElement): string | undefined {
  const described = [entry, ...all(entry, 'media', 'group')].map(element => textsIn(element).caption)
  const caption = described.find(text => text !== undefined)
  return caption === undefined
    ? undefined
    : paragraphsOf(linesOf(caption))
        .map(paragraph => `<p>${htmlOfText(paragraph)}</p>`)
        .join('\n')
}

/** Caption and credit, which stand in the medium, its group or the entry. */
function textsIn(element: XmlElement): Pick<Media, 'caption' | 'credit'> {
  const [caption, credit] = ['description', 'credit'].map(name => plainIn(one(element, 'media', name)))
  return { ...(caption !== undefined && { caption }), ...(credit !== undefined && { credit }) }
}

function contentOf(content: XmlElement, said: Pick<Media, 'caption' | 'credit'>): Media[] {
  const medium = attribute(content, 'medium')
  const type = attribute(content, 'type')
  const kind = medium === 'image' || medium === 'audio' || medium === 'video' ? medium : kindOf(type)
  const url = attribute(content, 'url')
  // A YouTube player (`application/x-shockwave-flash`) is no video, and an `expression="nonstop"` no article's.
  if (kind === undefined || url === undefined || isPortrait(url)) return []
  return [
    {
      kind,
      url,
      type: kindOf(type) && type,
      length: amount(attribute(content, 'fileSize')),
      width: amount(attribute(content, 'width')),
      height: amount(attribute(content, 'height')),
      duration: amount(attribute(content, 'duration')),
      ...said,
      ...textsIn(content),
      alt: plainIn(one(content, 'media', 'title')),
    },
  ]
}

function enclosureOf(enclosure: XmlElement, address: string): Media[] {
  const [url, type] = [attribute(enclosure, address), attribute(enclosure, 'type')]
  const kind = kindOf(type)
  return url === undefined || kind === undefined
    ? []
    : [{ kind, url, type, length: amount(attribute(enclosure, 'length')) }]
}

function thumbnailsOf(elements: readonly XmlElement[]): Media[] {
  const thumbnails = elements.flatMap(element => all(element, 'media', 'thumbnail'))
  const urls = [
    ...thumbnails.map(element => ({ element, url: attribute(element, 'url') })),
    ...elements.flatMap(itunesImage),
  ]
  return urls.slice(0, 1).flatMap(({ element, url }) => {
    const [width, height] = [amount(attribute(element, 'width')), amount(attribute(element, 'height'))]
    return url === undefined ? [] : [{ kind: 'image', url, width, height }]
  })
}

function itunesImage(entry: XmlElement): { element: XmlElement; url?: string }[] {
  return all(entry, 'itunes', 'image').map(element => ({ element, url: attribute(element, 'href') }))
}

/** Zero is what generators write that do not know. */
function amount(written: string | undefined): number | undefined {
  const number = /^\d{1,15}(?:\.\d{1,6})?$/.test(written ?? '') ? Number(written) : 0
  return number > 0 ? number : undefined
}

/** `3725`, `62:05` or `1:02:05`. */
function seconds(written: string | undefined): number | undefined {
  if (written === undefined || !/^\d{1,6}(?::\d{1,2}){0,2}$/.test(written)) return undefined
  const total = written.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
  return total > 0 ? total : undefined
}
