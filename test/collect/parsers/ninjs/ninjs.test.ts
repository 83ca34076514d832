import { anything, assert, constantFrom, dictionary, oneof, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Article } from '../../../../src/article.ts'
import { ninjs } from '../../../../src/collect/parsers/ninjs/ninjs.ts'
import { readArticles } from '../../../../src/collect/reading/read.ts'
import { Unusable } from '../../../../src/errors.ts'
import { toNinjs } from '../../../../src/publish/formats/ninjs.ts'
import { source } from '../pairs.ts'
import { expectBounded, outcomesOf } from '../outcomes.ts'

const whole = {
  uri: 'http://agency.example/1',
  versionCreated: '2024-01-04T00:00:00Z',
  headlines: [{ value: 'Title' }],
  bodies: [{ value: 'Text.' }],
}

const known =
  'uri type version versionCreated firstCreated pubStatus headlines headline bodies body_html body_text descriptions associations renditions subjects subject by byline infoSources places located language'

function read(json: unknown) {
  return readArticles(Buffer.from(JSON.stringify(json)), { ...source, format: 'ninjs' })
}

function reasonFor(json: unknown): string {
  const [outcome] = read(json)
  return outcome instanceof Unusable ? outcome.message : 'none'
}

describe('ninjs', () => {
  it('reads a list, and one bad document costs no other', () => {
    const titles = read([
      whole,
      { ...whole, bodies: [] },
      'text',
      null,
      { ...whole, uri: 'http://agency.example/2' },
    ]).map(outcome => (outcome instanceof Unusable ? 'rejected' : outcome.ownId))
    expect(titles).toEqual(['http://agency.example/1', 'rejected', 'rejected', 'rejected', 'http://agency.example/2'])
  })

  it.each([
    ['no body', { ...whole, bodies: undefined }, /type "text" has no body/],
    ['a picture without a description', { ...whole, type: 'picture', bodies: [] }, /type "picture" has no body/],
    [
      'a body in another language of marks',
      { ...whole, bodies: [{ contentType: 'application/xml', value: '<x/>' }] },
      /no body/,
    ],
    ['no headline', { ...whole, headlines: [], slugline: 'SLUG' }, /no title/],
    ['a date nobody can read', { ...whole, versionCreated: 'soon' }, /"soon" is not a date/],
    ['a date that could be two', { ...whole, firstCreated: '03/04/2024' }, /could be April 3 or March 4/],
    ['a status that is none', { ...whole, pubStatus: 'live' }, /"pubStatus" is "live"/],
    ['a kill of nobody', { pubStatus: 'canceled' }, /no "uri"/],
    ['an empty object', {}, /no ninjs object/],
    ['a number', 5, /no ninjs object/],
    [
      'five hundred and one keywords',
      { ...whole, keywords: Array.from({ length: 501 }, (_, n) => `k${n}`) },
      /more than 500 keywords/,
    ],
  ])('refuses %s', (_, json, reason) => {
    expect(reasonFor(json)).toMatch(reason)
  })

  it.each([
    ['what is no JSON', '{ "uri": 1\n "headline": 2 }', 2, /not JSON/],
    ['a document cut off', '{ "uri": "a"', 1, /not JSON/],
    ['more than 5,000 documents', `[${'{},'.repeat(5000)}{}]`, undefined, /more than 5000 articles/],
    ['a list of a million', `{"uri":[${'0,'.repeat(1_000_000)}0]}`, undefined, /more than 1000000 parts/],
  ])('refuses %s as a whole', (_, text, line, reason) => {
    expect(() => ninjs.parse(text, source)).toThrow(
      expect.objectContaining({ name: 'Unusable', line, message: expect.stringMatching(reason) }),
    )
  })

  it('obeys a kill that has nothing but a name', () => {
    expect(read({ URI: 'a', PUBSTATUS: 'Canceled', versioncreated: 'unreadable' })).toEqual([
      { pubStatus: 'canceled', ownId: 'a' },
    ])
  })

  it('reads what it writes', () => {
    const [reading] = read([
      { ...whole, language: 'en', located: 'Linden Vale', infoSources: [{ name: 'Ana', role: 'author' }] },
    ])
    if (reading === undefined || reading instanceof Unusable || reading.pubStatus === 'canceled')
      throw new Error('rejected')
    const { published = '', ...content } = reading.content
    const article: Article = {
      ...content,
      published,
      uri: 'tag:a',
      source: 'a',
      key: 'b',
      version: 1,
      pubStatus: 'usable',
      changed: published,
    }
    const site = { title: 'T', url: 'https://feeds.example', publisher: { name: 'P' }, authority: 'a', language: 'en' }
    expect(read(toNinjs(article, site))).toMatchObject([
      {
        ownId: 'tag:a',
        ownVersion: '1',
        content: { title: 'Title', html: '<p>Text.</p>', published, place: 'Linden Vale', authors: [{ name: 'Ana' }] },
      },
    ])
  })

  it.each([
    ['ninjs 1', '{"uri":"a","headline":"b"}', true],
    ['ninjs 1 with a long body first', `{"body_html":"${'x'.repeat(9000)}","uri":"a"}`, true],
    ['ninjs 2', ' [ {"pubstatus":"usable"}]', true],
    ['ninjs 3', '{"versionCreated":"b"}', true],
    ['a JSON Feed', '{"version":"https://jsonfeed.org/version/1.1","items":[{"uri":"a","headline":"b"}]}', false],
    ['another JSON', '{"name":"a"}', false],
    ['a text about ninjs', 'The property "pubstatus": it says ...', false],
    ['a quotation of ninjs', '{"text":"{\\"pubstatus\\":1}"}', false],
  ])('is told from %s', (_, text, expected) => {
    expect(ninjs.recognises(text)).toBe(expected)
  })

  it('is read or refused, whatever the types', () => {
    const names = constantFrom(...known.split(' '))
    const values = oneof(
      anything(),
      string(),
      constantFrom(...Object.values(whole), [{ value: 1, role: [] }], [{ name: {}, href: 'https://a.example' }]),
    )
    assert(
      property(dictionary(names, values), document => {
        const text = JSON.stringify({ ...whole, ...document }, (_, value: unknown) =>
          typeof value === 'bigint' ? Number(value) : value,
        )
        expect(readArticles(Buffer.from(text), { ...source, format: 'ninjs' })).toHaveLength(1)
      }),
      { numRuns: 500 },
    )
  })
})

function wrap(members: string): string {
  return `{"uri":"a","headline":"b","versioncreated":"2024-01-04T00:00:00Z",${members}}`
}

describe('a hostile ninjs document', () => {
  it.each(
    Object.entries({
      'lists in lists': '['.repeat(100_000) + ']'.repeat(100_000),
      'objects in objects': wrap(`"subject":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`),
      'tags in a body': wrap(`"body_html":"${'<b>'.repeat(100_000)}"`),
      'tags that never end': wrap(`"body":"${'<b '.repeat(300_000)}"`),
      'headings that never end': wrap(`"body_html":"${'<h1 '.repeat(200_000)}"`),
      'a headline of markup': `{"uri":"a","headlines":[{"contentType":"text/html","value":"${'<'.repeat(900_000)}"}]}`,
      properties: wrap(Array.from({ length: 60_000 }, (_, n) => `"body_${n}_text":"x"`).join(',')),
      renditions: wrap(
        `"associations":[{"type":"picture","renditions":[${'{"href":"https://a.example","width":1},'.repeat(20_000)}{}]}]`,
      ),
      associations: wrap(`"body":"x","associations":[${'{"type":"picture"},'.repeat(50_000)}{}]`),
    }),
  )('costs no more than its share: %s', (_, text) => {
    expectBounded(8000, () => outcomesOf('ninjs', text))
  })
})
