import type { Instant, Media } from '../../../article.ts'
import { Unusable } from '../../../errors.ts'
import { findDate } from '../dates/dates.ts'
import type { Hints } from '../draft.ts'
import { kindOfType, mediaType, mediumOf, type Held } from '../renditions.ts'
import { amount } from '../nitf/content.ts'
import { webAddress } from '../web-address.ts'
import { childOf, childrenOf, type XmlElement } from '../xml/xml.ts'
import { codeOf, languageIn, nameOf, natureOf, preferredText, valueOf } from './values.ts'

/** The picture, sound or film that an item holds, or that a text has beside it: of each kind the best rendition. */
export function mediaOfItem(item: XmlElement, held: Held = {}): Media[] {
  const nature = natureOf(item)
  const renditions = childrenOf(childOf(item, 'contentSet'), 'remoteContent').flatMap(remote =>
    readRemote(remote, nature),
  )
  const kinds = nature === undefined ? [...new Set(renditions.map(({ kind }) => kind))] : [nature]
  const texts = nature === undefined ? {} : textsOf(item)
  return kinds.flatMap(kind => {
    const best = mediumOf(
      renditions.filter(rendition => rendition.kind === kind),
      held,
    )
    return best === undefined ? [] : [{ ...best, ...texts }]
  })
}

/** That of another item, with its owner's word on when it may be shown. A word that nobody can read keeps it back for good. */
export function attachedMedia(item: XmlElement, hints: Hints): Media[] {
  const itemMeta = childOf(item, 'itemMeta')
  const isUsable = ['usable', undefined].includes(codeOf(childOf(itemMeta, 'pubStatus')))
  const [embargoed, expires] = [momentOf(itemMeta, 'embargoed', hints), momentOf(itemMeta, 'expires', hints)]
  if (!isUsable || embargoed === null || expires === null) return mediaOfItem(item, { pubStatus: 'withheld' })
  return mediaOfItem(item, { ...(embargoed && { embargoed }), ...(expires && { expires }) })
}

/** Null for an element that says no moment: an embargo without one ends when the agency says so. */
function momentOf(itemMeta: XmlElement | undefined, name: string, hints: Hints): Instant | null | undefined {
  const element = childOf(itemMeta, name)
  if (element === undefined) return undefined
  try {
    return findDate(valueOf(element) ?? '', hints, hints.language) ?? null
  } catch (error) {
    if (error instanceof Unusable) return null
    throw error
  }
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
