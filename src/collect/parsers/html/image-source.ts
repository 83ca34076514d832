/** Pixels. The widest that a page shows in full; what is wider was made for print. */
const widest = 2048

/** Attributes from which a script takes an image's address late. */
export const lateSources = [
  'data-src',
  'data-lazy-src',
  'data-original',
  'data-lazy',
  'data-hi-res-src',
  'data-full-src',
]
const lateSets = ['data-srcset', 'data-lazy-srcset', 'data-original-set']

/** Every attribute but `src` that this looks at. */
export const otherSources = ['srcset', ...lateSets, ...lateSources]

/**
 * The address, as written, of the image that an `img` shows in the end: the one that a script would put in, else its `src`, else of `srcset`
 * and the `source`s of its `picture` the widest up to 2,048 pixels, else a `src` that looks like a placeholder.
 */
export function sourceOf(image: Element, sources: readonly Element[] = []): string | undefined {
  const wide = sources.filter(isForWideScreens)
  const src = addressIn(image, ['src'])
  const plain = src !== undefined && !isPlaceholder(image) ? src : undefined
  return lateAddress(image) ?? best([...wide, image], lateSets) ?? plain ?? best([...wide, image], ['srcset']) ?? src
}

/** The address that a script would put in. */
export function lateAddress(element: Element): string | undefined {
  return addressIn(element, lateSources)
}

/** Is it one that a script would fill, or that stands in until then? */
export function isLate(image: Element): boolean {
  const names = [...lateSources, ...lateSets]
  return isPlaceholder(image) || names.some(name => image.getAttribute(name) !== null)
}

/** Does it count readers, rather than show them something? */
export function isBeacon(image: Element): boolean {
  const hidden = /display\s*:\s*none/i.test(image.getAttribute('style')?.slice(0, 1_000) ?? '')
  return hidden || pointMeasures(image).length > 0
}

/** `width` and `height` where they say no more than a pixel. */
export function pointMeasures(image: Element): string[] {
  return ['width', 'height'].filter(name => /^\s{0,9}[01](?:px)?\s{0,9}$/.test(image.getAttribute(name) ?? ''))
}

const stopgap =
  /(?:^|[/_.-])(?:spacer|blank|pixel|transparent|placeholder|lazy|lazyload|loading|loader|1x1|clear|empty|gr[ae]y)(?:[_.-][\w.-]{0,40})?\.(?:gif|png|svg|jpe?g|webp)(?:$|[?#])/i

/** Does its `src`, or the want of one, stand in for another image? */
export function isPlaceholder(image: Element): boolean {
  const src = addressIn(image, ['src'])
  const classes = image.getAttribute('class')?.slice(0, 1_000) ?? ''
  return (
    src === undefined ||
    isBeacon(image) ||
    stopgap.test(src.slice(0, 2_000)) ||
    /(?:^|\s)[\w-]{0,20}lazy/i.test(classes)
  )
}

/** A source for narrow screens shows another crop. */
function isForWideScreens(source: Element): boolean {
  return !/max-width/i.test(source.getAttribute('media') ?? '')
}

function addressIn(element: Element, names: readonly string[]): string | undefined {
  return names
    .map(name => element.getAttribute(name)?.trim())
    .find((written): written is string => written !== undefined && isAddress(written))
}

/** Placeholders are `data:` and `about:`; some scripts keep more than an address where others keep one. */
function isAddress(written: string): boolean {
  return /^(?!(?:data|about|javascript|blob):)[^#{[<]/i.test(written)
}

interface Candidate {
  url: string
  /** Pixels, or for densities (`2x`) as many times the least. */
  width: number
}

function best(elements: readonly Element[], names: readonly string[]): string | undefined {
  const sets = elements.flatMap(element => names.map(name => element.getAttribute(name)))
  const byWidth = sets.flatMap(readSrcset).toSorted((a, b) => a.width - b.width)
  return (byWidth.findLast(({ width }) => width <= widest) ?? byWidth[0])?.url
}

/** HTML, 4.8.4.2.1. A URL may hold commas, but not end with one. */
function readSrcset(srcset: string | null): Candidate[] {
  if (srcset === null || srcset.length > 10_000) return []
  const candidates: Candidate[] = []
  let url = ''
  for (const token of srcset
    .replace(/(\s[\d.]+[wx]),/g, '$1 , ')
    .trim()
    .split(/\s+/)) {
    if (/^[\d.]+[wx]$/.test(token) && url !== '') candidates.push({ url, width: Number.parseFloat(token) })
    else if (url !== '' && token !== ',') candidates.push({ url, width: 1 })
    const isUrl = !/^(?:,|[\d.]+[wx])$/.test(token)
    url = isUrl ? token.replace(/,$/, '') : ''
  }
  if (url !== '') candidates.push({ url, width: 1 })
  return candidates.filter(candidate => isAddress(candidate.url))
}
