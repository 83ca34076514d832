import { DateTime } from 'luxon'
import type { Instant } from '../../../article.ts'
import { Unusable } from '../../../errors.ts'
import { readByPattern } from './date-patterns.ts'
import { hasDigits, plainLine, withLatinDigits } from './date-tokens.ts'
import type { Hints } from '../draft.ts'
import { momentOf, shown } from './moments.ts'
import { readStandardDate, type WrittenTime } from './standard-dates.ts'
import { readWrittenDate } from './written-date.ts'

/** How dates are printed in a source. */
export type DateRules = Pick<Hints, 'timezone' | 'dates'>

/**
 * The moment that a printed date means: by one of the source's patterns, by RFC 3339, ISO 8601 or RFC 2822, or in any other way that can be read in one
 * way only. In the source's time zone where the text names none; without a time, the beginning of the day. Throws `Unusable` for any other
 * text, and wherever it cannot be sure. A sentence on what was read in spite of a fault goes to `warnings`.
 */
export function readDate(text: string, rules: DateRules, language = 'en', warnings?: string[]): Instant {
  const date = findDate(text, rules, language, warnings)
  if (date === undefined) throw new Unusable(`"${shown(text)}" is not a date that the source's "dates" can read.`)
  return date
}

/**
 * As `readDate`, but undefined for a text that is no date at all, or what programs write for none. Still throws `Unusable` for one that is, but cannot be
 * told for sure: two readings, a day that no calendar has, a local time that a change of clocks skips or repeats.
 */
export function findDate(text: string, rules: DateRules, language = 'en', warnings?: string[]): Instant | undefined {
  if (text.length > 1000 || !hasDigits(text, 1)) return undefined
  const line = withLatinDigits(text).replace(/\s+/g, ' ').trim()
  if (line.length > 100 || !/[1-9]/.test(line)) return undefined
  const standard = readStandardDate(line)
  const known = standard === undefined ? [] : [standard]
  for (const pattern of rules.dates) {
    const time = readByPattern(line, pattern, language)
    if (time) known.push(time)
  }
  const [only] = known
  if (only === undefined) return findWritten(line, rules, language, warnings)
  if (known.length === 1) return momentOf(only, rules.timezone, line)
  const [first, second] = new Set(known.map(time => momentOf(time, rules.timezone, line)))
  if (second !== undefined && first !== undefined) {
    throw new Unusable(`"${shown(line)}" is ${first} by one of the source's "dates" and ${second} by another.`)
  }
  return first
}

function findWritten(written: string, rules: DateRules, language: string, warnings?: string[]): Instant | undefined {
  // No date has but one number; most lines of a head that have any have one.
  if (!/\d\D+\d/.test(written)) return undefined
  const line = plainLine(written)
  if (isYearZero(line)) return undefined
  const date = readWrittenDate(line, language)
  const [time, other] = date?.times ?? []
  if (date === undefined || time === undefined) {
    if (date !== undefined || isInNumbers(line))
      throw new Unusable(`"${shown(line)}" looks like a date, but nothing in the source's "dates" reads it.`)
    return undefined
  }
  if (other !== undefined)
    throw new Unusable(`"${shown(line)}" could be ${daysOf(date.times)}: the source's "dates" settles it.`)
  if (date.wrongWeekday !== undefined) {
    const fault = `"${shown(line)}" does not fall on the day of the week that it names`
    if (!date.isComplete) throw new Unusable(`${fault}.`)
    warnings?.push(`${fault}: read without it.`)
  }
  return momentOf(time, rules.timezone, line)
}

/** Does the text name a time and no day: `5:00:00`, `17:30`, `5:00 PM`? */
export function isTimeOfDay(text: string): boolean {
  return text.length <= 40 && /^\s*\d{1,2}:\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?\s*$/i.test(text)
}

/** As programs print a date that is none, when they count from the year 0: `-0001-11-30`. */
function isYearZero(line: string): boolean {
  return /(?:^|\D)-0001(?!\d)/.test(line)
}

const numericDate = /^(?:(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d\d)|\d{4}([./-])\d{1,2}\5\d{1,2})(?![\d./-])/

/** Does the line begin with three numbers as a date does? */
function isInNumbers(line: string): boolean {
  return line.length <= 40 && numericDate.test(line)
}

/** `April 3 or March 4, 2024`. */
function daysOf(times: readonly WrittenTime[]): string {
  const days = times.map(({ wall }) => DateTime.fromMillis(wall, { zone: 'utc', locale: 'en' }))
  const years = new Set(days.map(({ year }) => year))
  const names = days.map(day => day.toFormat(years.size > 1 ? 'MMMM d, yyyy' : 'MMMM d'))
  return names.join(' or ') + (years.size > 1 ? '' : `, ${[...years].join()}`)
}
