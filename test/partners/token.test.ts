import { describe, expect, it } from 'vitest'
import { digestOf, isToken, makeToken } from '../../src/partners/token.ts'

describe('a token', () => {
  it('begins with fw_, has 40 letters and digits, and six of a checksum', () => {
    const token = makeToken()
    expect(token).toMatch(/^fw_[0-9A-Za-z]{46}$/)
    expect(isToken(token)).toBe(true)
    expect(makeToken()).not.toBe(token)
  })

  it('is told from other text by its checksum, as scanners for leaked secrets do it', () => {
    // CRC-32, as another program worked it out; in base 62: 0-9, A-Z, a-z.
    expect(isToken(`fw_${'0'.repeat(40)}2kaqcA`)).toBe(true)
    const token = makeToken()
    const flipped = token.slice(0, 10) + (token[10] === 'a' ? 'b' : 'a') + token.slice(11)
    for (const text of [flipped, token.slice(0, -1), `${token}0`, ` ${token}`, token.toUpperCase(), '', 'fw_']) {
      expect([text, isToken(text)]).toEqual([text, false])
    }
  })

  it('is kept as a digest that does not tell it', () => {
    const token = makeToken()
    expect(digestOf(token)).toMatch(/^[\w-]{43}$/)
    expect(digestOf(token)).toBe(digestOf(token))
    expect(digestOf(token)).not.toContain(token.slice(3, 10))
  })
})
