import { Refused } from './refused.ts'
import { keptOf, type Given } from './cursor.ts'

/** Where a caller stands in its view. */
export interface Place {
  position: number
  /** How far it is through what is told at that position; absent: through all of it. */
  minor?: number | undefined
  /** It began from nothing when this was the newest position, and is not there yet: what was gone by then is not told. */
  start?: number | undefined
}

interface PlaceOf extends Place {
  incarnation: string
}

const pattern = /^([0-9a-z]{1,40})-(0|[1-9]\d{0,14})(?:\.(0|[1-9]\d{0,14}))?(?:_(0|[1-9]\d{0,14}))?-([a-z2-7]{8})$/

/**
 * `INCARNATION-POSITION[.MINOR][_START]-CHECK`. The check is no secret: it binds the cursor to its view, and tells one that was never given
 * from one that the store has lost.
 */
export function encodePlace(place: PlaceOf, binding: string): string {
  const { incarnation, position, minor, start } = place
  const behind = `${minor === undefined ? '' : `.${minor}`}${start === undefined ? '' : `_${start}`}`
  const text = `${incarnation}-${position}${behind}`
  return `${text}-${checkOf(text, binding)}`
}

/** Throws `Refused` for text that is no cursor of this view. */
export function decodePlace(cursor: string, binding: string): PlaceOf {
  const [, incarnation, position, minor, start, check] = pattern.exec(cursor) ?? []
  if (incarnation === undefined || checkOf(cursor.slice(0, -9), binding) !== check)
    throw new Refused('parameter', 'This cursor was never given, or for other feeds than these.', 'after')
  return {
    incarnation,
    position: Number(position),
    ...(minor !== undefined && { minor: Number(minor) }),
    ...(start !== undefined && { start: Number(start) }),
  }
}

/** The place as far as the store knows it. Throws `Refused` where the store has lost what the caller knows. */
export function placeWithin({ incarnation, ...place }: PlaceOf, given: Given): Place {
  const kept = keptOf(incarnation, given)
  if (kept === undefined || place.position > kept)
    throw new Refused('lost', 'The store has lost what this cursor knows: begin from nothing.', 'after')
  // What a store that was put back says anew at these positions is another thing.
  return place.start !== undefined && place.start > kept ? { ...place, start: kept } : place
}

const base32 = 'abcdefghijklmnopqrstuvwxyz234567'

/** Forty bits of two FNV-1a hashes with primes of their own, each mixed at the end as MurmurHash3 does (`fmix32`): every change has one. */
function checkOf(text: string, binding: string): string {
  let [one, other] = [0x811c9dc5, 0x9747b28c]
  const bound = `${text} ${binding}`
  for (let at = 0; at < bound.length; at++) {
    const code = bound.charCodeAt(at)
    one = Math.imul(one ^ code, 0x01000193)
    other = Math.imul(other ^ code, 0x85ebca6b)
  }
  return lettersOf(mixed(one)) + lettersOf(mixed(other))
}

function mixed(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35)
  return twice ^ (twice >>> 16)
}

/** Twenty bits. */
function lettersOf(bits: number): string {
  const letter = (at: number) => base32.charAt((bits >>> at) & 31)
  return letter(0) + letter(5) + letter(10) + letter(15)
}
