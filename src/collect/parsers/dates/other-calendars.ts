import type { Day } from './found-date.ts'

/** A day of the Gregorian calendar, for one whose year shows that it is of the Persian calendar or, in Thailand, counted from the Buddha. */
export function gregorian(written: Day, isPersian: boolean, isThai: boolean): Day {
  const { year, month, day } = written
  if (isThai && year >= 2400 && year < 2700) return { ...written, year: year - 543 }
  if (!isPersian || year < 1300 || year > 1499) return written
  // Six months of 31 days, then of 30; the last of 29, or 30 in a leap year.
  const newYear = persianNewYear(year)
  const length = month <= 6 ? 31 : month < 12 ? 30 : Math.round((persianNewYear(year + 1) - newYear) / dayLength) - 336
  if (!(day >= 1 && day <= length && month >= 1 && month <= 12)) return { year: year + 621, month: 0, day: 0 }
  const before = month <= 7 ? (month - 1) * 31 : 186 + (month - 7) * 30
  const date = new Date(newYear + (before + day - 1) * dayLength)
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}

const dayLength = 86_400_000

let calendar: Intl.DateTimeFormat | undefined

/** The day of March on which a Persian year begins: the vernal equinox in Tehran, which Intl knows. */
function persianNewYear(year: number): number {
  calendar ??= new Intl.DateTimeFormat('en', { calendar: 'persian', timeZone: 'UTC', month: 'numeric', day: 'numeric' })
  const march = [19, 20, 21, 22, 23].map(day => Date.UTC(year + 621, 2, day))
  return march.find(day => calendar?.format(day) === '1/1') ?? march[2] ?? 0
}
