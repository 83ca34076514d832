const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const month = `(?<month>${months.join('|')})`
const time = '(?<hour>\\d{2}):(?<minute>\\d{2}):(?<second>\\d{2})'
const forms = [
  // IMF-fixdate: Sun, 06 Nov 1994 08:49:37 GMT
  new RegExp(`^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (?<day>\\d{2}) ${month} (?<year>\\d{4}) ${time} GMT$`),
  // RFC 850: Sunday, 06-Nov-94 08:49:37 GMT
  new RegExp(`^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (?<day>\\d{2})-${month}-(?<year>\\d{2}) ${time} GMT$`),
  // asctime: Sun Nov  6 08:49:37 1994
  new RegExp(`^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ${month} (?<day>[ \\d]\\d) ${time} (?<year>\\d{4})$`),
]

/** Seconds since 1970 -> IMF-fixdate, `Sun, 06 Nov 1994 08:49:37 GMT`. */
export function formatHttpDate(seconds: number): string {
  return new Date(seconds * 1000).toUTCString()
}

/**
 * An HTTP-date in any of its three forms (RFC 9110, 5.6.7) -> seconds since 1970; undefined for anything else.
 * `now` (milliseconds) settles the century of a year of two digits.
 */
export function parseHttpDate(text: string, now: number = Date.now()): number | undefined {
  for (const form of forms) {
    const fields = form.exec(text)?.groups
    if (fields !== undefined) return secondsOf(fields, now)
  }
  return undefined
}

function secondsOf(fields: Record<string, string>, now: number): number | undefined {
  const { year = '', month: name = '' } = fields
  const [day = 0, hour = 0, minute = 0, second = 0] = ['day', 'hour', 'minute', 'second'].map(key =>
    Number(fields[key]),
  )
  // A second of 60 is a leap second.
  if (hour > 23 || minute > 59 || second > 60) return undefined
  const at = new Date(0)
  at.setUTCFullYear(year.length === 2 ? fullYear(Number(year), now) : Number(year), months.indexOf(name), day)
  if (at.getUTCDate() !== day) return undefined
  return at.setUTCHours(hour, minute, second) / 1000
}

/** A year more than 50 years ahead is the most recent one past with the same two digits (RFC 9110, 5.6.7). */
function fullYear(twoDigits: number, now: number): number {
  const thisYear = new Date(now).getUTCFullYear()
  const year = thisYear - (thisYear % 100) + twoDigits
  return year > thisYear + 50 ? year - 100 : year
}
