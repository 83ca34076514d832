import { wordsOf } from './elsewhere.ts'
import type { PageLine } from './page-lines.ts'
import { closest, descendants, shownText, type Page } from './page.ts'
import { datesInLine, type PrintedDate } from '../dates/dates-in-line.ts'
import { isSpaceless } from '../page-dump/line-words.ts'
import { sentenceEnd } from '../paragraphs.ts'

/** Where the headline's line is, and which elements belong to others. */
export interface Place {
  lines: readonly PageLine[]
  /** Of the headline; -1 where the page prints none. */
  at: number
  isElsewhere: (element: Element) => boolean
  language: string
  /** The article's own address. */
  address?: string
}

/** As `firstDate` reads them, the most trusted first. */
export interface PageDates {
  /** Marked for machines, on any element of the article. */
  marked: string[]
  /** Printed beside the headline, in the address, or below the text. */
  printed: string[]
  changed: string[]
}

/** Lines of print, and among them paragraphs, that stand between a headline and its date at most. */
const [farthest, mostProse, before, nearest] = [25, 3, 6, 4]
/** Dates of one kind, and elements of one line, that are looked at. */
const [mostMarked, mostInner] = [5, 50]
/** Characters. What stands beside a date: a byline, a place, a count of comments. */
const mostBeside = 120
const proseLength = 250
/** Of a link to another story. */
const longLink = 40

/** The dates that a page tells of its article outside of its head, never those of comments, teasers or related stories. */
export function pageDatesOf({ elements }: Page, place: Place): PageDates {
  const found: PageDates = { marked: markedDates(elements, place, 'datepublished'), printed: [], changed: [] }
  found.changed.push(...markedDates(elements, place, 'datemodified'))
  const beside = besideHeadline(place)
  const times: string[] = []
  const print: string[] = []
  for (const line of beside) readLine(line, place, { times, print, changed: found.changed })
  found.marked.push(...hentryDates(elements, place), ...times)
  found.printed.push(...agreeing(print, dateInAddress(place.address)), ...below(place))
  return found
}

/** Microdata and RDFa, also where nothing around says that it is an article. */
function markedDates(elements: readonly Element[], { isElsewhere, language }: Place, property: string): string[] {
  const marked = elements.filter(element => {
    const written = element.getAttribute('itemprop') ?? element.getAttribute('property')
    return (
      written !== null &&
      element.localName !== 'meta' &&
      written
        .toLowerCase()
        .split(/\s+/)
        .some(name => name.replace(/^.*[:/]/, '') === property)
    )
  })
  return marked
    .filter(element => !isElsewhere(element))
    .slice(0, mostMarked)
    .flatMap(element => valueOf(element, language))
}

/** hAtom (http://microformats.org/wiki/hatom) and h-entry; and `time pubdate`, which HTML once had. */
function hentryDates(elements: readonly Element[], { isElsewhere, language }: Place): string[] {
  const marked = elements.filter(element => {
    if (element.localName === 'time' && element.getAttribute('pubdate') !== null) return true
    if (!/^(?:time|abbr|span|p|div)$/.test(element.localName)) return false
    const names = element.getAttribute('class')?.slice(0, 300).toLowerCase().split(/\s+/) ?? []
    return names.some(
      name =>
        /^(?:(?:dt-)?published|entry-date)$/.test(name) ||
        (element.localName === 'time' && /(?:^|[_-])(?:pubdate|publish(?:ed)?[_-]?date)$/.test(name)),
    )
  })
  return marked
    .filter(element => !isElsewhere(element))
    .slice(0, mostMarked)
    .flatMap(element => valueOf(element, language))
}

/** What an element says to machines; where it prints another day, that: the clock of a template is not asked by any reader. */
function valueOf(element: Element, language: string): string[] {
  const said = ['content', 'datetime', 'title'].map(name => element.getAttribute(name)?.trim()).find(text => text)
  const text = shownText(element)
  const [printed] = datesInLine(text, language)
  if (said === undefined) return printed ? [printed.written] : []
  const [day, shown] = [dayIn(said), printed && dayIn(printed.written)]
  if (day === undefined)
    return [...datesInLine(said, language).map(({ written }) => written), ...(printed ? [printed.written] : [])]
  return [shown !== undefined && daysBetween(day, shown) > 1 ? (printed?.written ?? said) : said]
}

/** Lines below the headline, then those above it. */
function besideHeadline({ lines, at, isElsewhere }: Place): PageLine[] {
  if (at < 0) return []
  const beside: PageLine[] = []
  let prose = 0
  let last = at + nearest
  for (let next = at; next < lines.length && next <= at + farthest && prose < mostProse; next++) {
    const line = lines[next]
    if (!line || isQuoted(line.block, lines[at]?.block)) continue
    if (next > at && isOtherHeadline(line)) last = next
    if (isElsewhere(line.block) && (next === at || next > last || !isOfArticle(line.block, isElsewhere))) continue
    if (line.length >= proseLength) prose++
    beside.push(line)
  }
  for (let above = at - 1; above >= 0 && above >= at - before; above--) {
    const line = lines[above]
    if (line && !isElsewhere(line.block) && !isOfPage(line.block)) beside.push(line)
  }
  return beside
}

function isOtherHeadline({ block, inner }: PageLine): boolean {
  return (
    closest(block, ({ localName }) => /^h[1-6]$/.test(localName)) !== undefined &&
    [...inner.slice(0, 5), block, ...(block.parentElement ? [block.parentElement] : [])].some(
      ({ localName }) => localName === 'a',
    )
  )
}

/** A post of somebody else, set into the article, has a date of its own. */
function isQuoted(block: Element, headline: Element | undefined): boolean {
  const quotation = closest(block, ({ localName }) => localName === 'blockquote')
  return quotation !== undefined && !(headline && quotation.contains(headline))
}

/** Called a margin, a teaser or a comment for its looks or its kind: a small box beside the headline that leads nowhere. */
function isOfArticle(block: Element, isElsewhere: (element: Element) => boolean): boolean {
  let box = block
  while (box.parentElement && isElsewhere(box.parentElement)) box = box.parentElement
  return (
    shownText(box, 2 * mostBeside).length < 2 * mostBeside &&
    descendants(box).every(
      each =>
        (each.contains(block) || !/^(?:h[1-6]|form|nav)$/.test(each.localName)) &&
        (each.localName !== 'a' || shownText(each, proseLength).length < longLink),
    )
  )
}

/** Today's date stands in the head of many pages. */
function isOfPage(block: Element): boolean {
  if (closest(block, ({ localName }) => localName === 'article')) return false
  for (let at: Element | null = block; at; at = at.parentElement)
    if (at.localName === 'header' || /today|heute|hoy/i.test(at.getAttribute('class')?.slice(0, 300) ?? ''))
      return at.localName !== 'header' || at.querySelector('h1') === null
  return false
}

interface Sorted {
  times: string[]
  print: string[]
  changed: string[]
}

function readLine(line: PageLine, { language, isElsewhere }: Place, sorted: Sorted): void {
  const times = [...line.inner.slice(0, mostInner), line.block].filter(
    element => element.localName === 'time' && element.getAttribute('datetime') && !isElsewhere(element),
  )
  for (const time of times) {
    const text = shownText(time)
    const start = Math.max(0, line.text.indexOf(text))
    const label = line.text.slice(Math.max(0, start - 40), start)
    const list = isChange(label + text) || isNamedChange(time) ? sorted.changed : sorted.times
    list.push(...valueOf(time, language))
  }
  const dates = isDateLine(line, language)
  for (const [index, date] of dates.entries()) {
    const from = Math.max(dates[index - 1]?.end ?? 0, date.start - 60)
    ;(isChange(line.text.slice(from, date.start)) || isNamedChange(line.block) ? sorted.changed : sorted.print).push(
      date.written,
    )
  }
}

/** Characters beside a date that may end as a sentence does: "Published at 10 a.m."; of a script without spaces. */
const [mostLabel, fewest] = [40, 12]

/** Dates and bylines are looked for in the same lines. */
const known = new WeakMap<PageLine, readonly PrintedDate[]>()

/** The dates of a line, found once: a page has one language. */
export function datesOn(line: PageLine, language: string): readonly PrintedDate[] {
  const found = known.get(line) ?? datesInLine(line.text, language)
  known.set(line, found)
  return found
}

/** The dates of a line that says little else. */
function isDateLine(line: PageLine, language: string): readonly PrintedDate[] {
  const dates = datesOn(line, language)
  const shown = dates.reduce((sum, { start, end }) => sum + end - start, 0)
  const beside = line.length - shown
  return beside <= mostBeside &&
    !(sentenceEnd.test(line.text) && beside > (isSpaceless(line.text) ? fewest : mostLabel))
    ? dates
    : []
}

const change =
  /updat|aktuali[sz]|actuali[sz]|mis à jour|mise à jour|aggiorna|modific|modifié|bijgewerkt|gewijzigd|uppdater|ändra|opdater|oppdater|endret|päivitet|muokat|zmodyf|обновл|измен|оновлен|güncel|frissít|aktualizo|ενημ|\bstand\b|änderung|geändert|bearbeitet|\bedited|revis|changed|수정|업데이트|更新|تحديث|עודכן|अपडेट|diperbarui|cập nhật/iu

function isChange(label: string): boolean {
  return change.test(label)
}

function isNamedChange(element: Element): boolean {
  const words = wordsOf(element.getAttribute('class') ?? '')
  return (
    words.some(word => /^(?:updated|modified|changed|lastmod)$/.test(word)) &&
    !words.some(word => /^publish|^date$|^entry$/.test(word))
  )
}

const publication =
  /publi|posted|veröffentlich|erschien|erstellt|geschrieben|verfasst|eingestellt|gepostet|written|created|geplaatst|julkais|publicer|udgivet|опубликован|размещ|yayın|megjelen|zveřejn|δημοσ|掲載|投稿|公開|发布|發布|입력|등록|نشر|פורסם|प्रकाशित|diterbitkan/iu

/** Do the words beside a date say what it is the date of? */
export function isDateLabel(words: string): boolean {
  return change.test(words) || publication.test(words)
}

/** Below the text: a line that says that it was published. */
function below({ lines, at, isElsewhere, language }: Place): string[] {
  const rest = lines.slice(Math.max(0, at)).filter(({ text }) => /\p{Nd}/u.test(text) && publication.test(text))
  for (const line of rest.slice(0, 50)) {
    const [date] = line.length <= 250 && !isElsewhere(line.block) ? datesInLine(line.text, language) : []
    if (
      date &&
      publication.test(line.text.slice(0, date.start)) &&
      !isChange(line.text.slice(Math.max(0, date.start - 30), date.start))
    )
      return [date.written]
  }
  return []
}

/** `/2019/06/27/`, `/2019-06-27-`, `20190627`. */
function dateInAddress(address: string | undefined): string | undefined {
  const path = address?.slice(0, 2000) ?? ''
  const [, year, month, day] =
    /\/(20\d\d|19\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/-])/.exec(path) ??
    /\/(20[0-2]\d)([01]\d)([0-3]\d)(?=[/_-])/.exec(path) ??
    []
  if (year === undefined || month === undefined || day === undefined) return undefined
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return Number.isNaN(Date.parse(`${written}T00:00:00Z`)) ? undefined : written
}

/**
 * What head elements call a date and no more is that of the last change, or of the feed, as often as that of publication: it gives way
 * where the article's own dates are of another day.
 */
export function inOrderOfTrust(
  named: readonly string[],
  unnamed: readonly string[],
  { marked, printed }: PageDates,
): string[] {
  const days = [...marked, ...printed].flatMap(written => dayIn(written) ?? [])
  const isAgreed = (written: string): boolean => {
    const day = dayIn(written)
    return day === undefined || days.length === 0 || days.some(other => daysBetween(day, other) <= 1)
  }
  return [...named, ...unnamed.filter(isAgreed), ...marked.slice(0, mostMarked), ...printed, ...unnamed]
}

/** Where the address has the day, only what is printed of that day. */
function agreeing(print: readonly string[], address: string | undefined): string[] {
  if (address === undefined) return [...print]
  const same = print.filter(written => {
    const day = dayIn(written)
    return day !== undefined && daysBetween(day, address) <= 1
  })
  return [...same, address]
}

function dayIn(written: string): string | undefined {
  return /^\d{4}-\d\d-\d\d/.exec(written)?.[0]
}

function daysBetween(one: string, other: string): number {
  return Math.abs(Date.parse(`${one}T00:00:00Z`) - Date.parse(`${other}T00:00:00Z`)) / 86_400_000
}
