import type { Media } from '../../../article.ts'
import { Unusable } from '../../../errors.ts'
import type { Draft, Hints } from '../draft.ts'
import { isOpening, readByline } from './bylines.ts'
import { findChange, findPublication, partsOf } from './dated-lines.ts'
import { headsComments, isEnd, isFurniture, isNetwork } from './furniture.ts'
import { sentenceEnd } from '../paragraphs.ts'
import { isLabel, type Line } from './line.ts'
import { isSpaceless } from './line-words.ts'
import { findDate } from '../dates/dates.ts'
import { hasDigits } from '../dates/date-tokens.ts'
import { imageAt } from './page-dump-head.ts'
import { addressIn, isAddress, isCredit, isPicture, namesPhotographer } from './pictures.ts'

/** A page dump's lines without what is told by their form alone, and what they told. */
export interface Sifted extends Pick<Draft, 'authors' | 'byline' | 'modified' | 'warnings'> {
  lines: Line[]
  /** Where among the lines one said how many comments there are: it stands above the text, or heads them below it. */
  commentsAt: number[]
  /** Captions, by the address above them. */
  captions: Map<string, string>
}

const longest = 200
/** A byline stands above the text or right at its beginning. */
const bylineWithin = 12

/** Takes bylines, dates of change, captions and what is not the article out of the lines behind a headline. */
export function sift(written: readonly Line[], hints: Hints): Sifted {
  const sifted: Sifted = { lines: [], commentsAt: [], captions: new Map() }
  let texts = 0
  let above = ''
  for (let index = 0; index < written.length; index++) {
    const line = written[index]
    if (line === undefined) break
    // Most lines are blank, or long.
    if (line.text === '' || line.text.length > longest) sifted.lines.push(line)
    else siftShort(sifted, written, index, above, texts <= bylineWithin, hints)
    if (line.text !== '' && !isAddress(line.text)) texts++
    above = line.text
  }
  return sifted
}

function siftShort(
  sifted: Sifted,
  written: readonly Line[],
  index: number,
  above: string,
  isTop: boolean,
  hints: Hints,
): void {
  const line = written[index]
  if (line === undefined) return
  const { text } = line
  if (isAddress(text)) sifted.lines.push(line)
  else if (isNetwork(text) && (isButtonLike(above) || isButtonLike(written[index + 1]?.text))) return
  else if (isEnd(text) && !hints.tail.includes(text) && !sifted.lines.some(each => isText(each.text))) return
  else if (headsComments(text) && hasDigits(text, 1)) sifted.commentsAt.push(sifted.lines.length)
  else if (isTop && isRule(text)) return
  else if (isTop && isCredit(text)) {
    // Without a picture it says nothing; above one it is its caption.
    const picture = [above, written[index + 1]?.text ?? ''].find(isAddress)
    if (picture !== undefined) sifted.captions.set(addressIn(picture), text)
  } else if (isAddress(above) && isCaption(text, written, index, hints)) sifted.captions.set(addressIn(above), text)
  else if (!isTop) {
    if (!isFurniture(text)) sifted.lines.push(line)
  } else {
    const parts = bylineBesideDate(text, hints) ?? partsOf(text)
    if (parts.length > 1 && areTold(parts, hints)) {
      for (const part of parts) if (!takes(sifted, part, hints)) sifted.lines.push({ ...line, text: part })
    } else if (!takes(sifted, text, hints)) sifted.lines.push(line)
  }
}

/** Does the line tell one of these? Then it stands nowhere else. */
function takes(sifted: Sifted, text: string, hints: Hints): boolean {
  if (isFurniture(text)) return true
  const change = sure(() => findChange(text, hints))
  if (change !== undefined) {
    if (change instanceof Unusable) sifted.warnings = [...(sifted.warnings ?? []), `${change.message} It is left out.`]
    else if (sifted.modified === undefined || change > sifted.modified) sifted.modified = change
    return true
  }
  const byline = sifted.authors === undefined ? readByline(text, hints.language) : undefined
  if (byline) Object.assign(sifted, byline)
  return byline !== undefined
}

/** `========`, `* * *`: a line drawn under a head. */
function isRule(text: string): boolean {
  return text.length > 2 && /^(?:([-=*_~#─═—•·.])\s?)(?:\1\s?){2,}$/u.test(text)
}

function isButtonLike(text = ''): boolean {
  return isNetwork(text) || isFurniture(text)
}

/** `By Ida Hollvik, 17 May 2024, 10:30`, and the other way round: its two parts. */
function bylineBesideDate(line: string, hints: Hints): string[] | undefined {
  if (line.length > 160 || !hasDigits(line, 4)) return undefined
  const pieces = line.split(' ', 16)
  const mayBeFirst = isOpening(line) || isSpaceless(line)
  for (let at = 1; at < pieces.length; at++) {
    if (!mayBeFirst && !isOpening(pieces[at] ?? '')) continue
    const halves = [pieces.slice(0, at), line.split(' ').slice(at)].map(half =>
      half.join(' ').replace(/^[\s,|·•–—-]+|[\s,|·•–—-]+$/gu, ''),
    )
    const [first = '', second = ''] = halves
    const isByline = (half: string) => !hasDigits(half, 1) && readByline(half, hints.language) !== undefined
    if (isByline(first) ? isDate(second, hints) : isByline(second) && isDate(first, hints)) return halves
  }
  return undefined
}

function isDate(text: string, hints: Hints): boolean {
  return (
    hasDigits(text, 4) &&
    sure(() => findDate(text, hints, hints.language) ?? findChange(text, hints) ?? findPublication(text, hints)) !==
      undefined
  )
}

/** Do all parts of a line tell something of a head, one of them a date? */
function areTold(parts: readonly string[], hints: Hints): boolean {
  return (
    parts.some(part => isDate(part, hints)) &&
    parts.every(
      part =>
        isDate(part, hints) || isLabel(part) || isFurniture(part) || readByline(part, hints.language) !== undefined,
    )
  )
}

function sure<T>(read: () => T): T | Unusable {
  try {
    return read()
  } catch (error) {
    if (error instanceof Unusable) return error
    throw error
  }
}

/**
 * A line right under an address is its caption where it names a photographer, or is no label and its block ends with it; a sentence only
 * in a head: before more text, or none, it may be the article's.
 */
function isCaption(text: string, lines: readonly Line[], index: number, { publisher }: Hints): boolean {
  if (namesPhotographer(text)) return true
  const next = lines[index + 1]?.text ?? ''
  const behind = lines.slice(index + 1, index + 10).find(each => each.text !== '')?.text
  const isHead = behind !== undefined && (isAddress(behind) || isLabel(behind))
  return (
    (isHead || !sentenceEnd.test(text)) &&
    !isLabel(text) &&
    text !== publisher &&
    (next === '' || isAddress(next)) &&
    (lines[index - 2]?.text ?? '') === ''
  )
}

/**
 * A text without the readers' comments, and without lists of other stories: below what heads those, where less text stands there than
 * above, since some papers have them in the midst.
 */
export function withoutEnd(lines: readonly Line[]): readonly Line[] {
  const first = lines.findIndex(({ text }) => isText(text))
  const end = first < 0 ? -1 : lines.findIndex(({ text }, index) => index > first && text !== '' && isEnd(text))
  if (end < 0) return lines
  const [above, below] = [lines.slice(0, end), lines.slice(end + 1)]
  return headsComments(lines[end]?.text ?? '') || lengthOf(above) >= lengthOf(below) ? above : [...above, ...below]
}

/** A text without what stands below a number of comments, unless it is far more than what stands above. */
export function withoutComments(lines: readonly Line[], ends: readonly number[]): readonly Line[] {
  const first = lines.findIndex(({ text }) => isText(text))
  const end = first < 0 ? undefined : ends.find(at => at > first)
  return end === undefined || lengthOf(lines.slice(end)) > 3 * lengthOf(lines.slice(0, end))
    ? lines
    : lines.slice(0, end)
}

function lengthOf(lines: readonly Line[]): number {
  return lines.reduce((sum, { text }) => sum + (isText(text) ? text.length : 0), 0)
}

function isText(text: string): boolean {
  return text !== '' && !isLabel(text) && !isAddress(text)
}

/** The lines without the addresses of pictures among them, and those pictures. */
export function withoutPictures(lines: readonly Line[]): { lines: readonly Line[]; media: Media[] } {
  if (!lines.some(({ text }) => isPicture(text))) return { lines, media: [] }
  const pictures = lines.filter(({ text }) => isPicture(text))
  return { lines: lines.filter(({ text }) => !isPicture(text)), media: pictures.slice(0, 100).map(imageAt) }
}
