import type { Instant } from './article.ts'

const day = { year: 'numeric', month: 'long', day: 'numeric' } as const
const moment = { ...day, hour: 'numeric', minute: '2-digit', timeZoneName: 'short' } as const

/** Formatters kept: one takes longer to make than a page does to render, and languages come from articles. */
const most = 500
const made = new Map<string, Intl.DateTimeFormat>()

/** The day as people of this language write it, in a zone of the IANA database: `9 March 2024`. */
export function printedDay(at: Instant, language: string, timezone = 'UTC'): string {
  return formatter('day', language, timezone).format(new Date(at))
}

/** The same with the time and the zone: `9 March 2024 at 06:30 UTC`. */
export function printedMoment(at: Instant, language: string, timezone = 'UTC'): string {
  return formatter('moment', language, timezone).format(new Date(at))
}

function formatter(form: 'day' | 'moment', language: string, timezone: string): Intl.DateTimeFormat {
  const name = `${form} ${language} ${timezone}`
  const kept = made.get(name)
  if (kept !== undefined) return kept
  const fresh = makeFormatter(
    form === 'day' ? { ...day, timeZone: timezone } : { ...moment, timeZone: timezone },
    language,
  )
  if (made.size >= most) made.clear()
  made.set(name, fresh)
  return fresh
}

/** A source may name a language that is none. */
function makeFormatter(how: Intl.DateTimeFormatOptions, language: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat([language, 'en'], how)
  } catch {
    return new Intl.DateTimeFormat('en', how)
  }
}
