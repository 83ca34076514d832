import type { Media } from '../../../article.ts'
import { kindOfType, mediaType, mediumOf } from '../renditions.ts'
import { webAddress } from '../web-address.ts'
import { childOf, childrenOf, type XmlElement } from '../xml/xml.ts'
import { codeOf, languageIn, nameOf, natureOf, preferredText, valueOf } from './values.ts'

/** The picture, sound or film that an item holds, or that a text has beside it: of each kind the best rendition. */
export function mediaOfItem(item: XmlElement): Media[] {
  if (!['usable', undefined].includes(codeOf(childOf(childOf(item, 'itemMeta'), 'pubStatus')))) return []
  const nature = natureOf(item)
  const renditions = childrenOf(childOf(item, 'contentSet'), 'remoteContent').flatMap(remote =>
    readRemote(remote, nature),
  )
  const kinds = nature === undefined ? [...new Set(renditions.map(({ kind }) => kind))] : [nature]
  const texts = nature === undefined ? {} : textsOf(item)
  return kinds.flatMap(kind => {
    const best = mediumOf(renditions.filter(rendition => rendition.kind === kind))
    return best === undefined ? [] : [{ ...best, ...texts }]
  })
}

function readRemote({ attributes }: XmlElement, nature: Media['kind'] | undefined): Media[] {
  const url = webAddress(attributes.get('href'))
  const type = mediaType(attributes.get('contenttype'))
  const kind = kindOfType(type) ?? nature
  if (url === undefined || kind === undefined) return []
  return [
    {
      kind,
      url,
      type,
      length: amount(attributes.get('size')),
      width: amount(attributes.get('width')),
      height: amount(attributes.get('height')),
      // "The default time unit is seconds."
      duration: attributes.has('durationunit') ? undefined : amount(attributes.get('duration')),
    },
  ]
}

function isAlt(description: XmlElement): boolean {
  return /alt|accessib/.test(codeOf(description, 'role') ?? '')
}

function textsOf(item: XmlElement): Pick<Media, 'caption' | 'credit' | 'alt'> {
  const contentMeta = childOf(item, 'contentMeta')
  const language = languageIn(item)
  const descriptions = childrenOf(contentMeta, 'description')
  const caption = descriptions.filter(description => !isAlt(description))
  return {
    caption:
      preferredText(caption, language, 'caption') ??
      preferredText(childrenOf(contentMeta, 'headline'), language, 'main'),
    credit:
      valueOf(childOf(contentMeta, 'creditline')) ??
      valueOf(childOf(contentMeta, 'by')) ??
      nameOf(childOf(contentMeta, 'creator'), language),
    alt: preferredText(descriptions.filter(isAlt), language, 'alt'),
  }
}

/** A number above zero. */
export function amount(written: string | undefined): number | undefined {
  const number = Number(written)
  return number > 0 && Number.isFinite(number) ? number : undefined
}
