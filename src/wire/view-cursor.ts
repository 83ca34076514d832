import { hash } from 'node:crypto'
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

const checkLength = 8
const base32 = 'abcdefghijklmnopqrstuvwxyz234567'

function checkOf(text: string, binding: string): string {
  const digest = hash('sha256', `${text} ${binding}`, 'buffer')
  let letters = ''
  for (let at = 0; at < checkLength; at++) letters += base32.charAt(digest[at]! & 31)
  return letters
}
