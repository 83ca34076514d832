import { DateTime, type TokenParser } from 'luxon'
import { numericReader } from './numeric-patterns.ts'
import type { WrittenTime } from './standard-dates.ts'

/**
 * The time that `text` shows by a Luxon pattern (`dd/MM/yyyy HH'h'mm`), undefined where it does not fit. Where the pattern has
 * two digits one is accepted too. Names of months and days are English, or of `language` (BCP 47). A pattern without a year reads nothing.
 */
export function readByPattern(text: string, pattern: string, language: string): WrittenTime | undefined {
  let reader = readers.get(pattern)
  if (reader === undefined) {
    reader = readerOf(pattern)
    readers.set(pattern, reader)
  }
  return reader(text, language)
}

type Reader = (text: string, language: string) => WrittenTime | undefined

/** Patterns come from configurations, so there are few. */
const readers = new Map<string, Reader>()

function readerOf(pattern: string): Reader {
  const tokens = tokensOf(pattern)
  // Luxon would take a missing year from the clock.
  if (!tokens.some(token => /^(?:y|kk|[xX]$|[Df])/.test(token))) return () => undefined
  const lenient = relaxed(tokens)
  return numericReader(lenient) ?? luxonReader(lenient)
}

function luxonReader(tokens: readonly string[]): Reader {
  const absolute = tokens.some(token => /^[zZxX]/.test(token))
  const named = tokens.some(token => /^(?:[MLEc]{3,}|[aGDtTfFz])/.test(token))
  const pattern = tokens.join('')
  return (text, language) => {
    for (const locale of named ? new Set([localeOf(language), 'en']) : ['en']) {
      const options = { locale, numberingSystem: 'latn', zone: 'utc' } as const
      const time = DateTime.fromFormatParser(text, parserOf(pattern, locale), options)
      if (time.isValid) return absolute ? { wall: time.toMillis(), offset: 0 } : { wall: time.toMillis() }
    }
    return undefined
  }
}

/** A pattern as Luxon sees it: runs of one letter, quoted text, anything else one by one. */
function tokensOf(pattern: string): string[] {
  return pattern.match(/'[^']*'|([a-zA-Z])\1*|[^]/g) ?? []
}

/** `dd` -> `d` and so on, but not where another number follows or goes before at once: there the width tells them apart. */
function relaxed(tokens: readonly string[]): string[] {
  return tokens.map((token, at) => {
    const alone = ![tokens[at - 1], tokens[at + 1]].some(next => next !== undefined && /^[a-zA-Z]/.test(next))
    return alone && /^(?:dd|MM|LL|HH|hh|mm|ss)$/.test(token) ? token.charAt(0) : token
  })
}

/** The language itself where the names of its months are known, else English: the article may claim any. */
function localeOf(language: string): string {
  const primary = /^[a-z]{2,3}(?![a-z])/i.exec(language)?.[0].toLowerCase() ?? 'en'
  return Intl.DateTimeFormat.supportedLocalesOf([primary])[0] ?? 'en'
}

// Compiling costs ten times a reading. Patterns come from the configuration, so a full cache means many languages: start over.
const compiled = new Map<string, TokenParser>()

function parserOf(pattern: string, locale: string): TokenParser {
  const key = `${locale} ${pattern}`
  const kept = compiled.get(key)
  if (kept) return kept
  const parser = DateTime.buildFormatParser(pattern, { locale, numberingSystem: 'latn' })
  if (compiled.size >= 500) compiled.clear()
  compiled.set(key, parser)
  return parser
}
