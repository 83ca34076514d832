import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Unusable } from '../../../src/errors.ts'
import { readings } from './readings.ts'
import { source } from '../parsers/pairs.ts'

const forbidden = /(?![\t\n])[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\uFEFF]/u
const pieces = fc.constantFrom(
  '---\n',
  'title: ',
  'date: ',
  'tags: [',
  '\n',
  '\n\n',
  '# ',
  '> ',
  '- ',
  '`',
  '**',
  '_',
  '[a](',
  ')',
  '|',
  '05/02/2024 10h00\n',
  'https://e.example/a\n',
  'Example Herald\n',
  'Politics\n',
  'Related\n',
  '<b>',
  '&#0;',
  '"\\uD800\\u0001"',
  '\0',
  '\uFEFF',
  'e\u0301',
  'word ',
)

/** What was read, or `refused` where there was a reason. */
function readOr<T>(refused: T, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof Unusable) return refused
    throw error
  }
}

describe('readArticles', () => {
  it('gives a clean article or a reason for any input', () => {
    const anything = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc
        .array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 3 })), { maxLength: 40 })
        .map(parts => Buffer.from(parts.join(''))),
    )
    fc.assert(
      fc.property(anything, fc.constantFrom('auto', 'markdown', 'page-dump'), (bytes, format) => {
        const found = readOr([], () => readings(Buffer.from(bytes), { ...source, format }))
        expect(JSON.stringify(found).replaceAll('\\n', '')).not.toMatch(forbidden)
        for (const { content } of found) expect(content.title).toBe(content.title.normalize('NFC').trim())
      }),
      { numRuns: 2000 },
    )
  })

  it('refuses what is larger than the source allows', () => {
    expect(() => readings(Buffer.from('x'.repeat(101)), { ...source, maxBytes: 100 })).toThrow('larger than 100 bytes')
  })

  it('completes an article with what its source says', () => {
    const settings = { ...source, publisher: 'P', section: 'S', rights: '© P', language: 'ko' }
    const [reading] = readings(Buffer.from('# T\n\nText.'), settings)
    expect(reading?.content).toMatchObject({
      section: 'S',
      rights: '© P',
      language: 'ko',
      publisher: { name: 'P' },
      authors: [{ name: 'P' }],
    })
  })

  it('cleans what escapes in front matter bring back', () => {
    const [reading] = readings(Buffer.from('---\ntitle: "a\\u0001b\\uFFFE e\\u0301"\n---\nText.'), source)
    expect(reading?.content.title).toBe('ab é')
  })

  it('drops a change before the publication', () => {
    const [reading] = readings(Buffer.from('---\ntitle: T\ndate: 2024-02-05\nupdated: 2024-02-04\n---\nText.'), source)
    expect(reading?.content).not.toHaveProperty('modified')
  })
})
