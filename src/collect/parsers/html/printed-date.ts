import { withLatinDigits } from '../dates/date-tokens.ts'
import { monthNamed } from './month-names.ts'

/** A date within a line of print. */
export interface PrintedDate {
  /** For `firstDate`: ISO 8601 where the line can be read in one way only, else as printed. */
  written: string
  /** Where it begins and ends in the line. */
  start: number
  end: number
}

interface Token {
  text: string
  start: number
  end: number
}

interface Found {
  /** Year, month, day in digits; or the numbers as printed, by which mark. */
  day: string
  /** How many tokens it takes. */
  length: number
}

/** Characters. A longer line is text. */
const longestLine = 400
const fillers = new Set(". , de del d of di da do st nd rd th er º ° ª en den der a o - / m г r ’ '".split(' '))

/** The dates of one line with day, month and year, in the order of the line; with the time of day where it follows. */
export function printedDates(line: string, language: string): PrintedDate[] {
  if (line.length > longestLine || !/\p{Nd}/u.test(line)) return []
  const tokens = tokensOf(withLatinDigits(line))
  const dates: PrintedDate[] = []
  for (let at = 0; at < tokens.length; at++) {
    const found = numericAt(tokens, at, language) ?? namedAt(tokens, at, language)
    if (!found) continue
    const next = at + found.length
    const time = timeAfter(tokens, next)
    const written =
      time === undefined ? found.day : `${found.day}${/^\d{4}-\d\d-\d\d$/.test(found.day) ? 'T' : ' '}${time.text}`
    const last = (time?.next ?? next) - 1
    dates.push({ written, start: tokens[at]?.start ?? 0, end: tokens[last]?.end ?? line.length })
    at = last
  }
  return dates
}

function tokensOf(line: string): Token[] {
  return Array.from(line.matchAll(/\d+|[\p{L}\p{M}]+|[^\s\p{L}\p{M}\d]/gu), ({ 0: text, index }) => ({
    text,
    start: index,
    end: index + text.length,
  }))
}

/** `2020-03-12`, `2020年3月12日`, `12.3.2020`, `12/3/2020`, and with two digits `12.3.20` where the language has it so. */
function numericAt(tokens: readonly Token[], at: number, language: string): Found | undefined {
  const [first, mark, second, sameMark, third] = tokens.slice(at, at + 5).map(({ text }) => text)
  if (
    first === undefined ||
    !/^\d{1,4}$/.test(first) ||
    !/^\d{1,2}$/.test(second ?? '') ||
    !/^\d{1,4}$/.test(third ?? '')
  )
    return undefined
  if (tokens[at - 1]?.end === tokens[at]?.start && /[\d./:-]/.test(tokens[at - 1]?.text ?? '')) return undefined
  const inAsia = /^(?:年|년)/.test(mark ?? '') && /^(?:月|월)/.test(sameMark ?? '')
  if (first.length === 4 && (inAsia || (mark === sameMark && /^[./-]$/.test(mark ?? '')))) {
    const day = dayOf(first, second, third)
    return day === undefined ? undefined : { day, length: inAsia && /^[日일]/.test(tokens[at + 5]?.text ?? '') ? 6 : 5 }
  }
  if (mark !== sameMark || !/^[./-]$/.test(mark ?? '') || first.length > 2) return undefined
  if (mark === '.' && isDayFirst(language) && third?.length !== 3) {
    const year = third?.length === 2 ? `20${third}` : third
    const day = dayOf(year, second, first)
    if (day !== undefined) return { day, length: 5 }
  }
  return isYear(third) ? { day: [first, mark, second, mark, third].join(''), length: 5 } : undefined
}

/** `12 March 2020`, `March 12, 2020`, `2020 március 12`. */
function namedAt(tokens: readonly Token[], at: number, language: string): Found | undefined {
  const first = tokens[at]?.text ?? ''
  const isNumber = /^\d{1,4}$/.test(first)
  const month = isNumber ? undefined : monthNamed(first, language)
  if (!isNumber && month === undefined) return undefined
  const second = after(tokens, at + 1)
  const third = second && after(tokens, second.at + 1)
  if (!second || !third) return undefined
  const named = month ?? monthNamed(second.text, language)
  if (named === undefined) return undefined
  const [day, year] =
    isNumber && first.length === 4 ? [third.text, first] : [isNumber ? first : second.text, third.text]
  const found = dayOf(yearOf(year), String(named), day)
  return found === undefined ? undefined : { day: found, length: third.at - at + 1 }
}

/** The next token that is no filler, at most four further. */
function after(tokens: readonly Token[], from: number): { text: string; at: number } | undefined {
  for (let at = from; at < Math.min(from + 4, tokens.length); at++) {
    const text = tokens[at]?.text ?? ''
    if (!fillers.has(text.toLowerCase())) return { text, at }
  }
  return undefined
}

/** Thailand counts 543 years more. */
function yearOf(digits: string): string {
  const year = Number(digits)
  return year > 2400 && year < 2700 ? String(year - 543) : digits
}

function isYear(digits: string | undefined): digits is string {
  return digits !== undefined && /^(?:19[5-9]|20\d)\d$/.test(digits)
}

function dayOf(year: string | undefined, month: string | undefined, day: string | undefined): string | undefined {
  if (!isYear(year) || !/^\d{1,2}$/.test(month ?? '') || !/^\d{1,2}$/.test(day ?? '')) return undefined
  const text = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`
  const time = Date.parse(`${text}T00:00:00Z`)
  return Number.isNaN(time) || !new Date(time).toISOString().startsWith(text) ? undefined : text
}

const nextToTime = new Set(
  ', . | @ ( – — - · • / um at kl klo om ob à às a las alle ore o в u saat г года р der the den godz 日 午前 午後 오전 오후'.split(
    ' ',
  ),
)
const zoneName = /^(?:UTC|GMT|CES?T|EES?T|WES?T|MSK|JST|KST|[ECMP][SD]T)$/

/** The time of day that follows a date: `14:48`, `18h30`, `7:05 pm`, `14.45 Uhr`. */
function timeAfter(tokens: readonly Token[], from: number): { text: string; next: number } | undefined {
  let at = from
  while (at < from + 6 && nextToTime.has((tokens[at]?.text ?? '').toLowerCase())) at++
  const [hour = '', mark = '', minute = '', ...rest] = tokens.slice(at, at + 8).map(({ text }) => text)
  if (!/^\d{1,2}$/.test(hour) || !/^\d\d$/.test(minute) || !/^[:.h時시]$/i.test(mark)) return undefined
  const unit = rest.slice(0, 2).join('').toLowerCase()
  if (mark === '.' && !unit.startsWith('uhr')) return undefined
  const hasSeconds = rest[0] === ':' && /^\d\d$/.test(rest[1] ?? '')
  const behind = hasSeconds ? rest.slice(2) : rest
  const half = /^([ap])(?:m$|\.m)/i.exec(behind.slice(0, 3).join(''))?.[1]?.toLowerCase()
  const isLate = half === 'p' || /[후後]$/.test(tokens[at - 1]?.text ?? '')
  const clock =
    (half !== undefined || isLate ? Number(hour) % 12 : Number(hour)) + (isLate && Number(hour) <= 12 ? 12 : 0)
  if (clock > 23 || Number(minute) > 59) return undefined
  const zone = behind.find(text => /^\p{L}/u.test(text) && !/^(?:[ap]m?|m)$/i.test(text))
  // A zone that is not its own to read leaves the day alone.
  if (zone !== undefined && /^(?:BST|IST|AES?T|HKT|SGT|PKT|WIB)$/.test(zone)) return undefined
  const named = zone !== undefined && zoneName.test(zone) ? ` ${zone}` : ''
  return { text: `${String(clock).padStart(2, '0')}:${minute}${named}`, next: at + (hasSeconds ? 5 : 3) }
}

const orders = new Map<string, boolean>()

/** Does the language write day, month and year with dots between (CLDR)? */
function isDayFirst(language: string): boolean {
  const kept = orders.get(language)
  if (kept !== undefined) return kept
  let order = ''
  try {
    const parts = new Intl.DateTimeFormat(`${language}-u-ca-gregory`, { dateStyle: 'short' }).formatToParts(0)
    order = parts.map(({ type, value }) => (type === 'literal' ? value.trim().charAt(0) : type.charAt(0))).join('')
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
  }
  if (orders.size > 500) orders.clear()
  orders.set(language, order.startsWith('d.m.y'))
  return order.startsWith('d.m.y')
}
