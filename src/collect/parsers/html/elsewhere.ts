import { fold } from '../../../text.ts'
import { closest, shownText, type Page } from './page.ts'
import type { Print } from './page-lines.ts'

/** Words of `class`, `id` and `role` by which systems name what stands around an article. */
const names = new Set(
  `comment comments commentlist commentaire commentaires comentario comentarios commento commenti kommentar kommentare kommentarer
  kommentit reactie reacties komentarz komentarze respond disqus related relacionadas relacionados recommended recommendation
  recommendations similar outbrain taboola teaser teasers popular trending mostread meistgelesen ticker promo
  newsletter carousel slider navigation nav navbar menu breadcrumb breadcrumbs pagination pager footer cookie cookies consent advert
  advertisement siblings topbar popup modal complementary contentinfo`.split(/\s+/),
)
const ofArticle = /^(?:post|entry|article|author)$/
/** Names of a margin and its boxes, which are also parts of others' names: `elementor-widget-text`, `fixed-sidebar-layout`, `has-sidebar`. */
const margin =
  /(?:^|\s)(?:[a-z]-|[a-z]+__)?(?:(?:left|right|primary|secondary|main|article|page)[-_]?)?(?:sidebars?|widgets?)(?![a-z])(?![-_](?:layout|text|page|main|wrap))/i
const elements = new Set(['nav', 'aside'])

/** Headings that are looked at, and how many boxes around each, and around the headline. */
const mostHeadings = 500
const boxes = 3
/** Characters of what a list of other stories says of one of them. */
const teaserSize = 700

/**
 * Tells of each element whether it stands outside the article: in navigation, margin, comments, or with another story, which has a headline
 * that leads to it. What holds the headline never does.
 */
export function elsewhereFrom(headline: Element | undefined, page: Page, print: Print): (element: Element) => boolean {
  const around = new Set<Element>()
  for (let at: Element | null = headline ?? null; at; at = at.parentElement) around.add(at)
  const own = [...around].find(({ localName }) => localName === 'article')
  const isInArticle = own !== undefined && holdsStory(own, headline, print)
  const near = new Set([...around].filter(box => box !== page.document.body).slice(1, 1 + boxes))
  const others = new Set([...otherStories(headline, around, page, print), ...markedStories(headline, around, print)])
  const known = new Map<Element, boolean>()
  // `has-sidebar` is said of what holds nearly everything.
  const half = (print.sizes.get(page.document.body) ?? Infinity) / 2
  const isElsewhere = (element: Element): boolean => {
    const kept = known.get(element)
    if (kept !== undefined) return kept
    const { parentElement: parent, localName } = element
    const itself =
      !around.has(element) &&
      (others.has(element) ||
        (isInArticle && localName === 'article') ||
        elements.has(localName) ||
        (isNamedSo(element) && element !== page.document.body && !isStandfirst(element, near)) ||
        (isMargin(element) && (print.sizes.get(element) ?? 0) <= half))
    const outside = parent !== null && (itself || isElsewhere(parent))
    known.set(element, outside)
    return outside
  }
  return isElsewhere
}

/** Characters of a line that says something, and of such lines that tell a story. */
const [leastLine, leastStory] = [60, 300]

/** Some systems put each part of a page into an `article` of its own: the headline into one, the text into those beside it or within. */
function holdsStory(own: Element, headline: Element | undefined, { lines }: Print): boolean {
  let size = 0
  for (const { text, block } of lines) {
    if (text.length < leastLine || block === headline) continue
    if (closest(block, ({ localName }) => localName === 'article') === own) size += text.length
    if (size >= leastStory) return true
  }
  return false
}

/** "Teaser" is also what newsrooms call the standfirst: it stands beside the headline, and leads nowhere. */
function isStandfirst(element: Element, near: ReadonlySet<Element>): boolean {
  const { parentElement: parent } = element
  const isBeside = parent !== null && (near.has(parent) || near.has(parent.parentElement ?? parent))
  if (!isBeside || !['class', 'id', 'role'].every(name => onlyTeaser(element.getAttribute(name)))) return false
  return element.querySelector('a, h1, h2, h3, h4, h5, h6, article') === null
}

function onlyTeaser(written: string | null): boolean {
  return written === null || wordsOf(written).every(word => word === 'teaser' || !names.has(word))
}

/** The boxes of headings that are links, or stand in one. */
function otherStories(
  headline: Element | undefined,
  around: ReadonlySet<Element>,
  { elements: all }: Page,
  { sizes }: Print,
): ReadonlySet<Element> {
  const found = new Set<Element>()
  const title = headline === undefined ? '' : fold(shownText(headline))
  for (const heading of all.filter(({ localName }) => /^h[2-6]$/.test(localName)).slice(0, mostHeadings)) {
    const link = heading.firstElementChild?.localName === 'a' || heading.parentElement?.localName === 'a'
    if (!link || around.has(heading) || (sizes.get(heading) ?? 0) > teaserSize) continue
    if (fold(shownText(heading)) === title) continue
    let box: Element | null = heading
    for (let step = 0; step < boxes && box && !around.has(box) && (sizes.get(box) ?? 0) <= teaserSize; step++) {
      found.add(box)
      box = box.parentElement
    }
  }
  return found
}

/** What is marked as another article (microdata), with a headline of its own, and not at length: the article's own may have other words there. */
function markedStories(
  headline: Element | undefined,
  around: ReadonlySet<Element>,
  { lines, sizes }: Print,
): Element[] {
  if (headline === undefined) return []
  const title = fold(shownText(headline))
  return lines
    .flatMap(({ block, inner }) => [block, ...inner.slice(0, 5)])
    .filter(element => element.getAttribute('itemprop') === 'headline' && fold(shownText(element)) !== title)
    .slice(0, mostHeadings)
    .flatMap(element => closest(element, each => each.getAttribute('itemscope') !== null) ?? [])
    .filter(scope => !around.has(scope) && (sizes.get(scope) ?? 0) <= 2 * teaserSize)
}

function isNamedSo(element: Element): boolean {
  return ['class', 'id', 'role'].some(name => {
    const written = element.getAttribute(name)
    if (written === null) return false
    const words = wordsOf(written)
    // The foot of an article, and a box about its author, are its own.
    const isOwn = words.some(word => ofArticle.test(word))
    return words.some(word => names.has(word) && !(isOwn && word === 'footer'))
  })
}

function isMargin(element: Element): boolean {
  return ['class', 'id'].some(name => margin.test(element.getAttribute(name)?.slice(0, 300) ?? ''))
}

/** `relatedPosts`, `related-posts` and `related_posts` have the same words. */
export function wordsOf(written: string): string[] {
  return written
    .slice(0, 300)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
}
