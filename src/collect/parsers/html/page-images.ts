import type { Media } from '../../../article.ts'
import { Unusable } from '../../../errors.ts'
import { isBeacon, isLate, isPlaceholder, lateAddress, otherSources, pointMeasures, sourceOf } from './image-source.ts'
import { closest, readPage, type Page } from './page.ts'

const perhapsLate = new RegExp(['<picture', '<noscript', ...otherSources].join('|'), 'i')

/**
 * HTML, unsafe, as `resolveImages` would leave it. Where no image can be late, and where there is more than a page may hold, it comes back
 * as it is.
 */
export function withResolvedImages(html: string): string {
  const page = perhapsLate.test(html) ? pageOf(html) : undefined
  if (page === undefined) return html
  resolveImages(page)
  return markupOf(page)
}

function pageOf(html: string): Page | undefined {
  try {
    return readPage(html)
  } catch (error) {
    if (error instanceof Unusable) return undefined
    throw error
  }
}

/** Without the beginning that `readPage` puts around a piece; what follows a stray `</body>` stands behind its end. */
function markupOf({ document, elements }: Page): string {
  // linkedom writes `&` in attributes as it is, so that `&amp;lt;` would come out as `<`.
  for (const element of elements) {
    for (const name of element.getAttributeNames()) {
      const value = element.getAttribute(name) ?? ''
      if (value.includes('&')) element.setAttribute(name, value.replaceAll('&', '&amp;'))
    }
  }
  const written: { toString: () => string } = document
  return written.toString().replace(/^<!doctype html><html><head><\/head><body>/i, '')
}

/**
 * Gives every image of a page the address of what it shows in the end (`sourceOf`), else that of the `noscript` beside it, and every embedded
 * page its own; a `picture` becomes its image. Changes the page.
 */
export function resolveImages({ elements }: Page): void {
  const named = (name: string) => elements.filter(element => element.localName === name)
  const late = new Set(named('img').filter(isLate))
  for (const picture of named('picture')) {
    const [images, sources] = ['img', 'source'].map(name => childrenOf(picture, name))
    const [image] = images ?? []
    if (!image) continue
    settle(image, sourceOf(image, sources))
    picture.replaceWith(image)
  }
  for (const image of named('img')) settle(image, sourceOf(image))
  for (const noscript of named('noscript')) unwrap(noscript, late)
  for (const frame of named('iframe')) settle(frame, lateAddress(frame) ?? frame.getAttribute('src') ?? undefined)
}

const portrait = /avatar|gravatar|author|logo|icon|sprite/i
const beside = new Set(['nav', 'aside', 'footer'])

/** The first image of a page's article, as written, for a page that names none: not a portrait, a sign or a small one. */
export function leadImage({ elements }: Page): Media[] {
  const image = elements.find(element => element.localName === 'img' && isLead(element))
  const [url, alt] = ['src', 'alt'].map(name => image?.getAttribute(name)?.trim() || undefined)
  return url === undefined ? [] : [{ kind: 'image', url, alt }]
}

function isLead(image: Element): boolean {
  const small = ['width', 'height'].some(name => Number(image.getAttribute(name) ?? 200) < 200)
  const names = `${image.getAttribute('class') ?? ''} ${image.getAttribute('src') ?? ''}`.slice(0, 2_000)
  if (small || portrait.test(names) || isPlaceholder(image)) return false
  const place = closest(image, ({ localName }) => /^(?:article|main)$/.test(localName) || beside.has(localName))
  return place !== undefined && !beside.has(place.localName)
}

function settle(element: Element, source: string | undefined): void {
  // Measures of a placeholder are not those of the image.
  const wrong = source === element.getAttribute('src')?.trim() ? [] : pointMeasures(element)
  for (const name of [...otherSources, ...wrong]) element.removeAttribute(name)
  if (source === undefined) element.removeAttribute('src')
  else element.setAttribute('src', source)
}

/** Its image is the one beside it, which a script would have filled, or the only one. */
function unwrap(noscript: Element, late: ReadonlySet<Element>): void {
  const image = imageIn(onlyChild(noscript))
  const source = image?.getAttribute('src') ?? null
  if (!image || source === null || isBeacon(image)) return noscript.remove()
  const next = imageIn(noscript.nextElementSibling)
  const given = imageIn(noscript.previousElementSibling) ?? (next && late.has(next) ? next : undefined)
  if (!given) return noscript.replaceWith(image)
  if (isPlaceholder(given)) settle(given, source)
  return noscript.remove()
}

/** The image that an element is, or holds and nothing else. */
function imageIn(element: Element | null): Element | undefined {
  if (element === null || element.localName === 'noscript') return undefined
  return element.localName === 'img' ? element : imageIn(onlyChild(element))
}

function onlyChild({ firstElementChild: first }: Element): Element | null {
  return first?.nextElementSibling === null ? first : null
}

/** At most twenty: no picture has more. */
function childrenOf(parent: Element, name: string): Element[] {
  const found: Element[] = []
  for (let child = parent.firstElementChild; child && found.length < 20; child = child.nextElementSibling)
    if (child.localName === name) found.push(child)
  return found
}
