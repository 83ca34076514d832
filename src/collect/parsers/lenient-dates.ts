import type { Instant } from '../../article.ts'
import { Unusable } from '../../errors.ts'
import { findDate, type DateRules } from './dates.ts'
import { readStandardDate } from './standard-dates.ts'

type Written = readonly (string | undefined)[]

/**
 * The first of several dates, as pages and feeds write them, that can be read: as `findDate`, and RFC 822 as it is met. Undefined where none
 * is a date; throws `Unusable` where none can be read and one cannot be told for sure.
 */
export function firstDate(written: Written, rules: DateRules, language?: string): Instant | undefined {
  const { date, doubt } = read(written, rules, language)
  if (date === undefined && doubt) throw doubt
  return date
}

/** As `firstDate`, for dates that an article can do without: in doubt undefined. */
export function sureDate(written: Written, rules: DateRules, language?: string): Instant | undefined {
  return read(written, rules, language).date
}

function read(written: Written, rules: DateRules, language?: string): { date?: Instant; doubt?: Unusable } {
  let doubt: Unusable | undefined
  for (const text of written.slice(0, 20)) {
    try {
      const date = text === undefined ? undefined : findDate(tidied(text), rules, language)
      if (date !== undefined) return { date }
    } catch (error) {
      if (!(error instanceof Unusable)) throw error
      doubt ??= error
    }
  }
  return { doubt }
}

/** Whole names of days and months, hours of one digit, no zone or one that RFC 822 does not name. */
const lenient =
  /^(?:([a-z]{3})[a-z]{0,6}\.?,? )?(\d{1,2}) ([a-z]{3})[a-z]{0,6}\.?,? (\d{4}|\d\d)(?:,? (\d{1,2}):(\d\d)(?::(\d\d))?)? ?((?:GMT|UTC)?[+-]\d\d:?\d\d|[a-z]{1,5})?$/i

/** Besides those of RFC 2822 (4.3), only names that mean one zone. */
const zones = new Map(
  Object.entries({
    WET: '+0000',
    WEST: '+0100',
    CET: '+0100',
    CEST: '+0200',
    EET: '+0200',
    EEST: '+0300',
    MSK: '+0300',
    JST: '+0900',
    KST: '+0900',
  }),
)

function tidied(written: string): string {
  const text = written.length > 100 ? '' : written.replace(/\s+/g, ' ').trim()
  const [matched, weekday, day, month, year, hour, minute, second = '00', zone] = lenient.exec(text) ?? []
  if (matched === undefined) return written
  const date = `${weekday === undefined ? '' : `${weekday}, `}${day} ${month} ${year}`
  const time = hour === undefined ? '00:00:00' : `${hour.padStart(2, '0')}:${minute}:${second}`
  if (zone === undefined) return local(`${date} ${time}`) ?? written
  return `${date} ${time} ${zones.get(zone.toUpperCase()) ?? zone.replace(/^(?:GMT|UTC)(?=[+-])/i, '').replace(':', '')}`
}

/** In the time zone of the source, as a date without a zone is. */
function local(text: string): string | undefined {
  const wall = readStandardDate(`${text} +0000`)?.wall
  return wall === undefined ? undefined : new Date(wall).toISOString().slice(0, 19)
}
