import { DOMParser } from 'linkedom'
import { Unusable } from '../../../errors.ts'
import { replaceAmp } from './amp.ts'
import { OpenTags } from './open-tags.ts'

/** A web page in which every search takes time in proportion to its size. */
export interface Page {
  document: Document
  /** In the order of the page, with the names of their attributes in lower case. */
  elements: readonly Element[]
}

/** A page of the longest live blog has 15,000. A parsed element takes half a kilobyte. */
const mostElements = 50_000
/** Each makes two pieces of text, and a hundred thousand pieces in one element are more than linkedom hands to one call. */
const mostEntities = 40_000
const deepest = 256
const mostAttributes = 100
/** Characters between two tags: the pictures that some pages hold in themselves are long, but end. */
const longestPiece = 10_000_000

/** Reads a page with linkedom. Throws `Unusable` for one that is built to take more than linear time or memory. */
export function readPage(html: string): Page {
  refuseExcess(html)
  const document = documentOf(html)
  if (/<amp-/i.test(html)) replaceAmp(document, descendants(document))
  if (/<noscript/i.test(html)) openNoscripts(document)
  const elements = descendants(document)
  if (depthsOf(elements).some(depth => depth > deepest)) throw nestedTooDeep()
  for (const element of elements) tidyAttributes(element)
  return { document, elements }
}

/** Characters. A notice to switch scripts on, and a picture with its caption, are shorter than a text. */
const longestNotice = 600
const mostNoscripts = 200

/** Some pages hold their text twice, for a script and for readers without. */
function openNoscripts(document: Document): void {
  for (const noscript of descendants(document, 'noscript').slice(0, mostNoscripts))
    if (noscript.textContent.trim().length > longestNotice && descendants(noscript, 'noscript').length === 0)
      noscript.replaceWith(...noscript.childNodes)
}

/** Text between tags as a browser shows it. It must hold no `<`. */
export function decodedText(text: string): string {
  return text.includes('&') ? (parse(inBody(text)).body.textContent ?? '') : text
}

/** All elements with a name, or below an element; a list of its own, which stays as it is while they are removed. */
export function descendants(root: Document | Element, name?: string): Element[] {
  // To linkedom `*` is a name like any other here.
  return [...(name === undefined ? root.querySelectorAll('*') : root.getElementsByTagName(name))]
}

/** How many elements each stands in, itself among them; for elements in the order of the page. */
export function depthsOf(elements: readonly Element[]): number[] {
  const depths = new Map<Element | null, number>()
  return elements.map(element => {
    const depth = (depths.get(element.parentElement) ?? 0) + 1
    depths.set(element, depth)
    return depth
  })
}

const unshown = /^(?:style|script|svg|template|noscript|rt|rp)$/

/** The beginning of an element's text as it is read, on one line: no styles within, and no readings above its letters. */
export function shownText(element: Element, most = 1_000): string {
  let text = ''
  let nodes = 0
  const walk = (parent: Element): void => {
    for (let child = parent.firstChild; child && text.length < most && nodes++ < most; child = child.nextSibling) {
      if (child.nodeType === 3) text += (child.textContent ?? '').slice(0, most)
      else if (child.nodeType === 1 && !unshown.test((child as Element).localName)) walk(child as Element)
    }
  }
  walk(element)
  return text.replace(/\s+/g, ' ').trim()
}

/** The nearest element that fits, this one or one around it. */
export function closest(element: Element, fits: (element: Element) => boolean): Element | undefined {
  for (let at: Element | null = element; at; at = at.parentElement) if (fits(at)) return at
  return undefined
}

/** What linkedom makes objects of, and what its parser keeps in a list that it shifts for each open element. */
function refuseExcess(html: string): void {
  const open = new OpenTags()
  let [elements, entities, at] = [0, 0, 0]
  for (const { index, 1: end, 2: name } of html.matchAll(/&|<(\/?)([a-z][a-z0-9]*)?/gi)) {
    refuseEndless(index - at)
    at = index
    if (end === '/' && name !== undefined) open.end(name.toLowerCase())
    else if (open.isInRawText) continue
    else if (name === undefined) entities++
    else open.begin(name.toLowerCase())
    // An end tag too can make an element: `</p>` and `</br>` do.
    if (name !== undefined && (end === '' || /^(?:p|br)$/i.test(name))) elements++
    if (elements > mostElements) throw new Unusable(`The HTML has more than ${mostElements} elements.`)
    if (entities > mostEntities) throw new Unusable(`The HTML has more than ${mostEntities} entities.`)
    if (open.depth > 10 * deepest) throw nestedTooDeep()
  }
  refuseEndless(html.length - at)
}

function refuseEndless(length: number): void {
  if (length > longestPiece)
    throw new Unusable(`The HTML has a piece of more than ${longestPiece} characters without a tag.`)
}

/** Readability asks for `html > head + body`, which linkedom does not add around a piece of a page, nor where other things stand first. */
function documentOf(html: string): Document {
  const document = parse(html)
  const root = document.documentElement as Element | null
  const body = descendants(document, 'body').find(({ parentElement }) => parentElement === root)
  if (root === null || body === undefined) return parse(inBody(html))
  closeGap(root, body)
  return document
}

const ofHead = /^(?:base|link|meta|script|style|template|title)$/

/**
 * What stands between head and body goes where a browser puts it (HTML, "after head"): linkedom takes a body for none that does not follow its
 * head at once, and makes an empty one.
 */
function closeGap(root: Element, body: Element): void {
  const before: Element[] = []
  for (let child = root.firstElementChild; child && child !== body; child = child.nextElementSibling) before.push(child)
  if (before.length === 1 && before[0]?.localName === 'head') return
  const head = before.find(({ localName }) => localName === 'head') ?? root.ownerDocument.createElement('head')
  for (const element of before) if (element !== head && ofHead.test(element.localName)) head.append(element)
  const shown = before.filter(({ localName, parentElement }) => parentElement === root && localName !== 'head')
  body.prepend(...shown)
  body.before(head)
}

function inBody(html: string): string {
  return `<!doctype html><html><head></head><body>${html}</body></html>`
}

function parse(html: string): Document {
  try {
    return new DOMParser().parseFromString(html, 'text/html') as unknown as Document
  } catch (cause) {
    // It hands the names of a class attribute to one call, which a hundred thousand of them overflow.
    if (cause instanceof RangeError) throw new Unusable('The HTML has an attribute that is too long.')
    throw cause
  }
}

function nestedTooDeep(): Unusable {
  return new Unusable(`The HTML nests more than ${deepest} elements.`)
}

/** linkedom leaves names as written, and looks for one by going through all. */
function tidyAttributes(element: Element): void {
  for (const [index, name] of element.getAttributeNames().entries()) {
    const lower = name.toLowerCase()
    if (index < mostAttributes && lower === name) continue
    const value = element.getAttribute(name)
    element.removeAttribute(name)
    if (index < mostAttributes && value !== null && element.getAttribute(lower) === null) {
      element.setAttribute(lower, value)
    }
  }
}
