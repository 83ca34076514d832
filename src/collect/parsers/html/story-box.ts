import { fold } from '../../../text.ts'
import type { Place } from './page-dates.ts'
import type { PageLine, Print } from './page-lines.ts'
import { closest } from './page.ts'
import { isHidden } from './readable.ts'

/** Characters of a line that says something; where a script writes words without spaces, of fewer. */
const [leastLine, leastDense] = [60, 25]
/** That are looked for. */
const mostLines = 300
/** Of a line's beginning, that are looked for in a text. */
const sample = 50
const dense = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}]/u
const noProse = /^(?:figure|figcaption|form|footer|header|label|button|caption|h[1-6])$/

/** The paragraphs that a page prints below its headline, long lines that are no links: the article's, and what belongs to others. */
export function proseOf({ lines, at, isElsewhere }: Place, print: Print): [PageLine[], PageLine[]] {
  const isFormed = inForm(print)
  const isProse = (line: PageLine): boolean =>
    isLong(line) && !isLinked(line, print) && !isFramed(line.block) && !isFormed(line.block) && !isUnseen(line.block)
  const prose = lines.slice(at + 1).filter(isProse)
  const others = new Set(prose.filter(({ block }) => isElsewhere(block)))
  return [withoutCopies(prose.filter(line => !others.has(line)).slice(0, mostLines)), [...others].slice(0, mostLines)]
}

/** Does it say something? */
export function isLong({ text, length }: PageLine): boolean {
  return length >= leastLine || (length >= leastDense && dense.test(text))
}

/** Does a good part of it lead elsewhere? */
export function isLinked({ length, inner }: PageLine, { sizes }: Print): boolean {
  const linked = inner.reduce((sum, each) => sum + (each.localName === 'a' ? (sizes.get(each) ?? 0) : 0), 0)
  return linked > length / 3
}

/** Tells of an element whether it stands in a form; some systems put the whole page into one. */
export function inForm({ sizes }: Print): (block: Element) => boolean {
  let most: number | undefined
  return block => {
    const form = closest(block, ({ localName }) => localName === 'form')
    if (form === undefined) return false
    most ??= [...sizes.values()].reduce((big, size) => Math.max(big, size), 0) / 3
    return (sizes.get(form) ?? 0) < most
  }
}

/** Lines further down in which a teaser stands again, as the beginning of the text. */
const mostBetween = 10

/** Without those that stand again further down, by themselves or as a beginning. */
function withoutCopies(lines: readonly PageLine[]): PageLine[] {
  const letters = lines.map(({ text }) => unspaced(text))
  return lines.filter((_, at) => {
    const whole = letters[at]?.replace(/(?:…|\.{3})$/u, '') ?? ''
    return !letters.slice(at + 1, at + 1 + mostBetween).some(other => other.startsWith(whole))
  })
}

export function isUnseen(block: Element): boolean {
  return closest(block, element => element.getAttribute('hidden') !== null || isHidden(element)) !== undefined
}

function isFramed(block: Element): boolean {
  let box: Element | null = block
  for (let step = 0; step < 4 && box; step++, box = box.parentElement)
    if ((noProse.test(box.localName) && box.localName !== 'header') || box.localName === 'a') return true
  return false
}

/** Which of the lines stand in a text, of which these are the `letters`. */
export function linesIn(letters: string, lines: readonly PageLine[]): ReadonlySet<PageLine> {
  return new Set(lines.filter(line => letters.includes(unspaced(line.text.slice(0, 2 * sample)).slice(0, sample))))
}

/** Of a text, by which lines are found in it: without white space, and where it may be hyphenated. */
export function unspaced(text: string): string {
  return fold(text).replace(/[\s\u00ad\u200b]+/g, '')
}

/** Characters. */
export function lengthOf(lines: Iterable<PageLine>): number {
  let sum = 0
  for (const { length } of lines) sum += length
  return sum
}

/** Of the lines, what one box has at least. */
const most = 0.8

/** Of each line what it stands in, from the inside. */
export function boxesOf(lines: readonly PageLine[]): ReadonlyMap<PageLine, readonly Element[]> {
  return new Map(lines.map(line => [line, boxesAround(line.block)]))
}

function boxesAround(block: Element): Element[] {
  const boxes: Element[] = []
  for (let box: Element | null = block; box; box = box.parentElement) boxes.push(box)
  return boxes
}

/** The smallest element that holds most of the lines, and all of some. */
export function boxOf(
  around: ReadonlyMap<PageLine, readonly Element[]>,
  needed: ReadonlySet<PageLine>,
): Element | undefined {
  const held = new Map<Element, { size: number; needed: number }>()
  for (const [line, boxes] of around)
    for (const box of boxes) {
      const { size, needed: so } = held.get(box) ?? { size: 0, needed: 0 }
      held.set(box, { size: size + line.length, needed: so + (needed.has(line) ? 1 : 0) })
    }
  const wanted = most * lengthOf(around.keys())
  const fitting = new Set(
    [...held].flatMap(([box, { size, needed: so }]) => (size >= wanted && so === needed.size ? [box] : [])),
  )
  // Each of them stands in the next.
  let best: Element | undefined
  for (const boxes of around.values()) {
    const first = boxes.find(box => fitting.has(box))
    if (first !== undefined && (best === undefined || (held.get(first)?.size ?? 0) <= (held.get(best)?.size ?? 0)))
      best = first
  }
  return best
}
