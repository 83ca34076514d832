import type { Instant } from '../../../article.ts'
import { readDate } from '../dates/dates.ts'
import type { Hints } from '../draft.ts'

const basic = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(?:[.,]\d+)?)?\s?(Z|[+-]\d\d(?::?\d\d)?)?$/i

/**
 * A moment as NITF and NewsML 1 write it, in ISO 8601's basic format (`20060101T120000+0100`), or in any that is known. Without a zone
 * it is in the source's. Throws `Unusable` as `readDate`.
 */
export function readNorm(written: string, hints: Hints, language: string): Instant {
  const [, year, month, day, hour, minute, second = '00', zone = ''] = basic.exec(written.trim()) ?? []
  if (year === undefined) return readDate(written, hints, language)
  const time = hour === undefined ? '' : `T${hour}:${minute}:${second}${zoneOf(zone)}`
  return readDate(`${year}-${month}-${day}${time}`, hints, language)
}

function zoneOf(written: string): string {
  const [, sign, hours, minutes = '00'] = /^([+-])(\d\d):?(\d\d)?$/.exec(written) ?? []
  return sign === undefined ? written.toUpperCase() : `${sign}${hours}:${minutes}`
}
