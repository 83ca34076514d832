import { array, assert, constantFrom, letrec, oneof, property, tuple } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newsmlG2 } from '../../../../src/collect/parsers/newsml/newsml-g2.ts'
import { readArticles } from '../../../../src/collect/reading/read.ts'
import { Unusable } from '../../../../src/errors.ts'
import { source } from '../pairs.ts'

const names =
  'newsItem packageItem itemMeta contentMeta contentSet inlineXML nitf html body body.head body.content media headline name subject link groupSet group itemRef by'.split(
    ' ',
  )
const attributes = [
  '',
  'guid="urn:1"',
  'qcode="stat:"',
  'residref="urn:1"',
  'href="https://a.example" contenttype="image/png"',
  'xml:lang="-"',
]

interface Parts {
  guid?: string
  itemMeta?: string
  contentMeta?: string
  contentSet?: string
}

const text = '<inlineData contenttype="text/plain">Text.</inlineData>'
const picture = '<itemClass qcode="ninat:picture"/>'

function item({
  guid = 'urn:1',
  itemMeta = '',
  contentMeta = '<headline>Title</headline>',
  contentSet = text,
}: Parts): string {
  const created = itemMeta.includes('versionCreated') ? '' : '<versionCreated>2024-01-04T00:00:00Z</versionCreated>'
  return `<newsItem guid="${guid}" version="1"><itemMeta>${created}${itemMeta}</itemMeta><contentMeta>${contentMeta}</contentMeta><contentSet>${contentSet}</contentSet></newsItem>`
}

function photo(guid: string, itemMeta = ''): string {
  const contentSet = `<remoteContent href="https://img.example/${guid}" contenttype="image/jpeg"/>`
  return item({ guid, itemMeta: picture + itemMeta, contentMeta: '', contentSet })
}

function message(...items: string[]): string {
  return `<newsMessage xmlns="http://iptc.org/std/nar/2006-10/">\n<itemSet>\n${items.join('\n')}</itemSet></newsMessage>`
}

function read(xml: string) {
  return readArticles(Buffer.from(xml), { ...source, format: 'newsml-g2' })
}

/** Each article by its own id, with the addresses of its media, or the reason against it. */
function outline(xml: string): string[] {
  return read(xml).map(outcome => {
    if (outcome instanceof Unusable) return `${outcome.line}: ${outcome.message}`
    return outcome.pubStatus === 'canceled'
      ? `${outcome.ownId} canceled`
      : [outcome.ownId, ...outcome.content.media.map(({ url }) => url)].join(' ')
  })
}

describe('newsml-g2', () => {
  it('reads all items of a message, and one bad item costs no other', () => {
    const empty = item({ guid: 'urn:2', contentSet: '' })
    expect(outline(message(item({}), empty, item({ guid: 'urn:3' })))).toEqual([
      'urn:1',
      '4: The news item has no text: its content is empty.',
      'urn:3',
    ])
  })

  it('obeys a kill beside other news', () => {
    const kill = item({ guid: 'urn:2', itemMeta: '<pubStatus qcode="x:Canceled"/>', contentMeta: '', contentSet: '' })
    expect(outline(message(item({}), kill))).toEqual(['urn:1', 'urn:2 canceled'])
  })

  it('gives pictures to the text that links to them', () => {
    const linking = item({ guid: 'urn:2', itemMeta: '<link rel="irel:associatedWith" residref="p2"/>' })
    expect(outline(message(item({}), linking, photo('p2')))).toEqual(['urn:1', 'urn:2 https://img.example/p2'])
  })

  it('gives pictures to the text that a package names beside them', () => {
    const refs = ['p1', 'urn:2'].map(ref => `<itemRef residref="${ref}"/>`).join('')
    const pack = `<packageItem guid="urn:p"><groupSet><group>${refs}</group></groupSet></packageItem>`
    expect(outline(message(pack, photo('p1'), item({}), item({ guid: 'urn:2' })))).toEqual([
      'urn:1',
      'urn:2 https://img.example/p1',
    ])
  })

  it('gives all pictures to the only text, but those that were withdrawn', () => {
    const gone = photo('p2', '<pubStatus qcode="stat:canceled"/>')
    expect(outline(message(photo('p1'), item({}), gone))).toEqual(['urn:1 https://img.example/p1'])
  })

  it('refuses a picture that belongs to no text and says nothing', () => {
    expect(outline(message(item({}), item({ guid: 'urn:2' }), photo('p1')))[2]).toMatch(
      /no text: its content is image\/jpeg/,
    )
  })

  it('reads the news items of a package', () => {
    expect(outline(`<packageItem guid="urn:p">${item({})}${item({ guid: 'urn:2' })}</packageItem>`)).toEqual([
      'urn:1',
      'urn:2',
    ])
  })

  it.each([
    [
      'a package of references',
      '<packageItem guid="a"><groupSet><group><itemRef residref="b"/></group></groupSet></packageItem>',
      /only refers/,
    ],
    ['a message without news', message('<conceptItem/>'), /no news item/],
    ['a DTD', `<!DOCTYPE newsItem [<!ENTITY a SYSTEM "file:///etc/hostname">]>${item({})}`, /document type/],
    [
      'an entity bomb',
      `<!DOCTYPE newsItem [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>${item({ contentMeta: '<headline>&b;</headline>' })}`,
      /document type/,
    ],
    ['a document cut off', item({}).replace('</newsItem>', ''), /never ends/],
    ['nested elements', `<newsItem>${'<a>'.repeat(100_000)}`, /nests more than 256/],
    ['more than 5,000 items', message('<newsItem/>'.repeat(5001)), /more than 5000 articles/],
  ])('refuses %s as a whole', (_, xml, reason) => {
    expect(() => read(xml)).toThrow(
      expect.objectContaining({ name: 'Unusable', message: expect.stringMatching(reason) }),
    )
  })

  it.each([
    ['no headline', { contentMeta: '<slugline>SLUG</slugline>' }, /no title/],
    ['a date nobody can read', { itemMeta: '<versionCreated>soon</versionCreated>' }, /"soon" is not a date/],
    ['a status that is none', { itemMeta: '<pubStatus qcode="stat:live"/>' }, /pubStatus is "live"/],
    [
      'another vocabulary',
      { contentSet: '<inlineXML contenttype="application/sportsml"><sports-content>1</sports-content></inlineXML>' },
      /no text: its content is application\/sportsml/,
    ],
    ['another encoding', { contentSet: '<inlineData encoding="enc:gzip">H4s</inlineData>' }, /encoded as "gzip"/],
    ['base64 of no text', { contentSet: '<inlineData encoding="enc:base64">/w==</inlineData>' }, /base64 is not UTF-8/],
  ])('refuses an item with %s', (_, parts, reason) => {
    expect(outline(item(parts))[0]).toMatch(reason)
  })

  it.each([
    ['its namespace', '<?xml version="1.0"?><newsItem xmlns="http://iptc.org/std/nar/2006-10/">', true],
    ['a prefix', '<!-- a --><iptc:newsMessage xmlns:iptc="x">', true],
    ['a DTD in front', '<!DOCTYPE packageItem [<!ENTITY a "b">]>', true],
    ['a feed', '<rss><channel><newsItem/></channel></rss>', false],
    ['a text', 'The element <newsItem> holds', false],
  ])('is told by its root: %s', (_, xml, expected) => {
    expect(newsmlG2.recognises(xml)).toBe(expected)
  })

  it('is read or refused, whatever stands where', () => {
    const { tree } = letrec<{ tree: string; element: string }>(tie => ({
      tree: oneof({ maxDepth: 5 }, constantFrom('text', '&amp;', text, picture, item({}), photo('p1')), tie('element')),
      element: tuple(constantFrom(...names), constantFrom(...attributes), array(tie('tree'), { maxLength: 6 })).map(
        ([name, attribute, inside]) => `<${name} ${attribute}>${inside.join('')}</${name}>`,
      ),
    }))
    assert(
      property(array(tree, { maxLength: 6 }), trees => {
        try {
          expect(read(message(...trees)).length).toBeGreaterThan(0)
        } catch (error) {
          if (!(error instanceof Unusable)) throw error
        }
      }),
      { numRuns: 500 },
    )
  })
})
