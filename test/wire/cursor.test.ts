import { describe, expect, it } from 'vitest'
import { checkCursor, decodeCursor, encodeCursor } from '../../src/wire/cursor.ts'

const given = {
  incarnations: [
    { name: 'a1', found: 0 },
    { name: 'b2', found: 10 },
    { name: 'c3', found: 8 },
  ],
  position: 12,
}
const kindOf = (text: string, where = given) => checkCursor(text, where).kind

describe('a cursor', () => {
  it('names the newest incarnation, and comes back as it was given', () => {
    expect(encodeCursor(given, 12)).toBe('c3-12')
    expect(decodeCursor('c3-12')).toEqual({ incarnation: 'c3', position: 12 })
    expect(checkCursor('c3-12', given)).toEqual({ kind: 'good', position: 12 })
  })

  it('is not given by a store that has none to give', () => {
    expect(encodeCursor({ incarnations: [], position: 0 }, 0)).toBeUndefined()
  })

  it('is good up to what every later incarnation found, however old', () => {
    expect(['a1-0', 'a1-8', 'b2-8'].map(text => kindOf(text))).toEqual(['good', 'good', 'good'])
  })

  it('is lost beyond it, though the position was given out anew', () => {
    expect(['a1-9', 'a1-11', 'b2-9', 'b2-12'].map(text => kindOf(text))).toEqual(['lost', 'lost', 'lost', 'lost'])
  })

  it('from the future is lost: a store was put back, and nothing was committed in it yet', () => {
    expect(kindOf('c3-13')).toBe('lost')
    expect(kindOf('a1-7', { incarnations: given.incarnations.slice(0, 1), position: 6 })).toBe('lost')
  })

  it('of an incarnation that the store does not know is lost', () => {
    expect(kindOf('d4-1')).toBe('lost')
    expect(kindOf('constructor-1')).toBe('lost')
  })

  it.each(['', 'a1', '-1', 'a1-', 'a1--1', 'a1-01', 'a1-1.5', 'a1-1e3', 'A1-1', 'a1-1 ', 'a1-9999999999999999'])(
    'is malformed as %j',
    text => {
      expect(kindOf(text)).toBe('malformed')
    },
  )
})
