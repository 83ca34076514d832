import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Select } from '../src/feed.ts'
import type { Head } from '../src/head.ts'
import { prepareSelection } from '../src/selection.ts'
import { headOf, makeArticle, makeFeed } from './serve/samples.ts'

const everything: Select = { sections: [], languages: [], sources: [], keywords: [] }
const head = (changes: Partial<Head> = {}): Head => headOf(makeArticle(), changes)
const feed = (name: string, select: Partial<Select>) => makeFeed(name, { select: { ...everything, ...select } })
const words = (...list: string[]) => fc.subarray(list, { maxLength: 2 })
const selects = (select: Partial<Select>, changes: Partial<Head>): boolean =>
  prepareSelection([feed('all', select)])(head(changes)).length === 1

describe('a feed that selects by media', () => {
  it('holds articles with any of the kinds', () => {
    expect(selects({ media: ['audio', 'video'] }, { media: ['image', 'audio'] })).toBe(true)
    expect(selects({ media: ['audio'] }, { media: ['image', 'video'] })).toBe(false)
  })

  it('holds none without media, nor one of which they are not known', () => {
    expect(selects({ media: ['image'] }, {})).toBe(false)
    expect(selects({}, {})).toBe(true)
  })

  it('asks for all the rest too', () => {
    expect(selects({ media: ['audio'], sources: ['other'] }, { media: ['audio'] })).toBe(false)
  })
})

describe('many feeds', () => {
  it('come in their order, each once, however many of its words fit', () => {
    const feeds = [
      feed('b', { keywords: ['tram', 'Ferry', 'ferry'] }),
      feed('a', {}),
      feed('c', { sections: ['Sport'] }),
    ]
    const found = prepareSelection(feeds)(head({ keywords: ['FERRY', 'tram'], section: 'News' }))
    expect(found.map(({ name }) => name)).toEqual(['b', 'a'])
  })

  it('may be called as what every object knows, and look for that', () => {
    const feeds = [feed('constructor', { keywords: ['constructor'] }), feed('other', { sections: ['__proto__'] })]
    const select = prepareSelection(feeds)
    expect(select(head())).toEqual([])
    expect(select(head({ keywords: ['Constructor'], section: '__proto__' }))).toEqual(feeds)
  })

  it('ask for all that their rules say, whichever of them they are looked up by', () => {
    const tram = { keywords: ['tram'], section: 'News', source: 'desk', language: 'en' }
    const rules = { keywords: ['tram'], sections: ['News'], sources: ['desk'], languages: ['en'] }
    expect(selects(rules, tram)).toBe(true)
    for (const name of ['keywords', 'sections', 'sources', 'languages'])
      expect(selects({ ...rules, [name]: ['other'] }, tram)).toBe(false)
  })

  it('hold a language with its regional forms, and no other that begins with the same letters', () => {
    expect(selects({ languages: ['en'] }, { language: 'en' })).toBe(true)
    expect(selects({ languages: ['en'] }, { language: 'en-GB' })).toBe(true)
    expect(selects({ languages: ['zh-hant'] }, { language: 'zh-Hant-TW' })).toBe(true)
    expect(selects({ languages: ['zh-hant'] }, { language: 'zh' })).toBe(false)
    expect(selects({ languages: ['en'] }, { language: 'eng' })).toBe(false)
  })

  it('hold nothing that is hidden', () => {
    for (const hidden of [{ pubStatus: 'withheld' }, { pubStatus: 'canceled' }, { heldUntil: '2030-01-01T00:00:00Z' }])
      expect(selects({}, hidden as Partial<Head>)).toBe(false)
  })

  it('are found all together as each by itself', () => {
    const anySelect = fc.record({
      sections: words('News', 'Sport'),
      languages: words('en', 'en-GB', 'pt'),
      sources: words('desk', 'wire'),
      keywords: words('tram', 'ferry'),
    })
    const anyHead = fc.record({
      section: fc.constantFrom('news', 'sport', 'other'),
      language: fc.constantFrom('en', 'en-gb', 'pt-BR'),
      source: fc.constantFrom('desk', 'wire'),
      keywords: words('Tram', 'Ferry', 'Bus'),
    })
    fc.assert(
      fc.property(fc.array(anySelect, { maxLength: 8 }), anyHead, (wanted, changes) => {
        const feeds = wanted.map((select, at) => feed(`f${at}`, select))
        const alone = feeds.filter(each => prepareSelection([each])(head(changes)).length > 0)
        expect(prepareSelection(feeds)(head(changes))).toEqual(alone)
      }),
    )
  })
})
