import { describe, expect, it } from 'vitest'
import type { Article } from '../../../src/article.ts'
import { maxAge, type Feed } from '../../../src/feed.ts'
import { entryStyle, type Frame } from '../../../src/publish/formats/format.ts'
import { formats, type FormatName } from '../../../src/publish/formats/index.ts'
import { podcastGuid } from '../../../src/publish/formats/podcast.ts'
import { texts, validate } from '../validate.ts'
import { articleNamed, frame } from './samples.ts'

/* What a feed may ask for besides: a hub, an icon, a podcast, a licence. */

const everything = articleNamed('everything')
const hub = 'https://hub.example/'

interface Wanted {
  feed?: Partial<Feed>
  article?: Article
  archive?: Frame['archive']
}

function edition(format: FormatName, { feed: changes, article = everything, archive }: Wanted = {}): string {
  const feed = { ...frame.feed, ...changes }
  const { head, entry, tail } = formats[format]
  const framed = { ...frame, site: { ...frame.site, hub }, feed, ...(archive && { archive }) }
  const text = head(framed) + entry(article, entryStyle(frame.site, feed)) + tail
  expect(validate(format, text)).toEqual([])
  return text
}

const json = (wanted?: Wanted): Record<string, unknown> =>
  JSON.parse(edition('json', wanted)) as Record<string, unknown>

describe('the hub', () => {
  it('is named in every format', () => {
    expect(texts(edition('rss'), '/rss/channel/atom:link[@rel="hub"]/@href')).toEqual([hub])
    expect(texts(edition('atom'), '/atom:feed/atom:link[@rel="hub"]/@href')).toEqual([hub])
    expect(json()['hubs']).toEqual([{ type: 'WebSub', url: hub }])
  })

  it.each(['rss', 'atom', 'json'] as const)(
    'is named in no page of an archive of %s, and in no feed of partners',
    format => {
      expect(edition(format, { archive: { last: 3, page: 2 } })).not.toContain(hub)
      expect(edition(format, { archive: { last: 3 } })).toContain(hub)
      expect(edition(format, { feed: { access: 'partners' } })).not.toContain(hub)
    },
  )
})

it('has an icon beside its image', () => {
  const feed = { icon: 'https://courier.example/é.png', image: 'https://courier.example/logo é.png' }
  expect(texts(edition('atom', { feed }), '//atom:icon | //atom:logo')).toEqual([
    'https://courier.example/logo%20%C3%A9.png',
    'https://courier.example/%C3%A9.png',
  ])
  expect(json({ feed })).toMatchObject({
    icon: 'https://courier.example/logo%20%C3%A9.png',
    favicon: 'https://courier.example/%C3%A9.png',
  })
  expect(texts(edition('rss', { feed }), '//image/url')).toEqual(['https://courier.example/logo%20%C3%A9.png'])
})

it('may be used as many minutes in RSS as HTTP allows seconds', () => {
  expect(texts(edition('rss'), '//ttl')).toEqual([String(maxAge / 60)])
})

const picture = (url: string, type?: string) => ({ kind: 'image', url, ...(type && { type }) }) as const

describe('a podcast', () => {
  const podcast = {
    author: 'The <Desk>',
    email: 'desk@courier.example',
    category: ['News', 'Daily News'],
    explicit: false,
    image: 'https://courier.example/cover.png',
  }
  const itunes = (wanted: Wanted, path: string): string[] =>
    texts(edition('rss', { ...wanted, feed: { podcast, ...wanted.feed } }), path)
  const shown = (media: Article['media']): string[] =>
    itunes({ article: { ...everything, media } }, '//item/itunes:image/@href')

  it('says what directories ask for', () => {
    expect(itunes({}, '/rss/channel/itunes:*[not(*)]')).toEqual(['The <Desk>', '', 'false', 'episodic'])
    expect(itunes({}, '/rss/channel/itunes:owner/*')).toEqual(['The <Desk>', 'desk@courier.example'])
    expect(itunes({}, '/rss/channel/itunes:image/@href')).toEqual(['https://courier.example/cover.png'])
    expect(itunes({}, '/rss/channel/itunes:category//@text')).toEqual(['News', 'Daily News'])
    expect(itunes({}, '/rss/channel/itunes:category/itunes:category/@text')).toEqual(['Daily News'])
  })

  it('has the notice of its publisher, or one of its own', () => {
    expect(itunes({}, '/rss/channel/copyright')).toEqual(['© Harbour & Sons Media'])
    const own = { ...podcast, copyright: '℗ The <Desk> & friends' }
    expect(itunes({ feed: { podcast: own } }, '/rss/channel/copyright')).toEqual([own.copyright])
    expect(texts(edition('rss'), '/rss/channel/copyright')).toEqual([])
  })

  it('has the name that every platform makes of its address', () => {
    // The example of the specification.
    expect(podcastGuid('https://mp3s.nashownotes.com/pc20rss.xml')).toBe('917393e3-1b1e-5cef-ace4-edaa54e1f810')
    expect(podcastGuid('podnews.net/rss')).toBe('9b024349-ccf0-5f69-a609-6b82873eab3c')
    expect(podcastGuid('http://podnews.net/rss//')).toBe(podcastGuid('https://podnews.net/rss'))
    expect(itunes({}, '/rss/channel/podcast:guid')).toEqual([podcastGuid('https://courier.example/feeds/harbour.rss')])
  })

  it('has episodes with a picture of their own that directories take', () => {
    const jpeg = 'https://img.courier.example/a.JPG?w=1'
    expect(shown([picture('https://img.courier.example/a.webp'), picture(jpeg)])).toEqual([jpeg])
    expect(shown([picture('https://img.courier.example/a', 'image/png')])).toHaveLength(1)
    expect(shown([picture('https://img.courier.example/a.png', 'image/webp')])).toEqual([])
  })

  it('has no owner without an address, and a category that has none below it', () => {
    const { email: _, ...silent } = { ...podcast, category: ['History'] }
    expect(itunes({ feed: { podcast: silent } }, '//itunes:owner')).toEqual([])
    expect(itunes({ feed: { podcast: silent } }, '//itunes:category/@text')).toEqual(['History'])
  })

  it('has episodes with author, duration in whole seconds and enclosure', () => {
    expect(itunes({}, '//item/itunes:*')).toEqual(["Ida Holm, Tom O'Neil", '66', '', 'false'])
    expect(itunes({}, '//item/enclosure/@url')).toEqual(['https://img.courier.example/interview.mp3'])
    expect(itunes({ article: articleNamed('minimal') }, '//item/itunes:*')).toEqual(['false'])
  })

  it('leaves out a list of authors that is too long', () => {
    const article = { ...everything, authors: Array.from({ length: 50 }, (_, i) => ({ name: `Reporter ${i}` })) }
    expect(itunes({ article }, '//item/itunes:author')).toEqual([])
    expect(itunes({ article }, '//item/dc:creator')).toHaveLength(50)
  })

  it('leaves no trace in a feed that is none, nor in the other formats', () => {
    expect(edition('rss')).not.toMatch(/itunes|podcast/)
    expect(edition('atom', { feed: { podcast } })).toBe(edition('atom'))
    expect(edition('json', { feed: { podcast } })).toBe(edition('json'))
  })
})

describe('a licence', () => {
  const licence = {
    permits: ['search', 'ai-index'],
    prohibits: ['ai-train'],
    payment: 'attribution',
    standard: 'https://licences.example/by?a&b',
    terms: 'https://courier.example/terms',
  }

  it('stands in every item of RSS, for the page that the item leads to', () => {
    const rsl = (path: string): string[] => texts(edition('rss', { feed: { licence } }), path)
    expect(rsl('//item/rsl:content/@url')).toEqual(['https://desk.example/2024/aurora?ref=a&b'])
    expect(rsl('//rsl:license/rsl:permits[@type="usage"] | //rsl:license/rsl:prohibits[@type="usage"]')).toEqual([
      'search ai-index',
      'ai-train',
    ])
    expect(rsl('//rsl:license/rsl:payment[@type="attribution"]/rsl:standard')).toEqual([licence.standard])
    expect(rsl('//rsl:content/rsl:terms')).toEqual([licence.terms])
  })

  it('may say where it can be had, and ask nothing', () => {
    const custom = { custom: 'https://courier.example/ask' }
    expect(texts(edition('rss', { feed: { licence: custom } }), '//rsl:payment[not(@type)]/rsl:custom')).toEqual([
      custom.custom,
    ])
    const silent = { licence: { prohibits: ['ai-all'] } }
    expect(texts(edition('rss', { feed: silent }), '//rsl:license/*')).toEqual(['ai-all'])
  })

  it('is a link of Atom, where it has an address', () => {
    const path = '//atom:entry/atom:link[@rel="license"]/@href'
    expect(texts(edition('atom', { feed: { licence } }), path)).toEqual([licence.standard])
    expect(texts(edition('atom', { feed: { licence: { terms: licence.terms } } }), path)).toEqual([licence.terms])
    expect(texts(edition('atom', { feed: { licence: { prohibits: ['ai-all'] } } }), path)).toEqual([])
  })

  it('leaves no trace in a feed that has none', () => expect(edition('rss')).not.toContain('rsl'))
})
