import { Info } from 'luxon'
import { instant, type Instant } from '../../../article.ts'
import { Unusable } from '../../../errors.ts'
import { readByPattern } from './date-patterns.ts'
import type { Hints } from '../draft.ts'
import { readStandardDate, type WrittenTime } from './standard-dates.ts'

/** How dates are printed in a source. */
export type DateRules = Pick<Hints, 'timezone' | 'dates'>

/**
 * The moment that a printed date means: RFC 3339, ISO 8601, RFC 2822, or one of the source's patterns, in its time zone where the
 * text names none; without a time, midnight there. Throws `Unusable` for any other text, and wherever it cannot be sure.
 */
export function readDate(text: string, rules: DateRules, language = 'en'): Instant {
  const date = findDate(text, rules, language)
  if (date === undefined) throw new Unusable(`"${shown(text)}" is not a date that the source's "dates" can read.`)
  return date
}

/**
 * As `readDate`, but undefined for a text that is no date at all. Still throws `Unusable` for one that is, but cannot be told for sure:
 * two readings, a numeric date that no pattern covers, a local time that a change of clocks skips or repeats.
 */
export function findDate(text: string, rules: DateRules, language = 'en'): Instant | undefined {
  const line = withLatinDigits(text).replace(/\s+/g, ' ').trim()
  if (line.length > 100 || !/\d/.test(line)) return undefined
  const standard = readStandardDate(line)
  const byPattern = rules.dates.map(pattern => readByPattern(line, pattern, language))
  const readings = new Set(
    [standard, ...byPattern].filter(time => time !== undefined).map(time => momentOf(time, rules.timezone, line)),
  )
  const [first, second] = readings
  if (first !== undefined && second !== undefined) {
    throw new Unusable(`"${shown(line)}" is ${first} by one of the source's "dates" and ${second} by another.`)
  }
  if (first === undefined) refuseNumeric(line)
  return first
}

const numericDate = /^(?:(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d\d)|\d{4}([./-])\d{1,2}\5\d{1,2})(?![\d./-])/

/** Throws for a date in numbers that nothing reads: whether day or month comes first is not ours to guess. */
function refuseNumeric(line: string): void {
  const match = line.length > 40 ? null : numericDate.exec(line)
  if (!match) return
  const [, a, , b, year] = match
  if (a !== b && Number(a) <= 12 && Number(b) <= 12) {
    throw new Unusable(
      `"${shown(line)}" could be ${monthName(b)} ${Number(a)} or ${monthName(a)} ${Number(b)}, ${year}: the source's "dates" settles it.`,
    )
  }
  throw new Unusable(`"${shown(line)}" looks like a date, but nothing in the source's "dates" reads it.`)
}

const monthNames = Info.months('long', { locale: 'en' })

function monthName(digits: string | undefined): string {
  return monthNames[Number(digits) - 1] ?? `month ${digits}`
}

const day = 86_400_000

function momentOf({ wall, offset }: WrittenTime, timezone: string, line: string): Instant {
  const moments = offset === undefined ? momentsAt(wall, timezone) : [wall - offset * 60_000]
  const [moment] = moments
  if (moment === undefined || moments.length > 1) {
    const fault = moment === undefined ? 'does not exist' : 'exists twice'
    throw new Unusable(`"${shown(line)}" ${fault} in ${timezone}, where the clocks change then.`)
  }
  const year = new Date(moment).getUTCFullYear()
  if (!(year >= 1000 && year <= 9999)) throw new Unusable(`"${shown(line)}" is outside the years 1000 to 9999.`)
  return instant(moment)
}

/** Every moment at which clocks in the zone show this: one as a rule, none or two where they are put forward or back. */
function momentsAt(wall: number, timezone: string): number[] {
  const zone = Info.normalizeZone(timezone)
  const offsets = new Set([wall - day, wall + day].map(nearby => zone.offset(nearby)))
  return [...offsets]
    .map(minutes => ({ moment: wall - minutes * 60_000, minutes }))
    .filter(({ moment, minutes }) => zone.offset(moment) === minutes)
    .map(({ moment }) => moment)
}

/** Zeros of the decimal digits that printed dates use besides ours: Arabic, Persian, Devanagari, Bengali, Thai, full width. */
const zeros = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xff10]

function withLatinDigits(text: string): string {
  return text.replace(/[٠-٩۰-۹०-९০-৯๐-๙０-９]/g, digit => {
    const code = digit.charCodeAt(0)
    return String(code - (zeros.findLast(zero => zero <= code) ?? code))
  })
}

function shown(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
