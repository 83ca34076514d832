import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Article } from '../../../src/article.ts'
import type { EntryStyle, Frame } from '../../../src/publish/formats/format.ts'
import { formats } from '../../../src/publish/formats/index.ts'
import { texts } from '../validate.ts'

// What articles never hold: characters that XML 1.0 forbids (section 2.2), and carriage returns.
const forbidden = /[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu
const traps = [
  '<',
  '>',
  '&',
  '"',
  "'",
  ']]>',
  '&amp;',
  '&amp;amp;',
  '&#60;',
  '<![CDATA[',
  '</item>',
  '</entry>',
  '<script>',
  '<!--',
  '$&',
  ' ',
  '\n',
  '\t',
]
const text = fc
  .array(fc.oneof(fc.constantFrom(...traps), fc.string({ unit: 'binary', maxLength: 8 })), {
    minLength: 1,
    maxLength: 12,
  })
  .map(parts => `x${parts.join('').replace(forbidden, '')}`)

/** The same by RFC 3987, 3.1, as bytes: what no URI holds is written in percent signs. */
const asUri = (url: string): string =>
  [...Buffer.from(url)]
    .map(byte => {
      const character = String.fromCharCode(byte)
      return /[\w.~:/?#@!$&'()*+,;=%-]/.test(character) && byte < 128
        ? character
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
    })
    .join('')

const site: EntryStyle['site'] = {
  title: 'Any Text',
  url: 'https://any.example',
  publisher: { name: 'Any' },
  authority: 'any.example,2024',
  language: 'en',
}

interface Texts {
  title: string
  excerpt: string
  html: string
  name: string
  keyword: string
  rights: string
  caption: string
  credit: string
  alt: string
  note: string
  url: string
}

const allTexts = fc.record<Texts>({
  title: text,
  excerpt: text,
  html: text,
  name: text,
  keyword: text,
  rights: text,
  caption: text,
  credit: text,
  alt: text,
  note: text,
  url: text.map(path => `https://any.example/${path}`),
})

function articleOf({ title, excerpt, html, name, keyword, rights, caption, credit, alt, url, note }: Texts): Article {
  return {
    uri: 'tag:any.example,2024:desk/aaaabbbbccccdddd',
    source: 'desk',
    key: 'aaaabbbbccccdddd',
    version: 1,
    pubStatus: 'usable',
    title,
    standfirst: excerpt,
    html,
    language: 'en',
    published: '2024-01-01T00:00:00Z',
    changed: '2024-01-01T00:00:00Z',
    keywords: [keyword],
    authors: [{ name }],
    media: [{ kind: 'image', url, type: 'image/png', length: 1, caption, credit, alt }],
    note,
    rights,
  }
}

const frameOf = ({ title, excerpt, name, url }: Texts): Frame => ({
  site: { ...site, publisher: { name } },
  feed: {
    name: 'any',
    title,
    description: excerpt,
    select: { sections: [], languages: [], sources: [], keywords: [] },
    limit: 50,
    content: 'full',
    access: 'public',
    language: 'en',
    image: url,
    formerly: [],
    gone: false,
  },
})

function edition(format: keyof typeof formats, given: Texts): string {
  const { head, entry, tail } = formats[format]
  return head(frameOf(given)) + entry(articleOf(given), { site, content: 'full' }) + tail
}

const escaped = (plain: string): string =>
  plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const inHtml = ({ note, html, caption, credit, alt, url }: Texts): string =>
  `<figure><img src="${inQuotes(asUri(url))}" alt="${inQuotes(alt)}" />` +
  `<figcaption>${escaped(`${caption} · ${credit}`)}</figcaption></figure>` +
  '<p><strong>Correction</strong> (<time datetime="2024-01-01T00:00:00Z">January 1, 2024</time>): ' +
  `<em>${escaped(note)}</em></p>${html}`

const inQuotes = (plain: string): string =>
  escaped(plain).replaceAll('"', '&quot;').replaceAll('\t', '&#9;').replaceAll('\n', '&#10;')

const asContent = (given: Texts): string => inHtml(given).replaceAll(']]>', ']]&gt;')

const summaryOf = ({ note, excerpt }: Texts): string => `Correction (January 1, 2024): ${note}\n\n${excerpt}`.trimEnd()

/** What a reader of HTML shows for plain text that was escaped as HTML. */
const shown = (html: string): string =>
  html.replaceAll('<br />\n', '\n\n').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

describe('any text comes out of a parser as it went in', () => {
  it('of RSS', () => {
    fc.assert(
      fc.property(allTexts, given => {
        const xml = edition('rss', given)
        const one = (path: string): string[] => texts(xml, path)
        expect(one('/rss/channel/title | /rss/channel/description')).toEqual([given.title, given.excerpt])
        expect(one('/rss/channel/image/*')).toEqual([given.title, asUri(given.url), 'https://any.example/feeds/any'])
        expect(one('//item/title')).toEqual([given.title])
        expect(one('//item/description').map(shown)).toEqual([summaryOf(given)])
        expect(one('//content:encoded')).toEqual([asContent(given)])
        expect(one('//category')).toEqual([given.keyword])
        expect(one('//dc:creator')).toEqual([given.name])
        expect(one('//dc:rights')).toEqual([given.rights])
        expect(one('//media:content/* | //media:content/@url')).toEqual([
          asUri(given.url),
          given.alt,
          given.caption,
          given.credit,
        ])
        expect(one('//enclosure/@url')).toEqual([asUri(given.url)])
        expect(one('/rss/channel/item/*')).toHaveLength(12)
      }),
    )
  })

  it('of Atom', () => {
    fc.assert(
      fc.property(allTexts, given => {
        const xml = edition('atom', given)
        const one = (path: string): string[] => texts(xml, path)
        expect(one('/atom:feed/atom:title | /atom:feed/atom:subtitle')).toEqual([given.title, given.excerpt])
        expect(one('//atom:logo')).toEqual([asUri(given.url)])
        expect(one('//atom:entry/atom:title[@type="text"]')).toEqual([given.title])
        expect(one('//atom:summary[@type="text"]')).toEqual([summaryOf(given)])
        expect(one('//atom:content')).toEqual([asContent(given)])
        expect(one('//atom:category/@term')).toEqual([given.keyword])
        expect(one('//atom:name')).toEqual([given.name, given.name])
        expect(one('//atom:rights')).toEqual([given.rights])
        expect(one('//media:content/* | //media:content/@url')).toEqual([
          asUri(given.url),
          given.alt,
          given.caption,
          given.credit,
        ])
        expect(one('//atom:link[@rel="enclosure"]/@href')).toEqual([asUri(given.url)])
        expect(one('/atom:feed/atom:entry/*')).toHaveLength(12)
      }),
    )
  })

  it('of JSON Feed', () => {
    fc.assert(
      fc.property(allTexts, given => {
        expect(JSON.parse(edition('json', given))).toMatchObject({
          title: given.title,
          items: [
            {
              title: given.title,
              summary: summaryOf(given),
              content_html: inHtml(given),
              tags: [given.keyword],
              image: asUri(given.url),
            },
          ],
        })
      }),
    )
  })
})
