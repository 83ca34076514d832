import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readArticles, type Reading } from '../src/collect/reading/read.ts'
import type { Article } from '../src/article.ts'
import { formats } from '../src/publish/formats/index.ts'
import { toNinjs } from '../src/publish/formats/ninjs.ts'
import { source } from './collect/parsers/pairs.ts'
import { frame } from './publish/formats/samples.ts'
import { texts, validate, validateNinjs } from './publish/validate.ts'

/* One rich document of each format that the trade uses: what it says is in our ninjs and in our feeds, as far as they can hold it. */

const pair = (path: string) => readFileSync(new URL(`collect/parsers/pairs/${path}`, import.meta.url), 'utf8')

const light = 'https://img.example/light.jpg'

/** Properties of ninjs 2 and 3: the words are the same, the letters' case is not. */
function ninjs(version: '2.1' | '3.1'): string {
  const name = (word: string) => (version === '2.1' ? word.toLowerCase() : word)
  const typed = (value: string, type: string) => ({ [name('contentType')]: type, value })
  return JSON.stringify({
    standard: { name: 'ninjs', version },
    uri: 'urn:example:orkney:two',
    type: 'text',
    version: '7',
    [name('versionCreated')]: '2024-01-04T09:00:00Z',
    [name('firstCreated')]: '2024-01-04T08:00:00Z',
    [name('pubStatus')]: 'usable',
    language: 'en-GB',
    urgency: 3,
    slugline: 'LIGHT-sale',
    expires: '2040-01-04T09:00:00Z',
    headlines: [{ role: 'main', ...typed('Lighthouse sold for a pound', 'text/plain') }],
    bodies: [typed('<p>It stays lit.</p>', 'text/html')],
    by: 'By Elspeth Moar and Tam Rendall',
    located: 'Stromvik',
    [name('copyrightHolder')]: 'Orkney Wire',
    [name('copyrightNotice')]: '© 2024 Orkney Wire',
    [name('usageTerms')]: 'No archive',
    [name('edNote')]: 'Desk: ring again',
    genres: [{ name: 'Feature', uri: 'http://cv.iptc.org/newscodes/genre/Feature' }],
    subjects: [
      { name: 'property market', uri: 'http://cv.iptc.org/newscodes/mediatopic/20000383', rel: 'about' },
      { name: 'Property', rel: 'section' },
    ],
    people: [{ name: 'Mary Sinclair', rel: 'about', uri: 'http://orkney.example/people/7' }],
    organisations: [{ name: 'Northern Lights Trust', rel: 'about' }],
    places: [{ name: 'Stromvik', rel: 'about' }],
    associations: [
      {
        name: 'main',
        type: 'picture',
        by: 'Ola Foto',
        descriptions: [{ role: 'caption', ...typed('The tower.', 'text/plain') }],
        renditions: [{ name: 'original', href: light, [name('contentType')]: 'image/jpeg', width: 1200 }],
      },
    ],
  })
}

const frontMatter = `---
title: Lighthouse sold for a pound
date: 2024-01-04T08:00:00Z
updated: 2024-01-04T09:00:00Z
expires: 2040-01-04T09:00:00Z
language: en-GB
section: Property
slugline: LIGHT-sale
urgency: 3
genre: { name: Feature, code: http://cv.iptc.org/newscodes/genre/Feature }
subjects:
  - { name: property market, code: http://cv.iptc.org/newscodes/mediatopic/20000383 }
  - { name: Mary Sinclair, rel: person, code: http://orkney.example/people/7 }
  - { name: Northern Lights Trust, rel: organisation }
  - { name: Stromvik, rel: place }
authors: [Elspeth Moar, Tam Rendall]
byline: By Elspeth Moar and Tam Rendall
place: Stromvik
copyrightHolder: Orkney Wire
copyright: © 2024 Orkney Wire
usageTerms: No archive
edNote: "Desk: ring again"
image: ${light}
---

It stays lit.
`

const common = {
  firstCreated: '2024-01-04T08:00:00Z',
  versionCreated: '2024-01-04T09:00:00Z',
  expires: '2040-01-04T09:00:00Z',
  language: 'en-GB',
  urgency: 3,
  slugline: 'LIGHT-sale',
  copyrightHolder: 'Orkney Wire',
  usageTerms: 'No archive',
  located: expect.stringMatching(/^stromvik$/i) as unknown,
}

const documents: readonly { format: string; text: string; lacks?: readonly string[] }[] = [
  { format: 'ninjs 1.3', text: pair('ninjs/all-of-it-1.ninjs') },
  { format: 'ninjs 2.1', text: ninjs('2.1') },
  { format: 'ninjs 3.1', text: ninjs('3.1') },
  { format: 'NewsML-G2', text: pair('newsml-g2/all-of-it.xml') },
  // Of its date of issue the offset is an hour.
  { format: 'NITF', text: pair('nitf/all-of-it.xml'), lacks: ['versionCreated'] },
  { format: 'front matter', text: frontMatter },
]

function articleOf(text: string): Article {
  const [outcome] = readArticles(Buffer.from(text), source)
  const { content, pubStatus = 'usable' } = outcome as Reading
  const identity = { uri: 'tag:feeds.example,2024:herald/aaaabbbbccccdddd', source: 'herald', key: 'aaaabbbbccccdddd' }
  const { published = '', modified = published } = content
  return { ...content, published, ...identity, version: 1, pubStatus, changed: modified }
}

describe.each(documents)('what $format says', ({ text, lacks = [] }) => {
  const article = articleOf(text)
  const document = JSON.parse(JSON.stringify(toNinjs(article, frame.site))) as Record<string, unknown>
  const edition = (name: 'rss' | 'atom' | 'json') => {
    const { head, entry, tail } = formats[name]
    return head(frame) + entry(article, { site: frame.site, content: 'full' }) + tail
  }

  it('is in our ninjs, which is valid', () => {
    const expected = Object.fromEntries(Object.entries(common).filter(([field]) => !lacks.includes(field)))
    expect(document).toMatchObject(expected)
    expect(document.copyrightNotice).toMatch(/2024 Orkney Wire/)
    expect(document.by).toMatch(/elspeth moar/i)
    expect(document.genres).toMatchObject([{ name: expect.stringMatching(/^(?:Feature|Current)$/) as unknown }])
    const subjects = document.subjects as { name: string; rel: string; uri?: string; literal?: string }[]
    expect(subjects.find(({ rel }) => rel === 'section')?.name).toBe('Property')
    expect(subjects.some(({ rel, uri, literal }) => rel === 'about' && /\d{8}/.test(uri ?? literal ?? ''))).toBe(true)
    expect(document.people).toMatchObject([{ name: 'Mary Sinclair', rel: 'about' }])
    expect(document.organisations).toMatchObject([{ name: 'Northern Lights Trust' }])
    expect(validateNinjs(document)).toEqual([])
  })

  it('is in our feeds, which are valid', () => {
    const [rss, atom, json] = [edition('rss'), edition('atom'), edition('json')]
    expect([validate('rss', rss), validate('atom', atom), validate('json', json)]).toEqual([[], [], []])
    expect(texts(atom, '//atom:entry/atom:category[@label]/@term').some(term => /\d{8}/.test(term))).toBe(true)
    expect(texts(atom, '//atom:entry/atom:rights')[0]).toMatch(/2024 Orkney Wire.*No archive/)
    expect(texts(rss, '//item/dc:rights')[0]).toMatch(/2024 Orkney Wire/)
    expect(texts(rss, '//item/dc:creator')[0]).toMatch(/^Elspeth Moar$/i)
    const [item] = (JSON.parse(json) as { items: { tags: string[] }[] }).items
    const filed = ['Property', 'Mary Sinclair', 'Northern Lights Trust']
    expect(texts(rss, '//item/category')).toEqual(expect.arrayContaining(filed))
    expect(item?.tags).toEqual(expect.arrayContaining(filed))
    expect(texts(rss, '//media:content/@url').filter(url => url === light)).toEqual([light])
  })

  it('is not what was meant for editors', () => {
    const shown = JSON.stringify(document) + edition('rss') + edition('atom') + edition('json')
    expect(shown).not.toMatch(/ring again|Editors only|check the price|photo to come/)
  })
})
