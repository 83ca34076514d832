/** A moment as it is written: what the clock on the wall shows and, where it says so, how far that wall is from UTC. */
export interface WrittenTime {
  /** The clock's reading in milliseconds since 1970, as if it stood in UTC. */
  wall: number
  /** Minutes east of UTC; absent for a local time. */
  offset?: number
  /** Whose local time it is, in the IANA database; absent: not said. */
  zone?: string
}

/** A date in RFC 3339, ISO 8601 (calendar dates, extended or basic, from the day down) or RFC 2822; undefined for any other text, or a day that no calendar has. */
export function readStandardDate(text: string): WrittenTime | undefined {
  return readIso8601(text) ?? readRfc2822(text)
}

// Some write a colon before the thousandths.
const isoTime = String.raw`(?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d)(?:[.,]\d{1,9}|:\d{3})?)?`
const isoZone = String.raw`(?: ?(?<zone>Z|UTC|GMT|[+-]\d\d(?::?\d\d)?))?`
const isoForms = [
  new RegExp(String.raw`^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)(?:[T ]${isoTime}${isoZone})?$`, 'i'),
  new RegExp(
    String.raw`^(?<year>\d{4})(?<month>\d\d)(?<day>\d\d)(?:T(?<hour>\d\d)(?<minute>\d\d)(?<second>\d\d)?(?:[.,]\d{1,9})?${isoZone})?$`,
    'i',
  ),
]

function readIso8601(text: string): WrittenTime | undefined {
  for (const form of isoForms) {
    const parts = form.exec(text)?.groups
    if (parts) return written(parts, Number(parts.year), Number(parts.month), zoneOffset(parts.zone))
  }
  return undefined
}

const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const rfc2822 = new RegExp(
  String.raw`^(?:(?<weekday>${weekdays.join('|')}), ?)?(?<day>\d{1,2}) (?<name>${months.join('|')}) (?<year>\d{4}|\d\d) ` +
    String.raw`(?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d))? (?<zone>[+-]\d{4}|[A-Z]{1,3})(?: ?\([^()]*\))?$`,
  'i',
)

function readRfc2822(text: string): WrittenTime | undefined {
  const parts = rfc2822.exec(text)?.groups
  const offset = zoneOffset(parts?.zone)
  if (!parts || offset === undefined) return undefined
  const month = months.indexOf((parts.name ?? '').toLowerCase()) + 1
  const time = written(parts, fullYear(parts.year ?? ''), month, offset)
  // A date that contradicts its own day of the week is no date to be sure of.
  const contradicted =
    time && parts.weekday && new Date(time.wall).getUTCDay() !== weekdays.indexOf(parts.weekday.toLowerCase())
  return contradicted ? undefined : time
}

/** RFC 2822, 4.3: 00 to 49 are of this century, 50 to 99 of the last. */
function fullYear(digits: string): number {
  const year = Number(digits)
  if (digits.length === 4) return year
  return year < 50 ? 2000 + year : 1900 + year
}

/** RFC 2822, 4.3. Its military letters, which many wrote the wrong way round, tell nothing. */
const zoneNames = new Map(
  Object.entries({
    Z: 0,
    UT: 0,
    UTC: 0,
    GMT: 0,
    EDT: -4,
    EST: -5,
    CDT: -5,
    CST: -6,
    MDT: -6,
    MST: -7,
    PDT: -7,
    PST: -8,
  }),
)

/** Minutes east of UTC; undefined where the zone is missing or unknown. */
function zoneOffset(zone: string | undefined): number | undefined {
  if (zone === undefined) return undefined
  const named = zoneNames.get(zone.toUpperCase())
  if (named !== undefined) return named * 60
  const [, sign, hours, minutes = '00'] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? []
  if (Number(hours) > 23 || Number(minutes) > 59) return undefined
  return hours === undefined ? undefined : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}

type Parts = Record<string, string | undefined>

/** The time of parts in digits (day, hour, minute, second, zone), each optional; undefined where no clock and calendar shows them. */
export function written(
  parts: Parts,
  year: number,
  month: number,
  offset: number | undefined,
): WrittenTime | undefined {
  if (parts.zone !== undefined && offset === undefined) return undefined
  const [day, hour, minute, second] = [parts.day, parts.hour, parts.minute, parts.second].map(part => Number(part ?? 0))
  if (day === undefined || hour === undefined || minute === undefined || second === undefined) return undefined
  const midnight = new Date(0).setUTCFullYear(year, month - 1, day)
  const there = new Date(midnight)
  if (there.getUTCMonth() !== month - 1 || there.getUTCDate() !== day) return undefined
  // 24:00 ends a day (ISO 8601), 60 is a leap second (RFC 3339, 5.6), told as the one before it.
  if (minute > 59 || second > 60 || hour > 24 || (hour === 24 && minute + second > 0)) return undefined
  const wall = midnight + ((hour * 60 + minute) * 60 + Math.min(second, 59)) * 1000
  return offset === undefined ? { wall } : { wall, offset }
}
