import { Info, type Zone } from 'luxon'
import { instant, type Instant } from '../../../article.ts'
import { Unusable } from '../../../errors.ts'
import type { WrittenTime } from './standard-dates.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/**
 * The moment of a written time, where it names no zone in `timezone`. Undefined for what a program writes that has no date. Throws `Unusable`, with
 * `line` as what was printed, for a time that a change of clocks skips or repeats, and outside the years 1000 to 9999.
 */
export function momentOf(time: WrittenTime, timezone: string, line: string): Instant | undefined {
  const { wall, offset, zone = timezone } = time
  const moment = offset === undefined ? inZone(wall, zone, line) : wall - offset * minute
  if (isPlaceholder(time, moment)) return undefined
  const year = new Date(moment).getUTCFullYear()
  if (!(year >= 1000 && year <= 9999)) throw new Unusable(`"${shown(line)}" is outside the years 1000 to 9999.`)
  return instant(moment)
}

function inZone(wall: number, timezone: string, line: string): number {
  const moments = momentsAt(wall, timezone)
  const [moment] = moments
  const isMidnight = wall % day === 0
  if (moment !== undefined && (moments.length === 1 || isMidnight)) return moment
  // A day begins there with a later hour: the offset before the change leads to the moment of the change.
  if (isMidnight) return wall - zoneOf(timezone).offset(wall - day) * minute
  const fault = moment === undefined ? 'does not exist' : 'exists twice'
  throw new Unusable(`"${shown(line)}" ${fault} in ${timezone}, where the clocks change then.`)
}

/** Those of sources and of a few abbreviations. */
const zones = new Map<string, Zone>()

function zoneOf(name: string): Zone {
  let zone = zones.get(name)
  if (zone === undefined) zones.set(name, (zone = Info.normalizeZone(name)))
  return zone
}

/** Every moment at which clocks in the zone show this, the earliest first: one as a rule, none or two where they are put forward or back. */
function momentsAt(wall: number, timezone: string): number[] {
  const zone = zoneOf(timezone)
  if (zone.isUniversal) return [wall - zone.offset(wall) * minute]
  const [before, after] = [zone.offset(wall - day), zone.offset(wall + day)]
  return (before === after ? [before] : [before, after])
    .map(minutes => ({ moment: wall - minutes * minute, minutes }))
    .filter(({ moment, minutes }) => zone.offset(moment) === minutes)
    .map(({ moment }) => moment)
    .toSorted((a, b) => a - b)
}

/** Midnights at which calendars of databases, spreadsheets and file systems begin. */
const edges = new Set(
  ['1601-01-01', '1753-01-01', '1899-12-30', '1899-12-31', '1900-01-01'].map(date => Date.parse(date)),
)
const [first, last] = [Date.parse('0100-01-01'), Date.parse('9999-12-31')]

/**
 * Is this what a program writes that has no date? The zero of Unix, and the second before it, an error's -1; without an offset also as clocks
 * elsewhere show that zero; a year before 100; the ends of calendars.
 */
function isPlaceholder({ wall, offset }: WrittenTime, moment: number): boolean {
  if (moment === 0 || moment === -1000 || wall === 0) return true
  if (offset === undefined && wall % (hour / 2) === 0 && wall >= -12 * hour && wall <= 14 * hour) return true
  return edges.has(wall) || wall >= last || wall < first
}

/** A text as an error names it. */
export function shown(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
