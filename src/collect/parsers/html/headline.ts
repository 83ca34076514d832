import { plainOf } from '../plain.ts'
import type { Print } from './page-lines.ts'
import { closest, shownText, type Page } from './page.ts'

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

/**
 * The title of a page's article: of those told the one that the page prints as a headline, without the site's name; where the page prints
 * another, the printed. Without a headline, the first that is told.
 */
export function headlineOf({ elements, document }: Page, { sizes }: Print, told: ToldTitles): Headline {
  const titles = [...told.titles, ...(told.windowTitle === undefined ? [] : [told.windowTitle])].map(title =>
    tidied(title.slice(0, 2 * longest)),
  )
  const sites = new Set(told.siteNames.map(lettersOf))
  const headings = elements
    .filter(element => /^h[1-4]$/.test(element.localName) || isMarked(element))
    .filter(element => (sizes.get(element) ?? longest) < 4 * longest)
    .slice(0, mostHeadings)
    .map(element => ({ element, text: tidied(shownText(element, 4 * longest)) }))
    .filter(({ text }) => text.length <= longest && lettersOf(text) !== '' && !sites.has(lettersOf(text)))
    .filter(
      ({ element }) => closest(element, ({ localName }) => /^(?:nav|aside|footer)$/.test(localName)) === undefined,
    )
  const first = headings.filter(({ element }) => element.localName === 'h1')
  const ranked = headings
    .map(heading => ({ ...heading, ...bestMatch(heading, titles, told) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
  const [best] = ranked
  if (best) return { title: best.title, element: best.element }
  const [only] = first
  if (first.length === 1 && only && isArticles(only.element, document))
    return { title: only.text, element: only.element }
  const plain = titles[0]
  return plain === undefined ? { title: only?.text, element: only?.element } : { title: withoutSite(plain, told) }
}

/** A headline that is no heading says so. */
function isMarked(element: Element): boolean {
  if (element.getAttribute('itemprop')?.trim() === 'headline' && element.localName !== 'meta') return true
  return /(?:^|\s)(?:entry-title|p-name)(?:\s|$)/.test(element.getAttribute('class')?.slice(0, 300) ?? '')
}

/** Not the site's own sign, which stands in the page's header or leads home. */
function isArticles(element: Element, document: Document): boolean {
  const link = element.querySelector('a') ?? closest(element, ({ localName }) => localName === 'a')
  const isHome = /^(?:https?:\/\/[^/]*)?\/?(?:index\.\w+)?$/i.test(link?.getAttribute('href')?.trim() ?? '#')
  const header = closest(element, ({ localName }) => /^(?:header|article|main|section)$/.test(localName))
  return !isHome && (header?.localName !== 'header' || header.parentElement !== document.body)
}

function bestMatch(
  { element, text }: { element: Element; text: string },
  titles: readonly string[],
  told: ToldTitles,
): { score: number; title: string } {
  let best = { score: 0, title: text }
  const rank = { h1: 12, h2: 4, h3: 2 }[element.localName] ?? 0
  for (const [at, written] of titles.entries()) {
    const isWindow = told.windowTitle !== undefined && at === titles.length - 1
    for (const title of new Set([written, tidied(plainOf(written))])) {
      const match = matched(text, title, isWindow)
      if (match === undefined) continue
      const score = match.score + rank - at / 100
      if (score > best.score) best = { score, title: match.title }
    }
  }
  return best
}

/** How well a printed headline agrees with a told title, and which of the two is the title. */
function matched(text: string, title: string, isWindow: boolean): { score: number; title: string } | undefined {
  const [print, said] = [lettersOf(text), lettersOf(title)]
  if (said === '') return undefined
  if (print === said) return { score: 100, title: isWindow ? text : title }
  if (said.startsWith(print) && isSeparate(title, text, 'start')) return { score: 90, title: text }
  if (said.endsWith(print) && isSeparate(title, text, 'end')) return { score: 85, title: text }
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

function tidied(text: string): string {
  return text
    .replace(/[\u00ad\u200b]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}

/** Letters and digits alone: marks and spaces are set in many ways. */
export function lettersOf(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '')
    .toLowerCase()
}
