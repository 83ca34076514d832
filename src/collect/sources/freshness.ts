import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'undici/types/header.js'
import { DateTime } from 'luxon'
import { instant, type Instant } from '../../article.ts'

/** Seconds. However eager or idle a site asks us to be. */
const shortest = 60
const longest = 86_400

/** Seconds after which failures are not punished any longer. */
const longestBackOff = 6 * 3600

/**
 * The moment to ask again when `seconds` should pass from `now` (milliseconds since 1970): after a minute (`least`, seconds) at the
 * earliest, a day at the latest. In whole seconds, rounded down: a clock that ticks each minute never comes milliseconds too early.
 */
export function nextMoment(now: number, seconds: number, least = shortest): Instant {
  return instant(now + Math.min(Math.max(seconds, least), longest) * 1000)
}

/** Has the moment come? One further off than any that we set comes from a clock that was wrong. */
export function isDue(next: Instant, now: number): boolean {
  const wait = Date.parse(next) - now
  return wait <= 0 || wait > 2 * longest * 1000
}

/**
 * Seconds for which an answer that arrives at `now` stays fresh in a private cache (RFC 9111, 4.2; so `s-maxage` is not for us);
 * undefined where its headers do not say.
 */
export function lifetimeOf(headers: IncomingHttpHeaders, now: number): number | undefined {
  const control = joined(headers['cache-control'])
  if (/(?:^|,)\s*no-(?:cache|store)\s*(?:,|$)/i.test(control)) return 0
  const age = Number(/^\d{1,15}$/.exec(joined(headers.age))?.[0] ?? 0)
  const maxAge = /(?:^|,)\s*max-age\s*=\s*"?(\d{1,15})/i.exec(control)?.[1]
  if (maxAge !== undefined) return Math.max(0, Number(maxAge) - age)
  if (headers.expires === undefined) return undefined
  // RFC 9111, 5.3: what is no date, `0` above all, is a time in the past.
  const expires = httpDate(headers.expires) ?? 0
  return Math.max(0, (expires - (httpDate(headers.date) ?? now)) / 1000 - age)
}

/** Seconds that a site asks us to stay away (RFC 9110, 10.2.3), 0 where it does not. */
export function retryAfter(headers: IncomingHttpHeaders, now: number): number {
  const written = joined(headers['retry-after'])
  if (/^\d+$/.test(written)) return Number(written)
  return Math.max(0, ((httpDate(written) ?? now) - now) / 1000)
}

/**
 * Seconds that an RSS channel's `ttl` (minutes) asks us to wait, 0 where there is none. Looked for in front of the first item and
 * without parsing: it moves nothing but the moment to ask again.
 */
export function ttlOf(text: string): number {
  const items = text.indexOf('<item')
  const head = items < 0 ? text : text.slice(0, items)
  return Number(/<ttl>\s*(\d{1,6})\s*<\/ttl>/.exec(head)?.[1] ?? 0) * 60
}

/** Seconds to wait after the nth failure in a row: 1, 2, 4, ... minutes up to six hours, and up to a tenth more, by the source's name, lest all come back at once. */
export function backOff(failures: number, source: string): number {
  const spread = createHash('sha256').update(source).digest().readUInt16BE() / 0xffff
  return Math.min(60 * 2 ** (failures - 1), longestBackOff) * (1 + spread / 10)
}

function joined(header: string | string[] | undefined): string {
  return [header ?? []].flat().join(', ').trim()
}

/** Milliseconds since 1970. */
function httpDate(header: string | string[] | undefined): number | undefined {
  const date = DateTime.fromHTTP(joined(header).slice(0, 100))
  return date.isValid ? date.toMillis() : undefined
}
