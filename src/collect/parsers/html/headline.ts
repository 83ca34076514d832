import { plainOf } from '../plain.ts'
import { headingText, isSiteSign, tidied, type HeadingText } from './kicker.ts'
import type { Print } from './page-lines.ts'
import { closest, type Page } from './page.ts'

/** What names an article, and how the page prints it. */
export interface Headline {
  title?: string
  /** The element that prints it. */
  element?: Element
}

/** What a page says of its title, the most trusted first, and by which names its site goes. */
export interface ToldTitles {
  titles: readonly string[]
  /** As in `title`: often with more than the headline. */
  windowTitle?: string
  siteNames: readonly string[]
  /** `www.example.org`. */
  host?: string
}

const mostHeadings = 300
const longest = 400
/** Of a match by shared words alone. */
const weak = 60

interface Heading extends HeadingText {
  element: Element
  isInFrame: boolean
}

/**
 * The title of a page's article: of those told the one that the page prints as a headline, without the site's name and without a kicker; where
 * the page prints another, the printed. Without a headline, the first that is told.
 */
export function headlineOf(page: Page, print: Print, told: ToldTitles): Headline {
  const titles = [...told.titles, ...(told.windowTitle === undefined ? [] : [told.windowTitle])].map(title =>
    tidied(title.slice(0, 2 * longest)),
  )
  const headings = headingsOf(page, print, told, titles)
  const { element, title } = printedTitle(headings, titles, told, page, print)
  // Some print it a second time in smaller letters, as the end of the way that leads to it.
  const [first = ''] = titles
  const trail = headings.find(
    ({ element: { localName }, isInFrame, headline }) =>
      isInFrame && localName === 'h1' && lettersOf(headline) === lettersOf(first),
  )
  return {
    title: trail ? first : title && withoutSiteWhereTold(title, titles, told),
    element: element ?? trail?.element,
  }
}

/** Headings, and what is marked as a headline, of which one may be the article's. */
function headingsOf({ elements }: Page, { sizes }: Print, told: ToldTitles, titles: readonly string[]): Heading[] {
  // Some systems call every page a site of its own.
  const isTitle = (name: string): boolean => titles.every(title => lettersOf(title) === name)
  const sites = new Set(told.siteNames.map(lettersOf).filter(name => !isTitle(name)))
  return elements
    .filter(element => /^h[1-4]$/.test(element.localName) || isMarked(element))
    .filter(element => (sizes.get(element) ?? longest) < 4 * longest)
    .slice(0, mostHeadings)
    .map(element => ({
      element,
      ...headingText(element, titles, lettersOf),
      isInFrame: closest(element, ({ localName }) => /^(?:nav|aside|footer)$/.test(localName)) !== undefined,
    }))
    .filter(({ whole }) => whole.length <= longest && lettersOf(whole) !== '' && !sites.has(lettersOf(whole)))
    .filter(({ element }) => !isSiteSign(element))
}

function printedTitle(
  all: readonly Heading[],
  titles: readonly string[],
  told: ToldTitles,
  { document }: Page,
  print: Print,
): Headline {
  const headings = all.filter(({ isInFrame }) => !isInFrame)
  const first = headings.filter(({ element }) => element.localName === 'h1' && !isUnseen(element))
  const [best] = headings
    .map(heading => ({ element: heading.element, ...bestMatch(heading, titles, told) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
  const [only] = first
  const isOnly = new Set(first.map(({ headline }) => lettersOf(headline))).size === 1
  const isSure = only !== undefined && isOnly && isArticles(only.element, document)
  if (best && (best.score > weak || !isSure)) return best
  if (isSure) return { title: only.headline, element: only.element }
  const line = printedPart(titles, print)
  if (line) return line
  const [plain] = titles
  return plain === undefined ? { title: only?.headline, element: only?.element } : { title: withoutSite(plain, told) }
}

/** A headline that is no heading says so. */
function isMarked(element: Element): boolean {
  if (element.getAttribute('itemprop')?.trim() === 'headline' && element.localName !== 'meta') return true
  return /(?:^|\s)(?:entry-title|p-name)(?:\s|$)/.test(element.getAttribute('class')?.slice(0, 300) ?? '')
}

function isUnseen(element: Element): boolean {
  return /(?:^|\s)(?:sr-only|screen-reader-text|visually-?hidden)(?:\s|$)/i.test(
    element.getAttribute('class')?.slice(0, 300) ?? '',
  )
}

/** Not in the page's own header. */
function isArticles(element: Element, document: Document): boolean {
  const header = closest(element, ({ localName }) => /^(?:header|article|main|section)$/.test(localName))
  return header?.localName !== 'header' || header.parentElement !== document.body
}

function bestMatch(
  { element, whole, headline }: Heading,
  titles: readonly string[],
  told: ToldTitles,
): { score: number; title: string } {
  let best = { score: 0, title: headline }
  const rank = { h1: 12, h2: 4, h3: 1 }[element.localName] ?? 0
  for (const [at, written] of titles.entries()) {
    const isWindow = told.windowTitle !== undefined && at === titles.length - 1
    for (const title of new Set([written, tidied(plainOf(written))]))
      for (const text of new Set([headline, whole])) {
        const match = matched(text, title, { isWindow, isFirst: element.localName === 'h1' })
        if (match === undefined) continue
        const score = match.score + rank - at / 100
        if (score > best.score) best = { score, title: text === headline ? match.title : headline }
      }
  }
  return best
}

/** Of a told title, what a heading below the first has at least. */
const leastShare = 0.35

/** How well a printed headline agrees with a told title, and which of the two is the title. */
function matched(
  text: string,
  title: string,
  { isWindow, isFirst }: { isWindow: boolean; isFirst: boolean },
): { score: number; title: string } | undefined {
  const [print, said] = [lettersOf(text), lettersOf(title)]
  if (said === '') return undefined
  // A heading of one word may be the column's, or that of a part of the text.
  const isPart = !isFirst && print.length < leastShare * said.length
  if (print === said) return { score: 100, title: isWindow ? text : title }
  if (said.startsWith(print) && isSeparate(title, text, 'start')) return { score: isPart ? 45 : 90, title: text }
  if (said.endsWith(print) && isSeparate(title, text, 'end')) return { score: isPart ? 40 : 85, title: text }
  const isCut = /(?:…|\.{3})$/.test(title)
  if (print.startsWith(said) && said.length >= 8)
    return { score: 80, title: isCut || isWindow || said.length < print.length / 2 ? text : title }
  if (print.endsWith(said) && said.length >= 8) return { score: 78, title: isWindow ? text : title }
  return sharedWords(text, title) >= 0.5 ? { score: 50, title: text } : undefined
}

/** Does what a title has besides the headline stand apart from it? Without spaces between words only a mark tells. */
function isSeparate(title: string, headline: string, end: 'start' | 'end'): boolean {
  const rest = end === 'start' ? title.slice(headline.length) : title.slice(0, -headline.length)
  const isWords = lettersOf(headline).length >= 10 && headline.split(' ').length >= 3
  return isWords || (end === 'start' ? /^\s*[^\p{L}\p{N}\s]/u : /[^\p{L}\p{N}\s]\s*$/u).test(rest)
}

function sharedWords(one: string, other: string): number {
  const [a, b] = [wordsOf(one), wordsOf(other)]
  if (a.size < 3 || b.size < 3) return 0
  return [...a].filter(word => b.has(word)).length / Math.min(a.size, b.size)
}

function wordsOf(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{M}\p{N}]{3,}/gu))
}

const separator = /\s+[-–—|·•»«›‹:/│]+\s+|\s*[|│]\s*|:\s+/u

/** Parts of a title that are looked for. */
const mostPieces = 6

/** Without any heading: the longest part of a told title, between its marks, that the page prints as a line of its own. */
function printedPart(titles: readonly string[], { lines, sizes }: Print): Headline | undefined {
  const pieces = new Set(titles.flatMap(piecesOf))
  const [longestPiece] = [...pieces]
    .map(piece => ({ piece, letters: lettersOf(piece) }))
    .filter(({ letters }) => letters.length >= 5)
    .toSorted((a, b) => b.letters.length - a.letters.length)
    .flatMap(({ piece, letters }) => {
      const line = lines.find(
        ({ text, length, block }) => length <= 2 * piece.length + 20 && lettersOf(text) === letters && isOfText(block),
      )
      if (line === undefined) return []
      const isAlone = (sizes.get(line.block) ?? Infinity) <= 2 * line.length
      return [{ title: piece, ...(isAlone && { element: line.block }) }]
    })
  return longestPiece
}

function isOfText(block: Element): boolean {
  return (
    closest(block, ({ localName }) => /^(?:nav|aside|footer|li|select)$/.test(localName)) === undefined &&
    !isSiteSign(block)
  )
}

function piecesOf(title: string): string[] {
  const parts = title.split(isDense(title) ? denseSeparator : separator).slice(0, mostPieces)
  return parts.length > 1 ? parts : []
}

function isDense(title: string): boolean {
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(title)
}

const denseSeparator = /[-–—_|｜│]+/u

/** A title loses the site's name where the page tells or prints it without. */
function withoutSiteWhereTold(title: string, titles: readonly string[], told: ToldTitles): string {
  const plain = withoutSite(title, told)
  return plain !== title && titles.some(other => lettersOf(other) === lettersOf(plain)) ? plain : title
}

/** Of a title that the page prints nowhere: what stands at either end of it and names the site goes. */
export function withoutSite(title: string, { siteNames, host = '' }: Pick<ToldTitles, 'siteNames' | 'host'>): string {
  const names = new Set(siteNames.map(lettersOf).filter(name => name !== ''))
  const domain = lettersOf(host.replace(/^www\./, '').replace(/\.[^.]*$/, ''))
  const isSite = (part: string): boolean => {
    const letters = lettersOf(part)
    return names.has(letters) || lettersOf(host) === letters || (letters.length >= 4 && letters === domain)
  }
  for (const name of siteNames) {
    const [before, after] = [title.slice(0, -name.length), title.slice(name.length)]
    if (lettersOf(title.slice(-name.length)) === lettersOf(name) && /(?:\s[-–—|·•:»›│]+|[|│:])\s*$/u.test(before))
      return before.replace(/\s*[-–—|·•:»›│]+\s*$/u, '')
    if (lettersOf(title.slice(0, name.length)) === lettersOf(name) && /^(?:\s+[-–—|·•:»›│]|[|│:])/u.test(after))
      return after.replace(/^\s*[-–—|·•:»›│]+\s*/u, '')
  }
  const parts = title.split(separator)
  const [first = '', last = ''] = [parts[0], parts.at(-1)]
  if (parts.length > 1 && isSite(last)) return title.slice(0, -last.length).replace(/[\s\-–—|·•:»«›‹/│]+$/u, '')
  if (parts.length > 1 && isSite(first)) return title.slice(first.length).replace(/^[\s\-–—|·•:»«›‹/│]+/u, '')
  return title
}

/** Letters and digits alone: marks and spaces are set in many ways. */
export function lettersOf(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '')
    .toLowerCase()
}
