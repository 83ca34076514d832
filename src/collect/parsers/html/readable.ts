import { Readability } from '@mozilla/readability'
import { removeFurniture } from './furniture.ts'
import { closest, depthsOf, descendants, type Page } from './page.ts'
import { removeNextStories } from './other-stories.ts'
import { removePreamble, type Told } from './preamble.ts'

/**
 * Kept by the sanitiser or weighed by Readability. Any other attribute only costs time, and by `rel` and `itemprop` it would cut an author's
 * name out of "By Ida Holm, 3 May".
 */
const weighed = new Set(
  `href src alt title width height cite datetime colspan rowspan lang dir class id role controls poster type hidden aria-hidden
  aria-modal`.split(/\s+/),
)

const noText = new Set('script style template svg math noscript object embed link meta dialog nav'.split(' '))

/** Characters. A news item of two sentences is one; below its own threshold of 500 it would take the page's frame along. */
const charThreshold = 140

// Its time grows with the depth at which things stand, and linkedom begins a piece of text at each entity: measured, a page at these limits takes half a second.
const mostElements = 4_000
const mostNodes = 30_000
const mostLevels = 100_000
const mostCharacters = 20_000_000

/**
 * The HTML, unsafe, of a page's article, by Mozilla's Readability. A page that is too large for that gives its `article` or `main` element,
 * or all of its body. The headline above the text, and what is `told` beside it, are not part of it. Undefined where there is no text. Changes the page.
 */
export function readableHtml(page: Page, told: Told & { headline?: Element }): string | undefined {
  removeNextStories(page, told.headline)
  openForms(page)
  removeSignUps(page, told.headline)
  keepStory(told.headline)
  clear(page)
  removeHeadline(page, told.headline)
  const html = isReadable(page) ? byReadability(page, told) : byElement(page, told)
  return html?.trim() === '' ? undefined : html
}

/** As `readableHtml`, of all that one element holds, without what `isElsewhere`. */
export function htmlWithin(
  page: Page,
  chosen: Element,
  told: Told & { headline?: Element },
  isElsewhere: (element: Element) => boolean,
): string | undefined {
  for (const element of descendants(chosen)) if (isElsewhere(element)) element.remove()
  removeNextStories(page, told.headline)
  openForms(page)
  removeSignUps(page, told.headline)
  clear(page)
  removeHeadline(page, told.headline)
  return htmlOf(chosen, told)
}

function byReadability({ document }: Page, told: Told): string | undefined {
  const result = new Readability(document, {
    charThreshold,
    disableJSONLD: true,
    // Every embedded page stays, for the sanitiser makes a link of it.
    allowedVideoRegex: /^(?:https?:)?\/\//i,
    serializer: content => {
      if (!(content instanceof Object)) return ''
      const text = unwrapped(content as Element)
      removePreamble(text, told)
      removeFurniture(text)
      return text.innerHTML
    },
  }).parse()
  return result?.content ?? undefined
}

/** A cell without its table is what is left of a page that was laid out by one. */
const box = /^(?:div|article|section|main|td)$/i

/** Without the boxes around everything: Readability's own, and the page's. */
function unwrapped(content: Element): Element {
  const { firstElementChild: only, children } = content
  const alone = only !== null && children.length === 1 && box.test(only.localName)
  return alone && [...content.childNodes].every(node => node === only || node.textContent?.trim() === '')
    ? unwrapped(only)
    : content
}

function clear({ elements, document }: Page): void {
  for (const element of elements) {
    if (element === document.body || !(noText.has(element.localName) || isHidden(element))) keepWeighed(element)
    else element.remove()
  }
}

/** Characters of all that surrounds the form for a newsletter. */
const signUpLength = 400
const mostForms = 20

/** Some systems put the whole page into a form. */
function openForms({ document }: Page): void {
  for (const form of descendants(document, 'form').slice(0, mostForms)) {
    if (form.textContent.length <= 2 * signUpLength && form.querySelector('h1') === null) continue
    const plain = document.createElement('div')
    plain.append(...form.childNodes)
    form.replaceWith(plain)
  }
}

/** With the invitation around it, which Readability would leave without its form. */
function removeSignUps({ elements }: Page, headline: Element | undefined): void {
  const fields = elements.filter(
    element => element.localName === 'input' && element.getAttribute('type')?.toLowerCase() === 'email',
  )
  const story = ancestorsOf(headline)
  for (const field of fields.slice(0, mostForms)) {
    let around: Element = closest(field, ({ localName }) => localName === 'form') ?? field
    for (let next = around.parentElement; next && isInvitation(next, story); next = next.parentElement) around = next
    around.remove()
  }
}

/** Names and roles by which Readability leaves a box out: what holds the headline stays. */
const unlikely =
  /-ad-|ai2html|banner|breadcrumbs|combx|comment|community|cover-wrap|disqus|extra|footer|gdpr|header|legends|menu|related|remark|replies|rss|shoutbox|sidebar|skyscraper|social|sponsor|supplemental|ad-break|agegate|pagination|pager|popup|yom-remote|navigation|dialog|complementary|alert/i

function keepStory(headline: Element | undefined): void {
  for (let around = headline?.parentElement; around; around = around.parentElement) {
    for (const name of ['class', 'id', 'role'])
      if (unlikely.test(around.getAttribute(name)?.slice(0, 1000) ?? '')) around.removeAttribute(name)
  }
}

function isInvitation(parent: Element, story: ReadonlySet<Element>): boolean {
  const isBox = /^(?:div|section|aside)$/.test(parent.localName) && !story.has(parent)
  return isBox && parent.textContent.trim().length <= signUpLength
}

function ancestorsOf(headline: Element | undefined): ReadonlySet<Element> {
  const found = new Set<Element>()
  for (let at: Element | null = headline ?? null; at; at = at.parentElement) found.add(at)
  return found
}

/** Readability knows only the title of the page's head, which may have other words. */
function removeHeadline({ elements }: Page, headline: Element | undefined): void {
  const headings = elements.filter(({ localName }) => localName === 'h1')
  const printed = headline ?? (headings.length === 1 ? headings[0] : undefined)
  printed?.remove()
}

/** `style` itself goes: linkedom takes quadratic time for one. */
export function isHidden(element: Element): boolean {
  const style = element.getAttribute('style')?.slice(0, 1000) ?? ''
  return /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)/i.test(style)
}

function keepWeighed(element: Element): void {
  for (const name of element.getAttributeNames()) if (!weighed.has(name)) element.removeAttribute(name)
}

function isReadable({ document }: Page): boolean {
  const elements = descendants(document)
  let pieces = 0
  // A list of an element's children is made anew each time.
  for (const element of elements) for (let child = element.firstChild; child; child = child.nextSibling) pieces++
  // What it writes as an entity it reads back as a piece of text, and two hundred thousand of them overflow one call.
  const nodes = Math.max(pieces, 2 * (document.body.textContent.match(/[&<>\u00a0]/g)?.length ?? 0))
  if (elements.length > mostElements || nodes > mostNodes) return false
  const depths = depthsOf(elements)
  const levels = depths.reduce((sum, depth) => sum + depth, 0)
  const deepest = depths.reduce((most, depth) => Math.max(most, depth), 0)
  return levels <= mostLevels && deepest * document.body.textContent.length <= mostCharacters
}

const frame = new Set(['nav', 'aside', 'footer', 'form', 'button', 'select'])

function byElement({ document }: Page, told: Told): string | undefined {
  const chosen =
    ['article', 'main'].map(name => longest(descendants(document, name))).find(element => element !== undefined) ??
    document.body
  return htmlOf(chosen, told)
}

function htmlOf(chosen: Element, told: Told): string | undefined {
  for (const element of descendants(chosen)) if (frame.has(element.localName)) element.remove()
  if (chosen.textContent.trim() === '') return undefined
  removePreamble(chosen, told)
  removeFurniture(chosen)
  return chosen.innerHTML
}

/** Of those that stand in no other of their kind. */
function longest(elements: readonly Element[]): Element | undefined {
  const outer = elements.filter(
    element =>
      !element.parentElement || !closest(element.parentElement, other => other.localName === element.localName),
  )
  const sizes = outer.map(element => ({ element, size: element.textContent.trim().length }))
  return sizes.toSorted((a, b) => b.size - a.size).find(({ size }) => size > 0)?.element
}
