/** Where a clock stands: minutes east of UTC, or a zone of the IANA database. */
export type Place = { offset: number } | { zone: string }

/** RFC 2822, 4.3, and besides those only names that mean one zone: `IST`, `BST` are several. Hours east of UTC. */
const hours: Readonly<Record<string, number>> = {
  Z: 0, UT: 0, UTC: 0, GMT: 0, WET: 0, WEST: 1, CET: 1, CEST: 2, MEZ: 1, MESZ: 2, EET: 2, EEST: 3, MSK: 3, МСК: 3,
  EDT: -4, EST: -5, CDT: -5, CST: -6, MDT: -6, MST: -7, PDT: -7, PST: -8, AKDT: -8, AKST: -9, HST: -10, BRT: -3, ART: -3,
  PKT: 5, WIB: 7, WITA: 8, WIT: 9, HKT: 8, SGT: 8, JST: 9, KST: 9, AWST: 8, AEST: 10, AEDT: 11, NZST: 12, NZDT: 13, SAST: 2,
} // prettier-ignore

/** As American papers write it all year. */
const zones: Readonly<Record<string, string>> = {
  ET: 'America/New_York',
  CT: 'America/Chicago',
  MT: 'America/Denver',
  PT: 'America/Los_Angeles',
}

/** The zone of an abbreviation; undefined where it is unknown or means several. */
export function namedZone(name: string): Place | undefined {
  const key = name.toUpperCase().replaceAll('.', '')
  const east = Object.hasOwn(hours, key) ? hours[key] : undefined
  if (east !== undefined) return { offset: east * 60 }
  const zone = Object.hasOwn(zones, key) ? zones[key] : undefined
  return zone === undefined ? undefined : { zone }
}

/** The abbreviation by which `namedZone` knows a zone of the IANA database. */
export function nameOfZone(zone: string): string {
  return Object.keys(zones).find(name => zones[name] === zone) ?? ''
}

/** Minutes east of UTC; undefined for what no clock on earth shows (-12 is nobody's, and the end of `10:00-12:00`). */
export function offsetOf(sign: string, hour: string, minute: string): number | undefined {
  const minutes = Number(hour) * 60 + Number(minute)
  if (Number(minute) > 59 || minutes > 14 * 60 || (sign === '-' && minutes > 11 * 60 + 30)) return undefined
  return sign === '-' ? -minutes : minutes
}
