import type { Content, Instant, Media } from './article.ts'

/** What a moment may change of a medium. */
type Timed = Pick<Media, 'embargoed' | 'expires'>

/**
 * The next moment after `now` (milliseconds since 1970) at which something of an article changes by itself: it expires, a picture's
 * embargo ends, a picture expires. Undefined: nothing does.
 */
export function nextMoment(
  { expires, media }: { expires?: Instant | undefined; media: readonly Timed[] },
  now: number,
): Instant | undefined {
  const moments = [expires, ...media.flatMap(medium => [medium.embargoed, medium.expires])]
  return moments
    .filter(moment => moment !== undefined)
    .filter(moment => Date.parse(moment) > now)
    .toSorted()[0]
}

/** May it be shown, until this next moment of its article? What lies before that has come, what does not is still to come. */
export function isShown({ embargoed, expires }: Timed, next: Instant | undefined): boolean {
  const hasCome = (moment: Instant): boolean => next === undefined || moment < next
  return (embargoed === undefined || hasCome(embargoed)) && (expires === undefined || !hasCome(expires))
}

/** What an article may say until its next moment: without the media that their owners keep back, also where its text shows them. */
export function shownContent(content: Content, next: Instant | undefined): Content {
  const held = content.media.filter(medium => !isShown(medium, next))
  return held.length === 0 ? content : { ...content, ...withoutMedia(content, held) }
}

/** Without these media: one that stands there twice goes twice, since whoever keeps back a picture means the picture. */
export function withoutMedia(
  { html, media }: Pick<Content, 'html' | 'media'>,
  gone: readonly Media[],
): Pick<Content, 'html' | 'media'> {
  const names = new Set(gone.flatMap(addressesOf).map(nameOf))
  const kept = media.filter(medium => !addressesOf(medium).some(url => names.has(nameOf(url))))
  return { html: withoutPictures(html, names), media: kept }
}

function addressesOf({ url, others = [] }: Media): string[] {
  return [url, ...others.map(other => other.url)]
}

const ofAPicture = /\.(?:jpe?g|png|gif|webp|avif|tiff?|bmp|heic|mp[34]|m4[av]|mov|webm|og[gav]|wav)$/i

/** By what an address is known: its scheme does not count, nor what asks a picture's file for another size. */
function nameOf(address: string): string {
  const name = address.replace(/^https?:/i, '').replace(/#.*$/s, '')
  const path = name.replace(/\?.*$/s, '')
  return ofAPicture.test(path) ? path : name
}

const tag = /<(\/?)(figure|img|a|source|video|audio)\b([^>]*)>/g
const address = /\s(?:src|href|poster)="([^"]*)"/g

/** Sanitised HTML without the elements that show one of these, the figures that then show nothing, and the links to them. */
function withoutPictures(html: string, names: ReadonlySet<string>): string {
  const pieces: string[] = []
  const figures: { at: number; lost: boolean; kept: boolean }[] = []
  let from = 0
  for (const { 0: whole, 1: slash, 2: element, 3: attributes = '', index } of html.matchAll(tag)) {
    const isLost = Array.from(attributes.matchAll(address)).some(([, url = '']) =>
      names.has(nameOf(url.replaceAll('&amp;', '&'))),
    )
    if (element !== 'figure' && !isLost) {
      if (element !== 'a' && slash === '') for (const figure of figures) figure.kept = true
      continue
    }
    pieces.push(html.slice(from, index))
    from = index + whole.length
    if (element !== 'figure') {
      for (const figure of figures) figure.lost = true
      // Its end tag stays, and so does what a link or a player says.
      if (element !== 'img' && element !== 'source') pieces.push(`<${element}>`)
    } else if (slash === '') {
      figures.push({ at: pieces.length, lost: false, kept: false })
      pieces.push(whole)
    } else {
      const figure = figures.pop()
      if (figure?.lost === true && !figure.kept) pieces.length = figure.at
      else pieces.push(whole)
    }
  }
  return pieces.join('') + html.slice(from)
}
