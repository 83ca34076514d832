import type { Instant } from '../../../article.ts'
import { Unusable } from '../../../errors.ts'
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

/** As scripts print a date: `Tue Mar 10 2026 15:30:00 GMT+0000 (Coordinated Universal Time)`. */
const scripted = /^([a-z]{3}) ([a-z]{3}) (\d\d) (\d{4}) (\d\d:\d\d:\d\d GMT[+-]\d{4})(?: \([^()]*\))?$/i

/** As Americans print one, with the zone that a date of the source's own has not: `March 10, 2026, 9:05 a.m. EST`. */
const american =
  /^(?:[a-z]{3,9}\.?,? )?([a-z]{3})[a-z]{0,6}\.? (\d{1,2}), (\d{4})(?:,| at)? (\d{1,2}):(\d\d) ?([ap])\.?m\.?,? ([a-z]{1,5})$/i

const isoInZone = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?) ?([a-z]{1,5})$/i

/** The same date as RFC 822 or ISO 8601 has it. */
function rearranged(text: string): string {
  const [, month, day, year, hour, minute, half, zone] = american.exec(text) ?? []
  if (hour !== undefined && Number(hour) >= 1 && Number(hour) <= 12)
    return `${day} ${month} ${year} ${(Number(hour) % 12) + (/p/i.test(half ?? '') ? 12 : 0)}:${minute} ${zone}`
  const [, date, time, named = ''] = isoInZone.exec(text) ?? []
  const offset = zones.get(named.toUpperCase())
  if (offset !== undefined) return `${date}T${time}${offset}`
  return text.replace(scripted, '$1, $3 $2 $4 $5')
}

function tidied(written: string): string {
  const text = written.length > 100 ? '' : rearranged(written.replace(/\s+/g, ' ').trim())
  const [matched, weekday, day, month, year, hour, minute, second = '00', zone] = lenient.exec(text) ?? []
  if (matched === undefined) return text || written
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
