import type { Media } from '../../../article.ts'
import { fold } from '../../../text.ts'
import { listIn, numberIn, textIn, type Fields } from '../json.ts'
import { kindOfType, kindsByNature, mediaType, mediumOf } from '../renditions.ts'
import { webAddress } from '../web-address.ts'
import { descriptionsOf } from './text.ts'

/** An associated picture, film or sound in its best rendition; nothing for one of another type, or without an address. */
export function mediaOf(fields: Fields): Media[] {
  const nature = natureOf(fields)
  // The picture of a related story says nothing about this one.
  if (nature === undefined && textIn(fields, 'type') !== undefined) return []
  const renditions = listIn(fields, 'renditions').flatMap(rendition => readRendition(rendition, nature))
  const best = mediumOf(renditions)
  if (best === undefined) return []
  const { caption, alt } = descriptionsOf(fields)
  return [
    {
      ...best,
      caption: caption ?? textIn(fields, 'headline'),
      credit: textIn(fields, 'byline', 'by', 'creditline', 'copyrightholder', 'copyrightnotice'),
      // Superdesk has it in the body of a picture.
      alt: alt ?? textIn(fields, 'alt_text', 'body_text'),
    },
  ]
}

/** The picture, film or sound that the article itself is. */
export function ownMedia(fields: Fields): Media[] {
  return natureOf(fields) === undefined ? [] : mediaOf(fields)
}

function natureOf(fields: Fields): Media['kind'] | undefined {
  return kindsByNature.get(fold(textIn(fields, 'type') ?? ''))
}

/** Nothing for one of another kind, such as the still that stands for a film. */
function readRendition(rendition: Fields, nature: Media['kind'] | undefined): Media[] {
  const url = webAddress(textIn(rendition, 'href'))
  const type = mediaType(textIn(rendition, 'contenttype', 'mimetype'))
  const kind = kindOfType(type) ?? nature
  if (url === undefined || kind === undefined || (nature !== undefined && nature !== kind)) return []
  return [
    {
      kind,
      url,
      type,
      length: numberIn(rendition, 'sizeinbytes'),
      width: numberIn(rendition, 'width'),
      height: numberIn(rendition, 'height'),
      duration: numberIn(rendition, 'duration'),
    },
  ]
}
