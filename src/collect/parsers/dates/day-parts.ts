import { hasDay, isNumber, nameAt, type Day, type Found, type Taker } from './found-date.ts'
import { foldWord } from './date-words.ts'

/** Three numbers: `26/11/2025`, `2025-11-26`, `26. 11. 2025`, `26/11-2025`, `26/11 2025`. */
export const takeThreeNumbers: Taker = (found, at) => {
  const { tokens } = found
  const [a, mark, b] = tokens.slice(at, at + 3)
  if (!isNumber(a, 1, 4) || !isNumber(b, 1, 2) || !/^[./-]$/.test(mark?.text ?? '')) return 0
  const isNordic = mark?.text === '/' && isNumber(tokens[at + 3], 4, 4)
  const c = tokens[at + (isNordic ? 3 : 4)]
  const between = tokens[at + 3]?.text
  if (!isNordic && between !== mark?.text && !(mark?.text === '/' && between === '-')) return 0
  if (!isNumber(c, 1, 4) || found.days || found.day !== undefined || found.months || found.year !== undefined) return 0
  const days = daysOf(a.text, b.text, c.text)
  if (days === undefined) return 0
  found.days = days
  found.isYearFirst = a.text.length === 4
  found.dayEnd = at + (isNordic ? 4 : 5)
  return isNordic ? 4 : 5
}

/** What three numbers can mean; undefined where their digits are not those of a date. */
function daysOf(a: string, b: string, c: string): Day[] | undefined {
  const [first, second, third] = [Number(a), Number(b), Number(c)]
  if (a.length === 4 && c.length <= 2) return [{ year: first, month: second, day: third }]
  if (a.length > 2 || (c.length !== 4 && c.length !== 2)) return undefined
  const years = c.length === 4 ? [third] : yearsOf(third)
  const days = years.flatMap(year => [
    { year, month: second, day: first },
    { year, month: first, day: second },
  ])
  // In two digits the year may come first too.
  if (c.length === 2 && a.length === 2) days.push(...yearsOf(first).map(year => ({ year, month: second, day: third })))
  return days
}

/** What a year of two digits can mean, as long as people remember. */
export function yearsOf(digits: number): number[] {
  if (digits >= 70) return [1900 + digits]
  return digits < 40 ? [2000 + digits] : [1900 + digits, 2000 + digits]
}

/** `2025年`, `11月`, `26일`. */
export const takeCounted: Taker = (found, at) => {
  const token = found.tokens[at]
  if (token?.kind !== 'number' || token.unit === undefined || found.days) return 0
  const number = Number(token.text)
  if (/[年년]/.test(token.unit) && token.text.length === 4 && found.year === undefined) found.year = number
  else if (/[月월]/.test(token.unit) && token.text.length <= 2 && !found.months) found.months = new Set([number])
  else if (/[日号號일]/.test(token.unit) && token.text.length <= 2 && found.day === undefined) found.day = number
  else return 0
  return 1
}

/** Behind a number: `1st`, `1er`, `26ης`. */
const ordinals = new Set('st nd rd th er re e a o ος η ης го е ого та of'.split(' ').map(foldWord))

/** A number alone: the day, or the year. */
export const takeNumber: Taker = (found, at) => {
  const token = found.tokens[at]
  if (token === undefined || found.days) return 0
  if (isNumber(token, 4, 4) && found.year === undefined) {
    found.year = Number(token.text)
    found.isYearFirst = found.day === undefined && !found.months
    return 1
  }
  if (!isNumber(token, 1, 2)) return 0
  if (found.day === undefined) {
    found.day = Number(token.text)
    const next = found.tokens[at + 1]
    const isOrdinal = next?.kind === 'word' && !next.isSpaced && ordinals.has(foldWord(next.text))
    return isOrdinal ? 2 : 1
  }
  return takeShortYear(found, at)
}

/** RFC 822, and papers: `9 Sep 24`. */
function takeShortYear(found: Found, at: number): number {
  const token = found.tokens[at]
  if (found.year !== undefined || !found.months || !isNumber(token, 2, 2)) return 0
  const previous = found.tokens[at - 1]
  // `24-Sep-09` has two readings.
  if (previous?.text === '-' && (found.day ?? 0) > 9 && Number(token.text) <= 31) return 0
  const [year, other] = yearsOf(Number(token.text))
  if (year === undefined || other !== undefined) return 0
  found.year = year
  return 1
}

/** First years of calendars that count from a ruler, a republic, the Buddha. */
const eras = new Map<string, number>(
  Object.entries({ 令和: 2018, 平成: 1988, 昭和: 1925, 民国: 1911, 民國: 1911, 'พ.ศ.': -543 }).map(([name, shift]) => [
    foldWord(name),
    shift,
  ]),
)

/** `令和7年`, `พ.ศ. 2568`. */
export const takeEra: Taker = (found, at) => {
  const [name, year] = found.tokens.slice(at, at + 2)
  const shift = name?.kind === 'word' ? eras.get(foldWord(name.text)) : undefined
  if (shift === undefined || year?.kind !== 'number' || found.year !== undefined || found.days) return 0
  if (shift > 0 && !/[年]/.test(year.unit ?? '')) return 0
  found.year = Number(year.text) + shift
  return 2
}

/** `tháng 11` and `thứ 4`: Vietnamese numbers its months and days. */
export const takeNumbered: Taker = (found, at) => {
  const [name, number] = found.tokens.slice(at, at + 2)
  if (name?.kind !== 'word' || !isNumber(number, 1, 2)) return 0
  const key = foldWord(name.text)
  if (/^(?:thang|thg)$/.test(key) && !found.months) found.months = new Set([Number(number.text)])
  else if (key === 'thu' && /^[2-7]$/.test(number.text) && !found.weekdays)
    found.weekdays = new Set([Number(number.text) - 1])
  else return 0
  return 2
}

/** The name of a month or a day. `mar` is both in Spanish: a month only where no other word is one. */
export const takeName: Taker = (found, at) => {
  const name = nameAt(found, at)
  if (!name) return 0
  const { months, weekdays, isPersian } = name.meaning
  const isWeekday = weekdays.size > 0 && (months.size === 0 || found.days !== undefined || hasOtherMonth(found, at))
  if (isWeekday && !found.weekdays) found.weekdays = weekdays
  else if (!isWeekday && months.size > 0 && !found.months && !found.days) {
    found.months = months
    found.isPersian = isPersian
  } else return 0
  return name.length
}

function hasOtherMonth(found: Found, at: number): boolean {
  if (found.months) return true
  return found.tokens.some((_, other) => {
    const meaning = other === at ? undefined : nameAt(found, other)?.meaning
    return meaning !== undefined && meaning.months.size > 0 && meaning.weekdays.size === 0
  })
}

/** A word that says nothing: `at`, `de`, `г.`; the `T` of ISO 8601. */
export const takeFiller: Taker = (found, at) => {
  const [token, next] = found.tokens.slice(at, at + 2)
  if (token?.kind !== 'word') return 0
  if (/^t$/i.test(token.text) && hasDay(found) && next?.kind === 'number' && !next.isSpaced) return 1
  // A letter behind the time is a zone, and one that means nothing (RFC 2822, 4.3).
  if (found.hour !== undefined && at === found.timeEnd && /^[a-gi-z]$/i.test(token.text)) return 0
  // Anno Domini, in Arabic.
  if (token.text === 'م' && isNumber(found.tokens[at - 1], 4, 4)) return 1
  const name = nameAt(found, at)
  return name?.meaning.isFiller ? name.length : 0
}

/** A word of no known language where the day of the week stands: `Xyz, 25 Jun ...`. */
export const takeStranger: Taker = (found, at) => {
  const [token, next] = found.tokens
  if (at > 0 || token?.kind !== 'word' || next?.text !== ',' || found.weekdays) return 0
  found.stranger = token.text
  return 2
}

/** Marks between the parts. */
export const takeMark: Taker = (found, at) => {
  const { tokens, timeEnd, place } = found
  const [token, next] = tokens.slice(at, at + 2)
  const previous = tokens[at - 1]
  if (token?.kind !== 'mark') return 0
  let length = 0
  // `(Central European Time)`, `[Europe/Berlin]` (RFC 9557) behind an offset only say it again.
  const closing = token.text === '(' ? ')' : token.text === '[' ? ']' : ''
  if (closing !== '' && place !== undefined && at === timeEnd)
    length = tokens.findIndex(({ text }, index) => index > at && text === closing) - at + 1
  else if (/^[,;.|·•–—@°()[\]'’،、，]$/u.test(token.text)) length = 1
  else if (token.text === ':') length = previous?.kind === 'word' ? 1 : 0
  else if (token.text === '/' || token.text === '-') {
    const isApart = token.isSpaced && next?.isSpaced === true
    const isByWord = previous?.kind === 'word' || next?.kind === 'word'
    length = isApart || isByWord ? 1 : 0
  }
  if (at === timeEnd && length > 0) found.timeEnd = at + length
  return Math.max(0, length)
}

export function isComplete(found: Found): boolean {
  return hasDay(found) && found.hour !== undefined && found.place !== undefined
}
