import type { Instant, Media } from '../../../article.ts'
import { Unusable } from '../../../errors.ts'
import { fold } from '../../../text.ts'
import { findDate } from '../dates/dates.ts'
import type { Hints } from '../draft.ts'
import { fieldsOf, listIn, numberIn, textIn, type Fields } from '../json.ts'
import { kindOfType, kindsByNature, mediaType, mediumOf, type Held } from '../renditions.ts'
import { webAddress } from '../web-address.ts'
import { descriptionsOf } from './text.ts'

/** An associated picture, film or sound in its best rendition; nothing for one of another type, or without an address. */
export function mediaOf(fields: Fields, hints: Hints, held = heldBy(fields, hints)): Media[] {
  const nature = natureOf(fields)
  // The picture of a related story says nothing about this one.
  if (nature === undefined && textIn(fields, 'type') !== undefined) return []
  const renditions = listIn(fields, 'renditions').flatMap(rendition => readRendition(rendition, nature))
  const best = mediumOf(renditions, held)
  if (best === undefined) return []
  const { caption, alt } = descriptionsOf(fields)
  return [
    {
      ...best,
      caption: caption ?? textIn(fields, 'headline'),
      credit: textIn(fields, 'byline', 'by', 'creditline', 'copyrightholder', 'copyrightnotice'),
      // Superdesk has it in the body of a picture.
      rights: textIn(fields, 'copyrightnotice', 'usageterms'),
      alt: alt ?? textIn(fields, 'alt_text', 'body_text'),
    },
  ]
}

/** The picture, film or sound that the article itself is: the article's status is its own. */
export function ownMedia(fields: Fields, hints: Hints): Media[] {
  return natureOf(fields) === undefined ? [] : mediaOf(fields, hints, {})
}

/**
 * Its owner's word on when it may be shown, which Superdesk has in other places. A word that nobody can read keeps it back for good:
 * none shown is better than one too early.
 */
function heldBy(fields: Fields, hints: Hints): Held {
  const status = fold(textIn(fields, 'pubstatus') ?? 'usable')
  const isKept = status !== 'usable' || isTakenBack(fields)
  const [embargoed, expires] = [
    momentOf(fields, hints, 'embargoeduntil', 'embargoed', 'embargo'),
    momentOf(fields, hints, 'expires', 'expiry'),
  ]
  if (isKept || embargoed === null || expires === null) return { pubStatus: 'withheld' }
  return { ...(embargoed && { embargoed }), ...(expires && { expires }) }
}

/** Does Superdesk, in an export of its own, say that its desk does not publish the item? */
export function isTakenBack(fields: Fields): boolean {
  const isMarked = fieldsOf(fields.get('flags')).get('marked_for_not_publication') === true
  return isMarked || gone.has(fold(textIn(fields, 'state') ?? ''))
}

/** What Superdesk says of an item that its desk has taken back, in an export of its own. */
const gone = new Set(['killed', 'recalled', 'spiked', 'unpublished', 'canceled', 'draft', 'being_corrected'])

/** Null for a word that is no moment. */
function momentOf(fields: Fields, hints: Hints, ...names: string[]): Instant | null | undefined {
  const written = names.map(name => fields.get(name)).find(value => isSaid(value))
  if (written === undefined) return undefined
  try {
    return (typeof written === 'string' ? findDate(written, hints, hints.language) : undefined) ?? null
  } catch (error) {
    if (error instanceof Unusable) return null
    throw error
  }
}

function isSaid(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false && value !== ''
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
