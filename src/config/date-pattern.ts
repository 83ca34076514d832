import { DateTime } from 'luxon'
import { z } from 'zod'
import { readByPattern } from '../collect/parsers/dates/date-patterns.ts'

const expected = `a date pattern of Luxon with year, month and day, other letters in quotes, such as "dd/MM/yyyy HH'h'mm"`

/** A Luxon pattern by which the reader of dates finds the day again. The error says what cannot be meant by it, and what to write. */
export const datePattern = z.string({ error: expected }).superRefine((written, context) => {
  const remedy = remedyOf(written)
  const message = remedy === undefined || remedy === '' ? expected : `${expected} (${remedy})`
  if (remedy !== undefined) context.addIssue({ code: 'custom', message })
})

type Field = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'half of the day' | 'day of the week' | 'zone'

/** What the letters of Luxon show. Its macros (D, t, f) are left out, since they put the month first in English. */
const fields: readonly [field: Field | 'other', letters: RegExp][] = [
  ['year', /^(?:y|yy|yyyy)$/],
  ['month', /^(?:M{1,4}|L{1,4})$/],
  ['day', /^(?:d{1,2}|o|ooo)$/],
  ['hour', /^(?:H{1,2}|h{1,2})$/],
  ['minute', /^m{1,2}$/],
  ['second', /^s{1,2}$/],
  ['half of the day', /^a$/],
  ['day of the week', /^[Ec]{3,4}$/],
  ['zone', /^(?:Z{1,3}|z)$/],
  ['other', /^(?:G{1,2}|S|SSS|u{1,3})$/],
]

/** What is wrong with a pattern, as advice; undefined for a good one, empty where there is nothing to advise. */
function remedyOf(written: string): string | undefined {
  if (written.length > 100 || (written.match(/'/g)?.length ?? 0) % 2 !== 0) return ''
  const tokens = written.replace(/'[^']*'/g, ' ').match(/([a-zA-Z])\1*/g) ?? []
  const shown = tokens.map(token => fields.find(([, letters]) => letters.test(token))?.[0])
  return lettersAtFault(tokens, shown) ?? orderAtFault(tokens, shown) ?? (findsDayAgain(written) ? undefined : '')
}

type Shown = readonly (Field | 'other' | undefined)[]

function lettersAtFault(tokens: readonly string[], shown: Shown): string | undefined {
  const unknown = tokens[shown.indexOf(undefined)]
  if (unknown !== undefined && /^[YD]+$/.test(unknown)) return 'yyyy is the year, dd the day'
  if (unknown !== undefined) return `"${unknown}" is none of its letters`
  const twice = shown.find((field, at) => field !== 'other' && shown.indexOf(field) !== at)
  // `dd/mm/yyyy HH:mm`, the commonest slip of all.
  const isMonthForMinute = twice === 'month' && shown.includes('hour') && !shown.includes('minute')
  if (twice === 'minute' || isMonthForMinute) return 'MM is the month, mm minutes'
  if (twice !== undefined) return `the ${twice} stands there twice`
  const ofTwelve = tokens.find(token => token.startsWith('h'))
  const isMixed = shown.includes('minute') && !shown.includes('hour')
  if (ofTwelve !== undefined && !shown.includes('half of the day') && !isMixed && !swapsMinutes(shown))
    return `${ofTwelve} counts to twelve and needs an "a" for AM or PM; HH counts to 24`
  return undefined
}

/** Minutes come behind the hour, and no month does. */
function swapsMinutes(shown: Shown): boolean {
  const minute = shown.indexOf('minute')
  return minute >= 0 && shown[minute - 1] !== 'hour'
}

function orderAtFault(tokens: readonly string[], shown: Shown): string | undefined {
  const month = shown.indexOf('month')
  const isBehindHour = month > 0 && shown[month - 1] === 'hour' && (tokens[month]?.length ?? 0) <= 2
  if (swapsMinutes(shown) || isBehindHour) return 'MM is the month, mm minutes'
  const isOrdinal = tokens.some(token => token.startsWith('o'))
  const missing = (['year', 'month', 'day'] as const).filter(field => !shown.includes(field))
  if (missing.length > 0 && !(isOrdinal && missing.join() === 'month')) return `no ${missing.join(' and no ')} is in it`
  if (shown.includes('second') && shown[shown.indexOf('second') - 1] !== 'minute') return 'mm is minutes, ss seconds'
  return undefined
}

function findsDayAgain(written: string): boolean {
  const sample = DateTime.fromISO('2023-11-29T21:52:00Z', { zone: 'utc', locale: 'en' })
  const read = readByPattern(sample.toFormat(written), written, 'en')
  return read !== undefined && DateTime.fromMillis(read.wall, { zone: 'utc' }).hasSame(sample, 'day')
}
