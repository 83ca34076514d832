import { takeClock, takeHalf, takeZone } from './clock-time.ts'
import { tokensOf, type Token } from './date-tokens.ts'
import { foldWord, wordsOf, wordsOfAll, type Words } from './date-words.ts'
import {
  isComplete,
  takeCounted,
  takeEra,
  takeFiller,
  takeMark,
  takeName,
  takeNumber,
  takeNumbered,
  takeStranger,
  takeThreeNumbers,
} from './day-parts.ts'
import type { Day, Found, Taker } from './found-date.ts'
import { gregorian } from './other-calendars.ts'
import { written, type WrittenTime } from './standard-dates.ts'

/** What a line shows that is a date and nothing else. */
export interface WrittenDate {
  /** More than one: it can be told in so many ways. None: it looks like a date, and is no day of a calendar or no time of a clock. */
  times: WrittenTime[]
  /** A day of the week that is not the date's, or no day of the week. */
  wrongWeekday?: string
  /** Are day, time and zone there? Then the day of the week counts for nothing. */
  isComplete: boolean
}

/**
 * Reads a date as people and programs print it, in numbers or with names in `language` (BCP 47), English, or any other that is known; undefined for a
 * line that holds anything else too, or no year. In linear time.
 */
export function readWrittenDate(line: string, language: string): WrittenDate | undefined {
  const tokens = tokensOf(line)
  if (!tokens.some(({ kind }) => kind === 'number') || tokens.length > mostTokens) return undefined
  const date = readWith(tokens, wordsOf(language), language)
  if (date !== undefined && date.wrongWeekday === undefined) return date
  const hasYear = tokens.some(({ kind, text }) => kind === 'number' && (text.length === 4 || text.length === 2))
  const hasWord = tokens.some(({ kind }) => kind === 'word')
  return (hasYear && hasWord ? readWith(tokens, wordsOfAll(), language) : undefined) ?? date
}

const mostTokens = 40

const takers: readonly Taker[] = [
  takeClock,
  takeZone,
  takeThreeNumbers,
  takeCounted,
  takeNumbered,
  takeEra,
  takeNumber,
  takeHalf,
  takeName,
  takeFiller,
  takeMark,
  takeStranger,
]

function readWith(pieces: readonly Token[], words: Words, language: string): WrittenDate | undefined {
  const tokens = partsOf(pieces, words)
  const { found, at } = findFrom(tokens, 0, words)
  const days = at < tokens.length ? undefined : daysFound(found)
  return days && judged(found, days, language)
}

/**
 * What the tokens of a line from one on say of a date, as far as they do: `at` is the first that says nothing of it, `end` the one behind
 * the last that says more than words and marks between do.
 */
export function findFrom(
  tokens: readonly Token[],
  from: number,
  words: Words,
): { found: Found; at: number; end: number } {
  const none = { isYearFirst: false, isPersian: false, contradicts: false, minute: 0, second: 0 }
  const found: Found = { ...none, timeEnd: -1, dayEnd: -1, tokens, words }
  let [at, end] = [from, from]
  while (at < tokens.length) {
    let length = 0
    let taker: Taker | undefined
    for (taker of takers) if ((length = taker(found, at)) > 0) break
    if (length === 0) break
    at += length
    if (taker !== takeFiller && taker !== takeMark) end = at
  }
  return { found, at, end }
}

/** Words that their script writes together: `星期三上午`, `วันพุธที่`; a preposition of Hebrew. */
const together = /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Hebrew}]/u

/** The tokens of a line, those of several words in parts. */
export function partsOf(tokens: readonly Token[], words: Words): Token[] {
  return tokens.flatMap(token => partsOfOne(token, words))
}

function partsOfOne(token: Token, words: Words): Token[] {
  if (token.kind !== 'word' || !together.test(token.text) || words.has(foldWord(token.text))) return [token]
  const parts: Token[] = []
  for (let rest = token.text, { start } = token; rest !== '';) {
    let length = rest.length
    while (length > 0 && !words.has(foldWord(rest.slice(0, length)))) length--
    if (length === 0) return [token]
    const isSpaced = token.isSpaced && parts.length === 0
    parts.push({ ...token, text: rest.slice(0, length), isSpaced, start, end: start + length })
    rest = rest.slice(length)
    start += length
  }
  return parts
}

/** Every day that was found; undefined where a part is missing. */
export function daysFound({ days, year, months, day }: Found): Day[] | undefined {
  if (days) return days
  if (year === undefined || months === undefined || day === undefined) return undefined
  return [...months].map(month => ({ year, month, day }))
}

/** Which times of a clock and calendar the days that were found are. */
export function judged(found: Found, days: readonly Day[], language: string): WrittenDate {
  const hour = hourOf(found)
  const { minute, second, place, weekdays, stranger } = found
  const parts = { hour: String(hour ?? 99), minute: String(minute), second: String(second) }
  const isThai = /^th\b/i.test(language) || found.tokens.some(({ text }) => /^\p{sc=Thai}/u.test(text))
  const times = new Map<number, WrittenTime>()
  for (const day of days) {
    const { year, month, day: date } = gregorian(day, found.isPersian || /^fa\b/i.test(language), isThai)
    const time = written({ ...parts, day: String(date) }, year, month, undefined)
    if (time) times.set(time.wall, { ...time, ...place })
  }
  const fitting = [...times.values()].filter(({ wall }) => weekdays?.has(weekdayOf(wall)) ?? true)
  const wrong = stranger ?? (fitting.length === 0 && times.size > 0 ? 'the day of the week' : undefined)
  return {
    times: fitting.length > 0 ? fitting : [...times.values()],
    ...(wrong !== undefined && { wrongWeekday: wrong }),
    isComplete: isComplete(found),
  }
}

/** A time at the end of a day belongs to it. */
function weekdayOf(wall: number): number {
  return new Date(wall).getUTCDay()
}

/** 0 to 24; undefined for one that its half of the day contradicts, or that would be in two zones. */
function hourOf({ hour = 0, half, contradicts }: Found): number | undefined {
  if (contradicts) return undefined
  if (half === undefined) return hour
  if (hour >= 1 && hour <= 12) return (hour % 12) + half
  return (half === 12 && hour > 12) || (half === 0 && hour === 0) ? hour : undefined
}
