import type { Article, Media, Rendition } from '../../article.ts'
import { isEnclosable, uriOf } from './address.ts'
import { element, textElement } from './xml.ts'

/** The media module of RSS, used in Atom too: https://www.rssboard.org/media-rss */
export const mediaNamespace = 'http://search.yahoo.com/mrss/'

/**
 * `media:content` for each medium; `media:group` for one that can be had in several renditions. A picture beside a
 * recording is its thumbnail too, since a player has to show something. What is not known is left out: a wrong type is worse than none.
 */
export function mediaElements({ media }: Article): string[] {
  const elements = media.map(mediumElement)
  const image = media.find(({ kind }) => kind === 'image')
  if (image === undefined || media.every(({ kind }) => kind === 'image')) return elements
  const { url, width, height } = formOf(image)
  return [...elements, element('media:thumbnail', { url, width, height })]
}

function mediumElement(medium: Media): string {
  const forms = formsOf(medium)
  const texts = textsOf(medium)
  const contents = forms.map(({ url, type, length, width, height, duration }, at) => {
    const values = { url, medium: medium.kind, type, fileSize: length, width, height, duration }
    if (forms.length === 1) return element('media:content', values, texts)
    return element('media:content', { ...values, isDefault: at === 0 ? 'true' : undefined })
  })
  return forms.length === 1 ? contents.join('') : element('media:group', {}, [...contents, ...texts])
}

/** The module has no element for an alternative text; as a title it is what readers show in the place of a picture. */
function textsOf({ alt, caption, credit }: Pick<Media, 'alt' | 'caption' | 'credit'>): string[] {
  const texts: string[] = []
  if (alt !== undefined) texts.push(textElement('media:title', alt))
  if (caption !== undefined) texts.push(textElement('media:description', caption))
  if (credit !== undefined) texts.push(textElement('media:credit', credit))
  return texts
}

/** A rendition as Atom and JSON Feed enclose it. By the same `title` readers know the forms of one medium (JSON Feed 1.1, "attachments"). */
export interface Enclosure extends Rendition {
  type: string
  title?: string
}

/** Every rendition of every medium whose type is known. */
export function enclosuresOf({ media }: Article): Enclosure[] {
  const enclosures: Enclosure[] = []
  for (const medium of media) {
    const forms = formsOf(medium)
    const title = forms.length > 1 ? (medium.caption ?? medium.alt) : undefined
    for (const { type, ...form } of forms) if (type !== undefined) enclosures.push({ ...form, type, title })
  }
  return enclosures
}

/**
 * The one enclosure that RSS allows an item, which needs a type and a length. A recording goes first: images are looked
 * for in `media:content` too. To a podcast a recording of unknown length is better than none: its length is 0 then.
 */
export function enclosureOf({ media }: Article, isPodcast: boolean): (Enclosure & { length: number }) | undefined {
  let image: (Enclosure & { length: number }) | undefined
  for (const medium of media) {
    const { type, length = isPodcast ? 0 : undefined, ...form } = formOf(medium)
    if (type === undefined || length === undefined || !isEnclosable(form.url)) continue
    if (medium.kind !== 'image') return { ...form, type, length }
    image ??= { ...form, type, length }
  }
  // A picture is no episode.
  return isPodcast ? undefined : image
}

/** The renditions of a medium, the best first. */
function formsOf(medium: Media): Rendition[] {
  return medium.others === undefined ? [formOf(medium)] : [medium, ...medium.others].map(formOf)
}

/** A rendition in words that every format takes: what is no URI, no media type or no number of bytes or pixels is mended or left out. */
function formOf({ url, type, length, width, height, duration }: Rendition): Rendition {
  return {
    url: uriOf(url),
    type: mediaTypeOf(type),
    length: whole(length),
    width: whole(width),
    height: whole(height),
    duration,
  }
}

/** Without parameters. RFC 6838, 4.2: `restricted-name`. */
function mediaTypeOf(type = ''): string | undefined {
  return /^\s*([a-z0-9][\w!#$&^.+-]*\/[a-z0-9][\w!#$&^.+-]*)\s*(?:;|$)/i.exec(type)?.[1]
}

function whole(number: number | undefined): number | undefined {
  return number !== undefined && Number.isSafeInteger(number) && number > 0 ? number : undefined
}
