import { hasDay, isMark, isNumber, nameAt, type Found, type Taker } from './found-date.ts'
import { foldWord } from './date-words.ts'
import { namedZone, offsetOf, type Place } from './time-zones.ts'

interface Clock {
  hour: string
  minute?: string
  second?: string
  length: number
}

/** A time of day: `9:05`, `23:15:0`, `10h05`, `10 Uhr`, `10時05分`, `3 pm`; `10.05` only where no date can be meant. */
export const takeClock: Taker = (found, at) => {
  const clock = found.hour === undefined ? clockAt(found, at) : undefined
  if (clock === undefined) return 0
  found.hour = Number(clock.hour)
  found.minute = Number(clock.minute ?? 0)
  found.second = Number(clock.second ?? 0)
  found.timeEnd = at + clock.length
  return clock.length
}

function clockAt(found: Found, at: number): Clock | undefined {
  const token = found.tokens[at]
  if (token?.kind !== 'number' || token.text.length > 2) return undefined
  if (token.unit !== undefined) return countedAt(found, at)
  return coloned(found, at) ?? lettered(found, at) ?? dotted(found, at) ?? halved(found, at)
}

/** `10時05分20秒`, `3시`. */
function countedAt({ tokens }: Found, at: number): Clock | undefined {
  const [hour, minute, second] = tokens.slice(at, at + 3)
  if (!/[時时点點시]/.test(hour?.unit ?? '')) return undefined
  const clock: Clock = { hour: hour?.text ?? '', length: 1 }
  if (!/[分분]/.test(minute?.unit ?? '')) return clock
  Object.assign(clock, { minute: minute?.text, length: 2 })
  return /[秒초]/.test(second?.unit ?? '') ? { ...clock, second: second?.text, length: 3 } : clock
}

/** `9:05`, `09:05:06.789`; seconds of one digit are met. */
function coloned({ tokens }: Found, at: number): Clock | undefined {
  const [hour, colon, minute, colon2, second, point, fraction] = tokens.slice(at, at + 7)
  if (!isMark(colon, ':') || !isNumber(minute, 2, 2) || minute.isSpaced) return undefined
  const clock = { hour: hour?.text ?? '', minute: minute.text, length: 3 }
  if (!isMark(colon2, ':') || !isNumber(second, 1, 2) || second.isSpaced) return clock
  const isFraction = (isMark(point, '.') || isMark(point, ',')) && isNumber(fraction, 1, 9) && !fraction.isSpaced
  return { ...clock, second: second.text, length: isFraction ? 7 : 5 }
}

/** `10h05`, `10 h 05`, `10u05`, `10 Uhr`. */
function lettered(found: Found, at: number): Clock | undefined {
  const [hour, letter, minute] = found.tokens.slice(at, at + 3)
  if (letter?.kind !== 'word' || !/^(?:h|u|uhr)$/i.test(letter.text)) return undefined
  const clock = { hour: hour?.text ?? '', length: 2 }
  // Behind a space it may be the day.
  const isMinute = isNumber(minute, 2, 2) && (!minute.isSpaced || hasDay(found))
  return isMinute ? { ...clock, minute: minute.text, length: 3 } : clock
}

const beforeTime = new Set([
  'kl',
  'klo',
  'kello',
  'klockan',
  'klokka',
  'klokken',
  'ore',
  'pukul',
  'jam',
  'saat',
  'godz',
])

function dotted(found: Found, at: number): Clock | undefined {
  const [hour, point, minute, after, more] = found.tokens.slice(at, at + 5)
  if (!isMark(point, '.') || !isNumber(minute, 2, 2) || minute.isSpaced) return undefined
  if (isMark(after, '.') && isNumber(more, 1, 4) && !more.isSpaced) return undefined
  const isTime =
    hasDay(found) ||
    beforeTime.has(foldWord(found.tokens[at - 1]?.text ?? '')) ||
    /^(?:uhr|uur)$/i.test(after?.text ?? '')
  return isTime ? { hour: hour?.text ?? '', minute: minute.text, length: 3 } : undefined
}

/** `3 pm`. */
function halved(found: Found, at: number): Clock | undefined {
  const hour = found.tokens[at]?.text ?? ''
  const meaning = nameAt(found, at + 1)?.meaning
  const isHalf = meaning && meaning.halves.size === 1 && meaning.months.size + meaning.weekdays.size === 0
  return isHalf && Number(hour) <= 12 ? { hour, length: 1 } : undefined
}

/** AM or PM, behind the time, or before it in Chinese, Japanese, Korean, Hungarian. */
export const takeHalf: Taker = (found, at) => {
  const name = nameAt(found, at)
  const [half, other] = name?.meaning.halves ?? []
  if (!name || half === undefined || other !== undefined || found.half !== undefined) return 0
  if (found.hour !== undefined && at === found.timeEnd) found.timeEnd = at + name.length
  // The Arabic ones are single letters, which stand behind a time alone.
  else if (found.hour !== undefined || name.key.length < 2 || !clockAt(found, at + name.length)) return 0
  found.half = half
  return name.length
}

/** `Z`, `CET`, `GMT+3`, `+02:00`, `-4`: behind the time, or behind a machine's date that has none; `+0900 JST` says it twice. */
export const takeZone: Taker = (found, at) => {
  const isBehindDay = found.hour === undefined && found.isYearFirst && at > 0 && at === found.dayEnd
  if (!isBehindDay && (found.hour === undefined || at !== found.timeEnd)) return 0
  const isGreenwich = /^(?:gmt|utc?)$/i.test(found.tokens[at - 1]?.text ?? '')
  const zone = zoneAt(found, at, isGreenwich)
  if (isBehindDay && (zone === undefined || at + zone.length < found.tokens.length || mayBeTime(found, at))) return 0
  const length = zone?.length ?? (found.place === undefined ? 0 : againAt(found, at))
  if (zone) found.contradicts ||= !isGreenwich && found.place !== undefined && !isSame(found.place, zone.place)
  if (zone && (found.place === undefined || isGreenwich)) found.place = zone.place
  if (length > 0) found.timeEnd = at + length
  return length
}

/** `2025-03-27 -10:00`, `2025-03-27-4`: perhaps a time, or a part of a name. */
function mayBeTime({ tokens }: Found, at: number): boolean {
  const sign = tokens[at]
  return sign?.text === '-' && (!sign.isSpaced || tokens.some(token => isMark(token, ':')))
}

interface Zone {
  place: Place
  length: number
}

function zoneAt(found: Found, at: number, isGreenwich: boolean): Zone | undefined {
  const token = found.tokens[at]
  const named = token?.kind === 'word' ? namedZone(token.text) : undefined
  return named ? { place: named, length: 1 } : offsetAt(found, at, isGreenwich)
}

/** An abbreviation that means several zones says nothing else behind an offset: `+0530 IST`. */
function againAt(found: Found, at: number): number {
  const meaning = nameAt(found, at)?.meaning
  const isName = meaning !== undefined && (meaning.weekdays.size > 0 || meaning.months.size > 0)
  return !isName && /^[A-Z]{3,5}$/.test(found.tokens[at]?.text ?? '') ? 1 : 0
}

/** American abbreviations stand for summer's offset and for winter's. */
function isSame(one: Place, other: Place): boolean {
  return !('offset' in one && 'offset' in other) || one.offset === other.offset
}

function offsetAt(found: Found, at: number, isGreenwich: boolean): Zone | undefined {
  const [sign, hours, colon, minutes] = found.tokens.slice(at, at + 4)
  if ((sign?.text !== '+' && sign?.text !== '-') || !isNumber(hours, 1, 4) || hours.isSpaced) return undefined
  const isColoned = isMark(colon, ':') && isNumber(minutes, 2, 2) && !minutes.isSpaced
  // `10:00-12:00` is from ten to twelve, but in a machine's date.
  if (!sign.isSpaced && !found.isYearFirst && !isGreenwich && hours.text.length < 4) return undefined
  const digits = hours.text
  const [hour, minute] = digits.length > 2 ? [digits.slice(0, -2), digits.slice(-2)] : [digits, '00']
  if (isColoned && digits.length > 2) return undefined
  const offset = offsetOf(sign.text, hour, isColoned ? minutes.text : minute)
  if (offset === undefined) return undefined
  return { place: { offset }, length: isColoned ? 4 : 2 }
}
