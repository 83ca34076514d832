import { describe, expect, it } from 'vitest'
import type { Head } from '../../src/head.ts'
import { decodeHead, encodeHead, textOf } from '../../src/store/head-text.ts'

const head: Head = {
  source: 'desk',
  key: 'abcdefghijklmnop',
  version: 1,
  pubStatus: 'usable',
  title: 'Märkte "ruhig"',
  language: 'de',
  keywords: [],
  published: '2024-05-01T10:00:00Z',
  changed: '2024-05-01T10:00:00Z',
  body: 'digest',
}

const others: Partial<Head>[] = [
  {},
  { onWire: true, action: 'publish' },
  { onWire: true, action: 'kill', pubStatus: 'canceled', note: 'untrue', notedAt: '2024-05-02T10:00:00Z', body: '' },
  { onWire: false },
  { action: 'publish', note: undefined },
  { onWire: true },
  { onWire: false, action: 'withhold' },
  { section: 'Sport', keywords: ['a', 'b'], media: ['image'], file: 'a/b.txt', changed: '2024-05-02T10:00:00Z' },
  { section: '', media: [], file: '' },
  { pubStatus: 'withheld', withheldBy: 'source', heldUntil: '2030-01-01T00:00:00Z', ownId: 'x', ownVersion: '2' },
  { published: '1969-12-31T23:59:59Z', changed: '1970-01-01T00:00:00Z' },
  { published: '1970-01-01T00:00:00Z', changed: '2024-05-01T10:00:00.5Z' },
  { ofTomorrow: { known: 'to another version' } } as Partial<Head>,
]

describe('a kept head', () => {
  for (const other of others) {
    it(`is read as it was written with ${JSON.stringify(other)}`, () => {
      const text = encodeHead({ ...head, ...other })
      expect(decodeHead(text)).toEqual({ ...head, ...other })
      expect(encodeHead(decodeHead(text))).toBe(text)
    })
  }

  it('is read as earlier versions wrote it, and expected to the letter', () => {
    const text = JSON.stringify(head)
    expect(decodeHead(text)).toEqual(head)
    expect(textOf(decodeHead(text))).toBe(text)
    expect(textOf({ ...head })).toBe(encodeHead(head))
  })

  it('costs less than half of its JSON beside its words', () => {
    const words = head.title + head.body + head.source + head.key + head.language
    const room = (text: string) => text.length - words.length
    expect(room(encodeHead({ ...head, action: 'publish', onWire: true }))).toBeLessThan(room(JSON.stringify(head)) / 3)
  })
})
