import { plainAtPlaces, tokensOf, type Token } from './date-tokens.ts'
import { wordsOf, wordsOfAll, type Words } from './date-words.ts'
import { nameAt, type Day, type Found } from './found-date.ts'
import type { WrittenTime } from './standard-dates.ts'
import { nameOfZone } from './time-zones.ts'
import { daysFound, findFrom, judged, partsOf } from './written-date.ts'

/** A date within a line of print. */
export interface PrintedDate {
  /** For `firstDate`: ISO 8601 where the line can be read in one way only, else as printed. */
  written: string
  /** Where it begins and ends in the line. */
  start: number
  end: number
}

/** Characters. A longer line is text. */
const longestLine = 400

/**
 * The dates of one line with day, month and year, in the order of the line; with the time of day where it stands beside. Day and month in
 * numbers are in the order of a language that has the day first (CLDR).
 */
export function datesInLine(line: string, language: string): PrintedDate[] {
  // A day and a year are two numbers at least.
  if (line.length > longestLine || !/\p{Nd}\P{Nd}+\p{Nd}/u.test(line)) return []
  const plain = plainAtPlaces(line)
  const tokens = tokensOf(plain)
  const dates = datesAmong(tokens, wordsOf(language), language, plain)
  const mayBeForeign = dates.length === 0 && /\d{4}/.test(plain) && tokens.some(({ kind }) => kind === 'word')
  return mayBeForeign ? datesAmong(tokens, wordsOfAll(), language, plain) : dates
}

function datesAmong(pieces: readonly Token[], words: Words, language: string, line: string): PrintedDate[] {
  const tokens = partsOf(pieces, words)
  const dates: PrintedDate[] = []
  for (let at = 0; at < tokens.length; at++) {
    const found = mayBegin(tokens, at, words) ? dateAt(tokens, at, words, language) : undefined
    if (found === undefined) continue
    const [start, end] = [tokens[at]?.start ?? 0, tokens[found.end - 1]?.end ?? line.length]
    dates.push({ written: found.written ?? line.slice(start, end), start, end })
    at = found.end - 1
  }
  return dates
}

/** A number that is no part of a longer one, or a name of months and days near one. */
function mayBegin(tokens: readonly Token[], at: number, words: Words): boolean {
  const [before, mark, token] = [tokens[at - 2], tokens[at - 1], tokens[at]]
  if (token?.kind === 'number') return token.isSpaced || before?.kind !== 'number' || !/^[./:-]$/.test(mark?.text ?? '')
  if (token?.kind !== 'word' || !tokens.slice(at + 1, at + 4).some(({ kind }) => kind === 'number')) return false
  const meaning = nameAt({ tokens, words }, at)?.meaning
  return meaning !== undefined && meaning.months.size + meaning.weekdays.size > 0
}

function dateAt(
  tokens: readonly Token[],
  from: number,
  words: Words,
  language: string,
): { written: string | undefined; end: number } | undefined {
  const { found, at, end } = findFrom(tokens, from, words)
  const all = daysFound(found)
  if (all === undefined || isLonger(found) || !hasYear(found, from, end)) return undefined
  const days = inOrder(all, found, language)
  const whole = isBeforeStranger(found, at) ? undefined : judged(found, days, language)
  const date = whole && whole.times.length > 0 ? whole : judged(withoutTime(found), days, language)
  const { times, wrongWeekday } = date
  // A paper may be called the Sun: what follows is read alone.
  const isNamed = wrongWeekday !== undefined && tokens[from]?.kind === 'word'
  if (times.length === 0 || isNamed || !times.every(isOfOurTime)) return undefined
  const [time, other] = times
  // Of two digits each may be the year: numbers in a line are rarely a date.
  if (other !== undefined && found.days && tokens[found.dayEnd - 1]?.text.length === 2) return undefined
  const hasTime = date === whole && found.hour !== undefined
  return { written: time && other === undefined ? isoOf(time, hasTime) : undefined, end }
}

function withoutTime(found: Found): Found {
  const { hour: _hour, half: _half, place: _place, ...day } = found
  return { ...day, minute: 0, second: 0, contradicts: false }
}

/** `3.12.2020.1` is a version. */
function isLonger({ tokens, dayEnd }: Found): boolean {
  const [mark, number] = dayEnd < 0 ? [] : tokens.slice(dayEnd, dayEnd + 2)
  const isJoint = mark !== undefined && /^[./-]$/.test(mark.text) && !mark.isSpaced
  return isJoint && number?.kind === 'number' && !number.isSpaced
}

/** Behind the name of a month a number of two digits counts comments; between three numbers it is a year. */
function hasYear({ tokens, days, year }: Found, from: number, end: number): boolean {
  const isWritten = ({ kind, text, unit }: Token): boolean =>
    kind === 'number' && (text.length === 4 || (unit === '年' && year !== undefined))
  return days !== undefined || tokens.slice(from, end).some(isWritten)
}

/** Of three numbers that can be told in several ways the one of the language. */
function inOrder(days: Day[], { tokens, dayEnd, isYearFirst }: Found, language: string): Day[] {
  const [first] = days
  if (dayEnd < 0 || isYearFirst || first === undefined || !isDayFirst(language)) return days
  // A year of two digits may be of two centuries.
  const isOneYear = tokens[dayEnd - 1]?.text.length === 4 || first.year >= 1970
  return isOneYear && first.month <= 12 ? [first] : days
}

/** A word behind a time may be a zone that several have, and numbers with a point a price. */
function isBeforeStranger({ tokens, hour, timeEnd }: Found, at: number): boolean {
  if (hour === undefined || timeEnd !== at) return false
  const [point, last, next] = [tokens[at - 2], tokens[at - 1], tokens[at]]
  if (next?.kind !== 'word') return false
  return /^\p{Lu}{2,5}$/u.test(next.text) || (last?.kind === 'number' && point?.text === '.')
}

function isOfOurTime({ wall }: WrittenTime): boolean {
  const year = new Date(wall).getUTCFullYear()
  return year >= 1950 && year < 2100
}

function isoOf({ wall, offset, zone }: WrittenTime, hasTime: boolean): string {
  const [day = '', time = ''] = new Date(wall).toISOString().split('T')
  if (!hasTime) return day
  const clock = `${day}T${time.slice(0, time.startsWith(':00', 5) ? 5 : 8)}`
  if (zone !== undefined) return `${clock} ${nameOfZone(zone)}`
  return offset === undefined ? clock : clock + offsetText(offset)
}

function offsetText(minutes: number): string {
  const [hour, minute] = [Math.trunc(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
  return `${minutes < 0 ? '-' : '+'}${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}

const orders = new Map<string, boolean>()

/** Does the language write the day before the month, and the year behind them (CLDR)? */
function isDayFirst(language: string): boolean {
  const kept = orders.get(language)
  if (kept !== undefined) return kept
  let order = ''
  try {
    // Of a tag with anything else the language alone counts.
    const [tag] = /^[a-z]{2,3}(?:-[a-z]{4})?-[a-z]{2}$/i.exec(language) ?? [language.split('-', 1)[0]]
    const parts = new Intl.DateTimeFormat(`${tag}-u-ca-gregory`, { dateStyle: 'short' }).formatToParts(0)
    order = parts.map(({ type }) => (type === 'literal' ? '' : type.charAt(0))).join('')
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
  }
  if (orders.size > 500) orders.clear()
  orders.set(language, order === 'dmy')
  return order === 'dmy'
}
