import type { Token } from './date-tokens.ts'
import { foldWord, type Meaning, type Words } from './date-words.ts'
import type { Place } from './time-zones.ts'

/** A day as it is written: the year may be of another calendar, the month of none. */
export interface Day {
  year: number
  month: number
  day: number
}

/** What was found in a line so far. Nothing is found twice. */
export interface Found {
  readonly tokens: readonly Token[]
  readonly words: Words
  /** All that three numbers can mean, `03/04/2024`; empty: no day of any calendar. */
  days?: Day[]
  /** Does the year come first, as machines write it? */
  isYearFirst: boolean
  year?: number
  months?: ReadonlySet<number>
  isPersian: boolean
  day?: number
  hour?: number
  minute: number
  second: number
  half?: 0 | 12
  place?: Place
  /** Are two zones named that are not the same? */
  contradicts: boolean
  weekdays?: ReadonlySet<number>
  /** A word where the day of the week stands, of a language that is not known. */
  stranger?: string
  /** Behind the time of day: here its half and its zone may follow. */
  timeEnd: number
  /** Behind three numbers that are the day. */
  dayEnd: number
}

/** Takes what stands at a token: how many tokens that were, 0 for nothing of its kind. */
export type Taker = (found: Found, at: number) => number

export function hasDay(found: Found): boolean {
  return found.days !== undefined || (found.day !== undefined && found.months !== undefined && found.year !== undefined)
}

const longestName = 3

/** What the words from a token on mean, as one name: the longest that is known. */
export function nameAt(
  { tokens, words }: Pick<Found, 'tokens' | 'words'>,
  at: number,
): { key: string; meaning: Meaning; length: number } | undefined {
  let key = ''
  const keys: string[] = []
  for (let next = at; next < at + longestName && tokens[next]?.kind === 'word'; next++) {
    key += `${key && ' '}${foldWord(tokens[next]?.text ?? '')}`
    keys.push(key)
  }
  for (let length = keys.length; length > 0; length--) {
    const name = keys[length - 1] ?? ''
    const meaning = words.get(name)
    if (meaning) return { key: name, meaning, length }
  }
  return undefined
}

/** Is there this mark, with no space before it? */
export function isMark(token: Token | undefined, mark: string): token is Token {
  return token?.text === mark && !token.isSpaced
}

/** A number of so many digits that counts nothing. */
export function isNumber(token: Token | undefined, least: number, most: number): token is Token {
  return token?.kind === 'number' && token.unit === undefined && token.text.length >= least && token.text.length <= most
}
