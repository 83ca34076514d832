import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decode } from '../../../src/collect/reading/decode.ts'
import { Unusable } from '../../../src/errors.ts'
import { expectBounded } from '../parsers/outcomes.ts'

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map(part => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))))

/** What was read, or `refused` where there was a reason. */
function readOr<T>(refused: T, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof Unusable) return refused
    throw error
  }
}

describe('decode', () => {
  it.each([
    ['ASCII', bytes('plain'), 'plain'],
    ['UTF-8', Buffer.from('ação 한국'), 'ação 한국'],
    ['UTF-8 with a mark', Buffer.from('\uFEFFação'), 'ação'],
    ['UTF-16 LE with a mark', bytes([0xff, 0xfe], [0x61, 0, 0xe7, 0]), 'aç'],
    ['UTF-16 BE with a mark', bytes([0xfe, 0xff], [0, 0x61, 0, 0xe7]), 'aç'],
    ['a lone surrogate in UTF-16', bytes([0xff, 0xfe], [0x61, 0, 0, 0xd8, 0x62, 0]), 'a\uFFFDb'],
    ['Latin-1', bytes('S\xe3o Paulo n\xe3o pára'), 'São Paulo não pára'],
    ['Windows-1252', bytes('\x93Pre\xe7o\x94 \x96 10 \x80\x85 d\x92Aur\xe9'), '“Preço” – 10 €… d’Auré'],
    ['halves of a pair, each by itself', bytes('a\xed\xa0\xbd\xed\xb0\x9db\xed\xa0\x80c'), 'a🐝bc'],
    [
      'what a page declares',
      bytes('<p><meta charset=windows-1251>\xcf\xee\xf0\xf2'),
      '<p><meta charset=windows-1251>Порт',
    ],
    [
      'what an XML document declares',
      bytes('<?xml version="1.0" encoding="ISO-8859-2"?>ksi\xb1\xbfka'),
      '<?xml version="1.0" encoding="ISO-8859-2"?>książka',
    ],
    [
      'UTF-8 that declares another coding',
      Buffer.from('<meta charset="Shift_JIS">ação'),
      '<meta charset="Shift_JIS">ação',
    ],
    ['CRLF and CR', bytes('a\r\nb\rc'), 'a\nb\nc'],
    ['control characters', bytes('a\0b\x07c\td'), 'abc\td'],
    ['a mark inside and noncharacters', Buffer.from('a\uFEFFb\uFFFEc\u{1FFFF}d'), 'abcd'],
    ['decomposed letters', Buffer.from('e\u0301'), 'é'],
    ['a decomposed address', Buffer.from('e\u0301 https://x.example/e\u0301 e\u0301'), 'é https://x.example/e\u0301 é'],
  ])('reads %s', (_, input, text) => {
    expect(decode(input)).toBe(text)
  })

  it.each([
    ['nothing', bytes(''), /empty/],
    ['a mark alone', Buffer.from('\uFEFF'), /empty/],
    ['white space alone', bytes(' \r\n\t '), /empty/],
    ['a picture', bytes([0x89, 0x50, 0x4e, 0x47], Array(400).fill(0)), /cannot be told|not text/],
    ['zeros', bytes(Array(1000).fill(0)), /not text/],
    ['undefined bytes', bytes('caf\xe9 \x81'), /does not define/],
    ['Cyrillic in Windows-1251', bytes([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]), /another script/],
    ['Polish in Windows-1250', bytes('ksi\xb9\xbfka'), /inside its words/],
    ['a coding nobody knows', bytes('<meta charset=x-none>\xcf\xf0\xe8\xe2'), /another script/],
    ['text that mentions a declaration', bytes('T <meta charset=windows-1251>\xcf\xf0\xe8\xe2'), /another script/],
    ['Korean in EUC-KR', bytes([0xc7, 0xd1, 0xb1, 0xb9, 0xbe, 0xee]), /another script/],
    ['UTF-8 with a broken byte', bytes([...Buffer.from('ação não é café')], [0xe7, 0x20]), /damaged UTF-8/],
  ])('refuses %s', (_, input, reason) => {
    expect(() => decode(input)).toThrow(reason)
  })

  it('orders an endless pile of marks in bounded time', () => {
    const pile = Buffer.from(`a${'\u0316\u0301'.repeat(500_000)}`)
    expectBounded(5000, () => expect(decode(pile).length).toBeLessThan(100))
  })

  it('gives clean text or a reason for any bytes', () => {
    const forbidden = /(?![\t\n])[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\uFEFF]/u
    const anything = fc.oneof(
      fc.uint8Array(),
      fc.string({ unit: 'binary' }).map(text => Buffer.from(text, 'utf16le')),
    )
    fc.assert(
      fc.property(anything, input => {
        const text = readOr('text', () => decode(Buffer.from(input)))
        expect(text).not.toMatch(forbidden)
        expect(decode(Buffer.from(text))).toBe(text)
      }),
      { numRuns: 500 },
    )
  })
})
