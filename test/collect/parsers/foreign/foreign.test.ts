import { describe, expect, it } from 'vitest'
import { parsers } from '../../../../src/collect/parsers/index.ts'
import { readArticles } from '../../../../src/collect/reading/read.ts'
import { source } from '../pairs.ts'

const read = (text: string, format = 'auto') => readArticles(Buffer.from(text), { ...source, format })

const documents: readonly (readonly [what: string, text: string, reason: RegExp])[] = [
  ['a list of feeds', '<?xml version="1.0"?>\n<opml version="2.0"><body><outline text="A"/></body></opml>', /OPML/],
  ['a list of feeds without a declaration', '<opml version="2.0"><body/></opml>', /OPML/],
  ['a sitemap', '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url/></urlset>', /sitemap/],
  ['NewsML 1', '<?xml version="1.0"?><!DOCTYPE NewsML SYSTEM "x"><NewsML/>', /NewsML 1/],
  ['an XML document of another kind', '<?xml version="1.0"?>\n<invoice><sum>1</sum></invoice>', /"invoice"/],
  ['an item of knowledge', '<knowledgeItem guid="k"><conceptSet/></knowledgeItem>', /no news item/],
  ['the JSON of an API', '{"articles":[{"title":"T"}],\n\n"total":1}', /JSON/],
  ['an object on each line', '{"title": "T", "date": "2024-03-09"}\n{"title": "U"}\n', /JSON/],
  ['a list of objects', '[{"a": 1},\n\n{"b": 2}]', /JSON/],
]

describe('foreign documents', () => {
  it.each(documents)('says what %s is, and makes no article of its first line', (_, text, reason) => {
    expect(() => read(text)).toThrow(
      expect.objectContaining({ name: 'Unusable', message: expect.stringMatching(reason) }),
    )
  })

  it.each(['[Live] The storm', '{Not} a headline: "yet"', '<b>Bold</b> headline', '+++ Breaking +++', '"xml" is 30'])(
    'leaves the headline %s to page dumps',
    headline => {
      expect(read(`${headline}\n\nText below it.`)).toMatchObject([{ content: { title: headline } }])
    },
  )

  it.each(['rss', 'atom'] as const)('is no empty feed where %s is expected', format => {
    expect(() => parsers[format].parse('<opml version="2.0"><body/></opml>', source)).toThrow(
      'its root element is "opml"',
    )
  })
})
