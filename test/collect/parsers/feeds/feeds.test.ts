import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Article, Media } from '../../../../src/article.ts'
import { atom } from '../../../../src/collect/parsers/feeds/atom.ts'
import { jsonFeed } from '../../../../src/collect/parsers/feeds/json-feed.ts'
import { rss } from '../../../../src/collect/parsers/feeds/rss.ts'
import type { Outcome } from '../../../../src/collect/reading/read.ts'
import { Unusable } from '../../../../src/errors.ts'
import { htmlOf } from '../../../../src/publish/formats/texts.ts'
import { formats, type FormatName } from '../../../../src/publish/formats/index.ts'
import { articles, frame } from '../../../publish/formats/samples.ts'
import { expectBounded, outcomesOf } from '../outcomes.ts'

const writers = {
  rss: (items: string[]) => `<rss version="2.0"><channel><title>T</title>${items.join('\n')}</channel></rss>`,
  atom: (items: string[]) => `<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title>${items.join('\n')}</feed>`,
  'json-feed': (items: string[]) =>
    `{"version":"https://jsonfeed.org/version/1.1","title":"T","items":[${items.join(',')}]}`,
}

const entries = {
  rss: (id: string, title: string, date: string) =>
    `<item><guid isPermaLink="false">${id}</guid>${title}<description>Text.</description><pubDate>${date}</pubDate></item>`,
  atom: (id: string, title: string, date: string) =>
    `<entry><id>${id}</id>${title}<content>Text.</content><updated>${date}</updated><published>${date}</published></entry>`,
  'json-feed': (id: string, title: string, date: string) =>
    JSON.stringify({ id, title: title || undefined, content_text: 'Text.', date_published: date }),
}

const names = ['rss', 'atom', 'json-feed'] as const

describe.each(names)('%s', name => {
  const title = name === 'json-feed' ? 'Title' : '<title>Title</title>'
  const entry = (id: string) => entries[name](id, title, '2024-03-09T06:30:00Z')
  const feed = writers[name]

  it('keeps the entries beside one that cannot be used', () => {
    const untitled = entries[name]('2', '', '2024-03-09T06:30:00Z')
    const unsure = entries[name]('3', title, '03/04/2024')
    const outcomes = outcomesOf(name, feed([entry('1'), untitled, unsure, entry('4')]))
    expect(outcomes.map(outcome => (outcome instanceof Unusable ? outcome.message : outcome.ownId))).toEqual([
      '1',
      'The article has no title.',
      expect.stringContaining('could be April 3 or March 4'),
      '4',
    ])
  })

  it('takes five thousand entries of a feed, and says once that there are more', () => {
    const outcomes = outcomesOf(name, feed(Array.from({ length: 10_000 }, (_, at) => entry(String(at)))))
    const reasons = outcomes.filter(outcome => outcome instanceof Unusable).map(({ message }) => message)
    expect(outcomes).toHaveLength(5_001)
    expect(reasons).toEqual(['The feed has 5000 entries more than 5000: they were left out.'])
  })

  it('has no article where the feed has no entry', () => {
    expect(outcomesOf(name, feed([]))).toEqual([])
  })
})

describe('feeds', () => {
  it.each([
    ['two roots', '<rss version="2.0"/><rss version="2.0"/>'],
    ['a document type', '<!DOCTYPE rss [<!ENTITY a "b">]><rss version="2.0">&a;</rss>'],
    ['an element that never ends', '<rss version="2.0"><channel>'],
    ['elements in elements', `<rss version="2.0">${'<a>'.repeat(100_000)}`],
  ])('refuses %s', (_, text) => {
    expect(outcomesOf('auto', text)).toEqual([expect.any(Unusable)])
  })

  it.each([
    ['&lt;![CDATA[Teksten.]]&gt;', '<p>Teksten.</p>'],
    ['<![CDATA[<![CDATA[<p>Teksten.</p>]]]]>&gt;', '<p>Teksten.</p>'],
    ['<![CDATA[In XML <code>&lt;![CDATA[</code> begins text.]]>', 'In XML <code>&lt;![CDATA[</code> begins text.'],
  ])('take marks of CDATA that were escaped for no text: %s', (description, html) => {
    const item = `<item><title>T</title><description>${description}</description><pubDate>Sun, 26 Apr 2026 08:00:00 +0000</pubDate></item>`
    expect(outcomesOf('rss', writers.rss([item]))).toMatchObject([{ content: { html } }])
  })

  it.each([
    ['rss', '<rss version="2.0">', true],
    ['rss', '<?xml version="1.0"?><!-- a --><rdf:RDF xmlns="http://purl.org/rss/1.0/">', true],
    ['rss', '<rdf:RDF xmlns="http://example.com/">', false],
    ['rss', 'The <rss> tag', false],
    ['atom', '<feed xmlns="http://www.w3.org/2005/Atom">', true],
    ['atom', '<a:entry xmlns:a="http://www.w3.org/2005/Atom">', true],
    ['atom', '<feed xmlns="http://example.com/">', false],
    ['json-feed', '{"version": "https://jsonfeed.org/version/1"', true],
    ['json-feed', `{"title": "${'x'.repeat(9_000)}", "version": "https://jsonfeed.org/version/1.1"}`, true],
    ['json-feed', '{"version": "1", "title": "https://jsonfeed.org/version/1"', false],
  ] as const)('tells by content whether it is %s: %.60s', (name, text, expected) => {
    const parser = { rss, atom, 'json-feed': jsonFeed }[name]
    expect(parser.recognises(text)).toBe(expected)
  })

  it.each(
    Object.entries({
      'titles that are never closed': feedOf('<b>'.repeat(6_000) + '</b>', 'x', 100),
      'summaries of tags': feedOf('x', '<b '.repeat(10_000), 60),
      'summaries of scripts': feedOf('x', '<script '.repeat(2_500), 100),
      'summaries of entities': feedOf('x', '&amp;'.repeat(4_000), 100),
      'an item of many media': feedWith('<media:content url="https://e.example/a" medium="image"/>'.repeat(50_000)),
      'an item of many groups': feedWith('<media:group><media:content/></media:group>'.repeat(40_000)),
      'a channel of many links': `<rss version="2.0"><channel>${'<link/>'.repeat(80_000)}${'<item><title>x</title></item>'.repeat(4_000)}</channel></rss>`,
    }),
  )('bounds the time of %s', (_, text) => {
    expectBounded(2_000 + text.length / 500, () => outcomesOf('rss', text))
  })

  it('come to articles and reasons, whatever the text', () => {
    const piece = fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 6 }))
    const text = fc.array(piece, { maxLength: 30 }).map(parts => parts.join(''))
    const anyOf = property(text, fc.constantFrom('html', 'rss', 'atom', 'json-feed', 'auto'), (inside, format) => {
      const texts = [inside, writers.rss([inside]), writers.atom([inside]), `<html>${inside}`]
      return texts.flatMap(whole => outcomesOf(format, whole))
    })
    expect(anyOf).not.toThrow()
  })

  it('come to articles and reasons, whatever the JSON', () => {
    const item = fc.dictionary(fc.constantFrom(...keys), fc.jsonValue())
    const anyOf = property(
      fc.array(fc.oneof(item, fc.jsonValue())),
      fc.constant('json-feed' as const),
      (items, format) => outcomesOf(format, writers[format](items.map(each => JSON.stringify(each)))),
    )
    expect(anyOf).not.toThrow()
  })
})

/** Throws where a run does, or where it comes to something else than outcomes. */
function property<A, B>(a: fc.Arbitrary<A>, b: fc.Arbitrary<B>, run: (a: A, b: B) => readonly Outcome[]): () => void {
  const holds = (one: A, other: B) =>
    run(one, other).every(outcome => outcome instanceof Unusable || outcome.ownId !== undefined || 'content' in outcome)
  return () => fc.assert(fc.property(a, b, holds), { numRuns: 150 })
}

const keys =
  'id url external_url title content_html content_text summary image date_published date_modified authors author tags language attachments'.split(
    ' ',
  )
const pieces =
  '<item> </item> <entry> </entry> <title> </title> <title_type="html"> <content> </content> <content_type="xhtml"> <div> </div> <p> <br/> <link_href="a"/> <pubDate> 2024-03-09 </pubDate> <dc:creator> <media:content_url="a"_medium="image"/> <script> </script> <img_srcset="a_1w,b"> <noscript> <picture> <table><tr> <meta_property="og:image"_content="a"> &amp; &nbsp; &#0; <![CDATA[ ]]> <!-- --> { } [ ] " : ,'
    .split(' ')
    .map(part => part.replaceAll('_', ' '))

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

function feedWith(inside: string): string {
  return writers.rss([`<item><title>Title</title><description>Text.</description>${inside}</item>`])
}

function feedOf(title: string, description: string, count: number): string {
  const content = '<content:encoded>Another text.</content:encoded>'
  const item = `<item><title>${escaped(title)}</title><description>${escaped(description)}</description>${content}</item>`
  return writers.rss(Array<string>(count).fill(item))
}

/** Feedwire's own editions, read back by its own parsers. */
describe.each([
  ['rss', 'rss'],
  ['atom', 'atom'],
  ['json', 'json-feed'],
] as const)('an edition in %s', (format, parser) => {
  it.each([...articles])('gives the article "%s" back', (name, article) => {
    const [outcome] = outcomesOf(parser, editionOf(format, name))
    if (outcome === undefined || outcome instanceof Unusable || outcome.pubStatus === 'canceled') throw outcome
    const { content } = outcome
    expect(content).toMatchObject({ ownId: article.uri, language: article.language, published: article.published })
    expect(content.link).toContain(article.link ?? `/articles/${article.source}-${article.key}`)
    expect(content.modified).toBe(article.changed > article.published ? article.changed : undefined)
    expect(lettersOf(content.html)).toBe(lettersOf(htmlOf(article, frame.site)))
    // RSS cannot say whether what looks like markup in a title or name is markup.
    const exact = format !== 'rss' || name !== 'hostile'
    const creators = article.authors.length > 0 ? article.authors : [article.publisher ?? content.authors[0]]
    expect(exact ? content.title : article.title).toBe(article.title)
    expect(exact ? namesOf(content.authors) : namesOf(creators)).toEqual(namesOf(creators))
    expect(content.media.map(({ kind }) => kind)).toEqual(mediaIn(format, article).map(({ kind }) => kind))
  })
})

function namesOf(parties: readonly ({ name: string } | undefined)[]): (string | undefined)[] {
  return parties.map(party => party?.name)
}

/** JSON Feed has one image, and attachments whose type is known. */
function mediaIn(format: FormatName, { media }: Article): Media[] {
  const image = media.find(({ kind }) => kind === 'image')
  return format === 'json' ? media.filter(medium => medium === image || medium.type?.startsWith(medium.kind)) : media
}

function editionOf(format: FormatName, name: string): string {
  const { head, entry, tail } = formats[format]
  const article = articles.get(name)
  if (!article) throw new Error(`no reference named ${name}`)
  return head(frame) + entry(article, { site: frame.site, content: 'full' }) + tail
}

/** `]]>` cannot stand in CDATA as it is. */
function lettersOf(html: string): string {
  return html
    .replace(/<[^>]*>/g, '')
    .replaceAll('&gt;', '>')
    .replace(/\s+/g, ' ')
}
