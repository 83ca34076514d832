import { fold } from '../../../text.ts'
import { descendants } from './page.ts'
import type { PageMetadata } from './page-metadata.ts'
import { sentenceEnd } from '../paragraphs.ts'

/** What stands between a headline and the text, and is told by the page's metadata already. */
export type Told = Pick<PageMetadata, 'published' | 'modified' | 'authors' | 'section' | 'keywords' | 'standfirst'>

/** Characters of a printed date or byline. */
const longest = 120
/** How many lines there are at most. */
const mostLines = 10

const box = new Set(['div', 'section', 'header', 'article', 'main'])
const line = new Set(['p', 'div', 'span', 'a', 'time', 'address'])
const picture = new Set(['figure', 'img', 'picture', 'video', 'audio', 'iframe', 'hr', 'br'])

/** Takes the printed date, byline and section away from the top of a text. Stops at the first line that is anything else but the standfirst. */
export function removePreamble(content: Element, told: Told): void {
  const days = [...(told.published ?? []), ...(told.modified ?? [])].flatMap(
    date => /^\d{4}-\d\d-\d\d/.exec(date) ?? [],
  )
  for (const element of linesAtTop(content)) {
    const text = element.textContent.trim()
    if (text === '' || fold(text) === fold(told.standfirst ?? '')) continue
    if (!isTold(element, text, told, days)) return
    emptiedBy(element, content).remove()
  }
}

/** The outermost box that holds nothing else. */
function emptiedBy(element: Element, content: Element): Element {
  const { parentElement: parent } = element
  const alone = parent !== null && parent !== content && parent.children.length === 1
  return alone && parent.textContent.trim() === element.textContent.trim() ? emptiedBy(parent, content) : element
}

function linesAtTop(content: Element): Element[] {
  const found: Element[] = []
  const collect = (parent: Element): void => {
    for (let child = parent.firstElementChild; child && found.length < mostLines; child = child.nextElementSibling) {
      if (picture.has(child.localName)) continue
      if (box.has(child.localName) && holdsLines(child)) collect(child)
      else found.push(child)
    }
  }
  collect(content)
  return found
}

function holdsLines({ firstElementChild: first }: Element): boolean {
  for (let child = first; child; child = child.nextElementSibling)
    if (box.has(child.localName) || picture.has(child.localName) || child.localName === 'p') return true
  return false
}

function isTold(element: Element, text: string, told: Told, days: readonly string[]): boolean {
  if (text.length > longest || !line.has(element.localName) || element.querySelector('img') !== null) return false
  return isDate(element, text, days) || isByline(text, told) || isLabel(text, told)
}

/** In a `time` of the day, with a few words beside it, or printed with the year and day of it. A clock's time alone is that of an entry. */
function isDate(element: Element, text: string, days: readonly string[]): boolean {
  const times = element.localName === 'time' ? [element] : descendants(element, 'time')
  const ofDay = times.filter(time => days.includes(time.getAttribute('datetime')?.slice(0, 10) ?? ''))
  const beside = text.length - ofDay.reduce((sum, time) => sum + time.textContent.trim().length, 0)
  const hasDay = ofDay.some(time => !/^\s*\d{1,2}[:.h]\d\d\s*$/.test(time.textContent))
  if (hasDay && beside <= 40) return true
  const numbers: string[] = text.match(/\d+/g) ?? []
  const isPrinted = days.some(day => numbers.includes(day.slice(0, 4)) && numbers.some(isDayOf(day)))
  return isPrinted && text.length <= 60 && (text.match(/\p{L}+/gu)?.length ?? 0) <= 8
}

function isDayOf(day: string): (number: string) => boolean {
  return number => number.length <= 2 && Number(number) === Number(day.slice(8))
}

function isByline(text: string, { authors = [] }: Told): boolean {
  const names = authors.map(({ name }) => name).filter(name => text.includes(name))
  const rest = names.reduce((left, name) => left.replace(name, ''), text)
  return names.length > 0 && (rest.match(/\p{L}/gu)?.length ?? 0) <= 12 && !sentenceEnd.test(text)
}

function isLabel(text: string, { section, keywords = [] }: Told): boolean {
  return [section, ...keywords].some(label => label !== undefined && fold(label) === fold(text))
}
