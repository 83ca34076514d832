import type { Instant } from '../../../article.ts'
import { Unusable } from '../../../errors.ts'
import { findDate, type DateRules } from './dates.ts'

type Written = readonly (string | undefined)[]

/**
 * The first of several dates, as pages and feeds write them, that can be read: as `findDate`. Undefined where none
 * is a date; throws `Unusable` where none can be read and one cannot be told for sure.
 */
export function firstDate(
  written: Written,
  rules: DateRules,
  language?: string,
  warnings?: string[],
): Instant | undefined {
  const { date, doubt } = read(written, rules, language, warnings)
  if (date === undefined && doubt) throw doubt
  return date
}

/** As `firstDate`, for dates that an article can do without: in doubt undefined. */
export function sureDate(
  written: Written,
  rules: DateRules,
  language?: string,
  warnings?: string[],
): Instant | undefined {
  return read(written, rules, language, warnings).date
}

function read(
  written: Written,
  rules: DateRules,
  language?: string,
  warnings?: string[],
): { date?: Instant; doubt?: Unusable } {
  let doubt: Unusable | undefined
  for (const text of written.slice(0, 20)) {
    try {
      const date = text === undefined ? undefined : findDate(text, rules, language, warnings)
      if (date !== undefined) return { date }
    } catch (error) {
      if (!(error instanceof Unusable)) throw error
      doubt ??= error
    }
  }
  return { doubt }
}
