import { readStandardDate } from '../collect/parsers/dates/standard-dates.ts'
import { UsageError } from '../errors.ts'

/** What an option names, in milliseconds since 1970. Without a time of day midnight is meant, without an offset UTC. */
export function momentOf(date: string, option = '--since'): number {
  const written = readStandardDate(date)
  if (written === undefined)
    throw new UsageError(`${option} “${date}” is no date: expected 2026-01-31 or 2026-01-31T18:00:00Z`)
  return written.wall - (written.offset ?? 0) * 60_000
}
