import { descendants, type Page } from './page.ts'

/** Pixels. What no screen shows in one column of text is not worth its bytes. */
const widest = 1600

const lazySources = ['data-src', 'data-original', 'data-lazy-src', 'data-lazy', 'data-hi-res-src', 'data-full-src']
const lazySets = ['data-srcset', 'data-lazy-srcset', 'data-original-set']

/**
 * Gives every image of a page the address that a browser would show in the end: of `srcset` and the `source`s of its `picture` the
 * widest up to 1600 pixels, else of a script that loads images late, else its `src`, else of the `noscript` beside it. Changes the page.
 */
export function resolveImages(page: Page): void {
  const named = (name: string) => page.elements.filter(element => element.localName === name)
  for (const picture of named('picture')) {
    const [image] = descendants(picture, 'img')
    if (!image) continue
    settle(image, sourceOf(image, descendants(picture, 'source').slice(0, 20)))
    picture.replaceWith(image)
  }
  for (const image of named('img')) settle(image, sourceOf(image))
  for (const noscript of named('noscript')) unwrap(noscript)
  for (const frame of named('iframe')) {
    settle(frame, [frame.getAttribute('src'), ...lazySources.map(name => frame.getAttribute(name))].find(isAddress))
  }
}

function settle(element: Element, source: string | undefined): void {
  for (const name of ['srcset', ...lazySets, ...lazySources]) element.removeAttribute(name)
  if (source === undefined) element.removeAttribute('src')
  else element.setAttribute('src', source.trim())
}

function sourceOf(image: Element, sources: readonly Element[] = []): string | undefined {
  const sets = [image, ...sources.filter(isForWideScreens)].flatMap(element =>
    ['srcset', ...lazySets].map(name => element.getAttribute(name)),
  )
  const single = [...lazySources, 'src'].map(name => image.getAttribute(name)).find(isAddress)
  return best(sets.flatMap(readSrcset)) ?? single
}

/** A source for narrow screens shows another crop. */
function isForWideScreens(source: Element): boolean {
  return !/max-width/i.test(source.getAttribute('media') ?? '')
}

interface Candidate {
  url: string
  /** Pixels, or for densities (`2x`) as many times the least. */
  width: number
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

function best(candidates: readonly Candidate[]): string | undefined {
  const byWidth = candidates.toSorted((a, b) => a.width - b.width)
  return (byWidth.findLast(({ width }) => width <= widest) ?? byWidth[0])?.url
}

/** Placeholders are `data:` and `about:`. */
function isAddress(written: string | null): written is string {
  return written !== null && /^\s*(?!(?:data|about|javascript|blob):)[^\s]/i.test(written)
}

/** Its image stands in for the one before it, which a script would have filled, or is the only one. */
function unwrap(noscript: Element): void {
  const [image, ...more] = descendants(noscript, 'img')
  if (!image || more.length > 0 || image.getAttribute('src') === null) return noscript.remove()
  const given = imageIn(noscript.previousElementSibling)
  if (!given) return noscript.replaceWith(image)
  if (given.getAttribute('src') === null) given.setAttribute('src', image.getAttribute('src') ?? '')
  return noscript.remove()
}

/** The image that an element is, or holds and nothing else. */
function imageIn(element: Element | null): Element | undefined {
  if (element === null || element.localName === 'img') return element ?? undefined
  const only = element.firstElementChild
  return only?.nextElementSibling === null ? imageIn(only) : undefined
}
