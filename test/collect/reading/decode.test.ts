import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decode as decodeAll, type Said } from '../../../src/collect/reading/decode.ts'
import { Unusable } from '../../../src/errors.ts'
import { expectBounded } from '../parsers/outcomes.ts'

const decode = (input: Buffer, said?: Said) => decodeAll(input, said).text

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
    [
      'Windows-1252',
      bytes('\x93O pre\xe7o do p\xe3o\x94 \x96 10 \x80\x85 que \x91n\xe3o\x92 cai'),
      '“O preço do pão” – 10 €… que ‘não’ cai',
    ],
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
    ['a word in Windows-1251', bytes([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]), /too little text/],
    ['a word of a coding nobody knows', bytes('<meta charset=x-none>\xcf\xf0\xe8\xe2'), /too little text/],
    ['text that mentions a declaration', bytes('T <meta charset=windows-1251>\xcf\xf0\xe8\xe2'), /too little text/],
    ['half UTF-8, half Latin-1', bytes([...Buffer.from('não é')], 'n\xe3o \xe9 p\xe3o'), /cannot be told/],
    ['ISO 2022 of another language', bytes('\x1b$)C\x0e0!\x0f'), /ISO 2022/],
  ])('refuses %s', (_, input, reason) => {
    expect(() => decode(input)).toThrow(reason)
  })

  const damaged = (byte: number) =>
    bytes([...Buffer.from('ação não é c')], [byte], 'afé'.replace('é', ''), [...Buffer.from('é já')])

  it.each([
    ['a byte that is in no letter', damaged(0xff), 'ação não é café já'],
    ['a piece of a letter', damaged(0xe7), 'ação não é c\uFFFDafé já'],
  ])('reads UTF-8 in spite of %s, with a warning', (_, input, text) => {
    expect(decodeAll(input)).toMatchObject({ text, coding: 'utf-8', warnings: [/but for a damaged byte/] })
  })

  it.each<[string, string, Said, string, string]>([
    [
      'what the header says of XML',
      '<?xml version="1.0"?><a>\xcf\xee\xf0\xf2</a>',
      { charset: 'Windows-1251' },
      'windows-1251',
      'the HTTP header',
    ],
    [
      'the header before the declaration',
      '<?xml version="1.0" encoding="koi8-r"?><a>\xcf\xee\xf0\xf2 \xe2 \xed\xe5\xec \xed\xe0 \xe8</a>',
      { charset: 'windows-1251' },
      'windows-1251',
      'the HTTP header',
    ],
    [
      'a declaration behind a long script',
      `<html><script>${'x'.repeat(100_000)}</script><meta charset=windows-1251>\xcf`,
      {},
      'windows-1251',
      'its declaration',
    ],
    [
      'a declaration by http-equiv',
      '<html><meta content="text/html; charset=windows-1251" http-equiv=Content-Type>\xcf',
      {},
      'windows-1251',
      'its declaration',
    ],
    [
      'no declaration in a comment or a script',
      '<html><!-- <meta charset=koi8-r> --><script>"<meta charset=koi8-r>"</script><meta charset=windows-1251>\xcf',
      {},
      'windows-1251',
      'its declaration',
    ],
    [
      'no charset of a description',
      '<html><meta name=description content="a; charset=koi8-r"><meta charset=windows-1251>\xcf',
      {},
      'windows-1251',
      'its declaration',
    ],
    [
      'a declaration behind what a script printed',
      'Warning: x in y.php\n<!doctype html><meta charset=windows-1251>\xcf',
      {},
      'windows-1251',
      'its declaration',
    ],
    [
      'a declaration behind blank lines',
      '\n\n <?xml version="1.0" encoding="windows-1251"?><a>\xcf</a>',
      {},
      'windows-1251',
      'its declaration',
    ],
    ['a name as Windows writes it', '<html><meta charset="cp-1251">\xcf', {}, 'windows-1251', 'its declaration'],
    [
      'a coding of ISO that is its sibling of Windows',
      '<html><meta charset="iso-8859-2">\x9cwi\xeato',
      {},
      'iso-8859-2',
      'its declaration',
    ],
  ])('takes %s', (_, document, said, coding, by) => {
    expect(decodeAll(bytes(document), said)).toMatchObject({ coding, by, warnings: [] })
  })

  it('takes UTF-16 in readable bytes for UTF-8, and Latin-1 that cannot be for what its letters are', () => {
    expect(decode(Buffer.from('<html><meta charset=utf-16>ação'))).toContain('ação')
    const polish =
      '<html><meta charset=iso-8859-1><p>Rada si\xea zbierze w ko\x9cciele, jak co tydzie\xf1, i nie \xbfa\xb3uje.'
    expect(decodeAll(bytes(polish))).toMatchObject({ coding: 'windows-1250', warnings: [/said to be windows-1252/] })
  })

  it('knows UTF-16 without a mark by its zeros', () => {
    for (const text of ['plain text, no more', 'Порт снова открыт, и в нём два парома']) {
      expect(decodeAll(Buffer.from(text, 'utf16le'))).toMatchObject({ text, coding: 'utf-16le' })
      expect(decodeAll(Buffer.from(text, 'utf16le').swap16())).toMatchObject({ text, coding: 'utf-16be' })
    }
  })

  it('knows ISO 2022-JP by its escapes, and the syllables that Microsoft added to EUC-KR', () => {
    expect(decode(bytes('\x1b$B$3$s\x1b(B abc'))).toBe('こん abc')
    expect(decode(bytes('<meta charset=euc-kr>\x8c\x63\xb9\xe6\xb0\xa2\xc7\xcf \xc4\xba\xc6\xf7'))).toContain(
      '똠방각하',
    )
  })

  it('looks for declarations and ends of scripts in linear time', () => {
    for (const scrap of ['<!--', '<script ', '<meta ', '<meta charset="', '<?xml ', 'lang=']) {
      const input = bytes('<', scrap.repeat(1_000_000 / scrap.length), '\xcf\xf0')
      expectBounded(5000, () => readOr('', () => decode(input)))
    }
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
