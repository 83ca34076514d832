import type { Party } from '../../../article.ts'
import { isPerson } from '../byline-names.ts'
import { openedBy } from '../byline.ts'
import { boxedIn, isMarked, isNamedSo, isProfile, markedIn } from './author-marks.ts'
import { distinct, lettersOfSites, longestName, ofOneKind } from './author-names.ts'
import { creditedIn, printedIn, signedBesideDate } from './byline-line.ts'
import { wordsOf } from './elsewhere.ts'
import { lettersOf } from './headline.ts'
import { datesOn, type Place } from './page-dates.ts'
import type { PageLine } from './page-lines.ts'
import { closest, descendants, shownText } from './page.ts'

/** Lines of print between a headline and its byline at most. */
const [below, above] = [20, 3]
/** Lines in which a byline counts though its box is called a margin or a teaser. */
const next = 4
/** Lines between two that name authors of one article. */
const mostBetween = 3
/** Lines below the text that are looked at. */
const mostAfter = 1_000

/** By which names nobody is called: the site's, and those of sections and keywords. */
export interface OtherNames {
  siteNames: readonly string[]
  labels: readonly string[]
}

/** The authors that a page marks or prints beside its headline, else the one of whom alone it says so below the text. */
export function bylineOf(place: Place, { siteNames, labels }: OtherNames): Party[] {
  const sites = lettersOfSites(siteNames)
  const once = (parties: readonly Party[]): Party[] =>
    distinct(ofOneKind(parties.filter(({ name }) => !sites.has(lettersOf(name)))))
  const beside = besideHeadline(place)
  const marked: Party[] = []
  let last = -1
  for (const [at, line] of beside.entries()) {
    const parties = last >= 0 && at - last > mostBetween ? [] : markedIn(line, place)
    if (parties.length > 0) last = at
    marked.push(...parties)
  }
  if (once(marked).length > 0) return once(marked)
  for (const [at, line] of beside.entries()) {
    const printed = place.isElsewhere(line.block) ? [] : once(printedIn(line, beside[at + 1], place))
    if (printed.length > 0) return printed
  }
  const told = new Set(labels.map(lettersOf))
  const own = beside.filter(({ block }) => !place.isElsewhere(block))
  const signed = own.map(line => once(signedBesideDate(line, place, told))).filter(parties => parties.length > 0)
  // A calendar of concerts has a date and a name in each line.
  if (signed[0] && signed.length === 1) return signed[0]
  return belowText(place, once)
}

/** Who is named in one line below the text, or signs the end of it. */
function belowText(place: Place, once: (parties: readonly Party[]) => Party[]): Party[] {
  const { lines, at, isElsewhere } = place
  const after = at < 0 ? [] : lines.slice(at + 1, at + 1 + below + mostAfter)
  const others = otherArticles(lines[at]?.block)
  const named = after
    .slice(below)
    .filter(line => !isElsewhere(line.block) && isCredit(line, others))
    .map((line, index, own) =>
      once([...markedIn(line, place, false), ...creditedIn(line, own[index + 1], place), ...boxedIn(line, place)]),
    )
    .filter(parties => parties.length > 0)
  const all = once(named.flat())
  if (named.some(parties => parties.length === all.length)) return all
  return named.length === 0 ? once(signature(after, place)) : []
}

/** One of several `article` elements is the article where it holds the headline. */
function otherArticles(headline: Element | undefined): Element[] {
  const articles = headline === undefined ? [] : descendants(headline.ownerDocument, 'article').slice(0, mostArticles)
  return articles.length > 1 ? articles.filter(article => !article.contains(headline ?? null)) : []
}

/** No title of another story, with its author behind it. */
function isCredit({ text, inner, block }: PageLine, others: readonly Element[]): boolean {
  if (others.some(article => article.contains(block))) return false
  const link = closest(block, ({ localName }) => localName === 'a')
  const isNamed = [link, link?.parentElement].some(each => each && (isNamedSo(each) || isProfile(each)))
  if (link && !isNamed && link.textContent.trim().length > longestName) return false
  const marked = inner.findIndex(isMarked)
  if (marked >= 0) return !inner.slice(0, marked).some(leadsOn)
  return text.length < 2 * longestName
}

/** That are looked at. */
const mostArticles = 50

/** Characters of a line of text. */
const leastProse = 80

/** Somebody's name in italics, in brackets or behind a dash as the last line of the text. */
function signature(lines: readonly PageLine[], { isElsewhere, language }: Place): Party[] {
  const at = lines.findLastIndex(
    ({ text, block }) => text.length >= leastProse && block.localName === 'p' && !isElsewhere(block),
  )
  const [prose, line] = [lines[at], lines[at + 1]]
  if (!prose || !line || line.block.parentElement !== prose.block.parentElement) return []
  const [, dashed, bracketed] = /^(?:[–—-]\s?([^()]+)|\(([^()]+)\))$/u.exec(line.text) ?? []
  const isSlanted = line.inner.some(element => /^(?:em|i)$/.test(element.localName) && shownText(element) === line.text)
  const signed = dashed ?? bracketed ?? (isSlanted ? line.text : '')
  const name = openedBy(signed, language) ?? signed
  return isPerson(name) ? [{ name }] : []
}

/** Lines that a byline of the article may be, the nearest below its headline first. */
export function besideHeadline(place: Place): PageLine[] {
  const { lines, at, isElsewhere, language } = place
  if (at < 0) return onlyByline(place)
  const isNear = ({ block, text }: PageLine, distance: number): boolean =>
    !isElsewhere(block) ||
    (distance < next && isInBox(block, isElsewhere)) ||
    (distance === 0 &&
      isNamedSo(block) &&
      openedBy(text, language) !== undefined &&
      isWithoutHeading(block, isElsewhere))
  const after = lines.slice(at + 1, at + 1 + below).filter((line, index) => isNear(line, index))
  const before = lines.slice(Math.max(0, at - above), at)
  return [...after, ...before.filter((line, index) => isNear(line, before.length - 1 - index))]
}

/** Of a page that prints no headline, the one line that has an author and a date. */
function onlyByline(place: Place): PageLine[] {
  const dated = place.lines
    .slice(0, mostAfter)
    .filter(({ text, block }) => text.length <= 2 * longestName && /\d/.test(text) && !place.isElsewhere(block))
    .filter(line => printedIn(line, undefined, place).length > 0 && datesOn(line, place.language).length > 0)
  return dated.length === 1 ? dated : []
}

function isWithoutHeading(block: Element, isElsewhere: (element: Element) => boolean): boolean {
  return descendants(outermost(block, isElsewhere)).every(({ localName }) => !/^(?:h[1-6]|article)$/.test(localName))
}

function outermost(block: Element, isElsewhere: (element: Element) => boolean): Element {
  let box = block
  while (box.parentElement && isElsewhere(box.parentElement)) box = box.parentElement
  return box
}

/** Elements of a box that holds a byline. */
const mostInBox = 60
/** Characters of a link to a keyword or a section. */
const shortLink = 30

/** A margin or teaser beside the headline that leads to no other story before it names anybody: it is called so for its looks. */
function isInBox(block: Element, isElsewhere: (element: Element) => boolean): boolean {
  const box = outermost(block, isElsewhere)
  const within = descendants(box)
  const first = within.findIndex(each => each === block || isMarked(each) || isNamedSo(each) || isProfile(each))
  const at = first < 0 ? within.length : first
  return (
    within.length <= mostInBox &&
    !isInNavigation(block, box) &&
    within.every(
      (element, index) =>
        !/^(?:h[1-6]|form|input)$/.test(element.localName) &&
        (!leadsOn(element) || (index > at && shownText(element, 100).length < shortLink)),
    )
  )
}

function isInNavigation(block: Element, box: Element): boolean {
  for (let at: Element | null = block; at && at !== box.parentElement; at = at.parentElement) {
    if (/^(?:nav|footer|form)$/.test(at.localName)) return true
    const words = wordsOf(at.getAttribute('class') ?? '')
    if (words.some(word => /^(?:breadcrumbs?|menu|nav|navigation)$/.test(word))) return true
  }
  return false
}

function leadsOn(element: Element): boolean {
  const address = element.localName === 'a' ? element.getAttribute('href') : undefined
  return (
    !!address &&
    !/^(?:#|mailto:|tel:|javascript:)/i.test(address) &&
    !isMarked(element) &&
    !isNamedSo(element) &&
    !isProfile(element)
  )
}
