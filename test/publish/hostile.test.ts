import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { uriOf, type Article } from '../../src/article.ts'
import type { Reading } from '../../src/collect/reading/read.ts'
import type { Frame } from '../../src/publish/formats/format.ts'
import { formats } from '../../src/publish/formats/index.ts'
import { toNinjs } from '../../src/publish/formats/ninjs.ts'
import { formatNames as editionFormats } from '../../src/publish/render.ts'
import { outcomesOf } from '../collect/parsers/outcomes.ts'
import { evasions } from '../corpus/evasions.ts'
import { formatNames, writers, type Told } from '../corpus/formats.ts'
import { makeFeed, site } from '../serve/samples.ts'
import { validate, validateNinjs } from './validate.ts'

const signs =
  '< > & " \' ]]> <![CDATA[ --> <!-- &amp; &lt; &#0; &#xD800; &#x110000; &unknown; </item> </entry> <?xml ?> $& \\ %00 {{ ${'.split(
    ' ',
  )
const oddities = [
  '\0',
  '\u0001',
  '\u0085',
  '\u2028',
  '\ufeff',
  '\ufffe',
  '\u{1ffff}',
  '\ud800',
  '\udfff',
  '\u202e',
  '\u2066',
  '\u200f',
  '\u0338',
  'e\u0301',
  '\u0301'.repeat(50),
  '\r\n',
  '\t',
  ' ',
  'شبكة',
  '한국',
  '🐝',
  'İ',
  'x'.repeat(3_000),
]
const piece = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('word', ...signs) },
  { weight: 2, arbitrary: fc.constantFrom(...oddities) },
  { weight: 2, arbitrary: fc.constantFrom(...evasions) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) },
)
const textOf = (maxLength: number) => fc.array(piece, { maxLength }).map(pieces => pieces.join(''))
const attribute = fc
  .tuple(fc.constantFrom('a', 'p', 'img', 'td', 'video'), fc.constantFrom('href', 'src', 'title', 'x', 'class'), piece)
  .map(([tag, name, value]) => `<${tag} ${name}="${value.repeat(200)}" ${`${name}x=1 `.repeat(200)}>`)
const address = fc.oneof(
  fc.constantFrom('https://e.example/a', 'https://e.example/?a=1&b="<>\'', '/a', '//e.example', 'https://', ''),
  piece.map(text => `https://e.example/${text}`),
  textOf(2),
)
const date = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('2024-05-01T10:00:00Z', '1999-12-31T23:59:60+14:00', '01/05/2024 10h00') },
  { weight: 1, arbitrary: fc.constantFrom('9999-12-31', '1000-01-01T00:00:00+23:59', '03/04/2024', '٢٠٢٤-٠٥-٠١', '') },
)
const language = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom('en', 'ar', 'zh-Hant-TW', 'pt_BR', 'de-1996', 'en-u-ca-buddhist', 'x-klingon'),
  },
  { weight: 1, arbitrary: fc.constantFrom('', 'i-default', 'en-a-bbb-x-a-ccc', 'root', '">', 'abcdefghi') },
)

const hostile = fc.record({
  format: fc.constantFrom(...formatNames),
  told: fc.record<Told>({
    id: textOf(2).map(text => `urn:x:${text}`),
    title: textOf(4).map(text => `T ${text}`),
    body: fc.array(fc.oneof(piece, attribute), { maxLength: 12 }).map(pieces => `<p>Text.</p>${pieces.join('')}`),
    author: textOf(3),
    link: address,
    image: address,
    caption: textOf(4),
    section: textOf(2),
    keyword: textOf(2),
    language,
    date,
  }),
})

/** Articles in one feed. */
const batch = 100
const batches = 20

describe('whatever a hostile article says', () => {
  it('every edition with it is well-formed and valid', () => {
    let accepted = 0
    fc.assert(
      fc.property(fc.array(hostile, { minLength: batch, maxLength: batch }), inputs => {
        const articles = inputs.flatMap(({ format, told }) => readingsIn(format, told)).map(articleOf)
        accepted += articles.length
        expect(faultsOf(articles)).toEqual([])
        expect(articles.flatMap(article => validateNinjs(JSON.parse(JSON.stringify(toNinjs(article, site)))))).toEqual(
          [],
        )
      }),
      // Shrinking a batch would take minutes: the faults say enough.
      { numRuns: batches, endOnFailure: true },
    )
    // Else it has shown nothing.
    expect(accepted).toBeGreaterThan((batch * batches) / 2)
  }, 240_000)
})

function readingsIn(format: string, told: Told): Reading[] {
  return outcomesOf(format, writers[format as keyof typeof writers](told)).filter(
    (outcome): outcome is Reading => 'content' in outcome,
  )
}

/** As collect keeps it, but for what only the store knows. */
function articleOf({ content }: Reading, at: number): Article {
  const published = content.published ?? '2024-01-01T00:00:00Z'
  const key = at
    .toString()
    .padStart(16, 'a')
    .replaceAll(/\d/g, digit => 'abcdefghij'.charAt(Number(digit)))
  return {
    ...content,
    published,
    uri: uriOf(site.authority, `desk/${key}`),
    source: 'desk',
    key,
    version: 1,
    pubStatus: 'usable',
    changed: content.modified ?? published,
  }
}

function faultsOf(articles: readonly Article[]): string[] {
  const frame: Frame = { site, feed: makeFeed('all'), changed: '2024-05-01T10:00:00Z' }
  return editionFormats.flatMap(name => {
    const { head, entry, separator, tail } = formats[name]
    const entries = articles.map(article => entry(article, { site, content: 'full' }))
    return validate(name, head(frame) + entries.join(separator) + tail).map(fault => `${name}: ${fault}`)
  })
}
