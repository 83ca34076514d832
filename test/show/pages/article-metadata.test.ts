import { parseHTML } from 'linkedom'
import { describe, expect, it } from 'vitest'
import type { Article } from '../../../src/article.ts'
import { renderArticle } from '../../../src/show/pages/article.tsx'
import { makeArticle, site } from '../../serve/samples.ts'

const picture = {
  kind: 'image',
  url: 'https://images.example/quay.webp?a=1&b=2',
  type: 'image/webp',
  width: 1600,
  height: 900,
  caption: 'The "quay"',
  credit: 'A. Lens',
} as const

function pageOf(changes: Partial<Article>): string {
  return renderArticle(makeArticle(changes), { content: 'full' }, site)
}

function documentOf(changes: Partial<Article>): Document {
  return parseHTML(pageOf(changes)).document
}

function openGraph(document: Document): [string | null, string | null][] {
  const found = [...document.querySelectorAll('meta[property]')]
  return found.map(meta => [meta.getAttribute('property'), meta.getAttribute('content')])
}

function newsArticle(document: Document): unknown {
  return JSON.parse(document.querySelector('script[type="application/ld+json"]')?.textContent ?? '')
}

describe("what an article's page tells machines", () => {
  it('has the size and the description of its first picture in OpenGraph', () => {
    const audio = { kind: 'audio', url: 'https://images.example/talk.mp3' } as const
    const told = openGraph(documentOf({ media: [audio, picture, { ...picture, url: 'https://images.example/2.png' }] }))
    expect(told.filter(([property]) => property?.startsWith('og:image'))).toEqual([
      ['og:image', picture.url],
      ['og:image:type', 'image/webp'],
      ['og:image:width', '1600'],
      ['og:image:height', '900'],
      ['og:image:alt', 'The "quay"'],
    ])
  })

  it('has every keyword once, and leaves out what is not known', () => {
    const told = openGraph(documentOf({ keywords: ['ferry', 'tram', 'ferry'], section: undefined }))
    expect(told.filter(([property]) => property === 'article:tag')).toEqual([
      ['article:tag', 'ferry'],
      ['article:tag', 'tram'],
    ])
    expect(told.map(([property]) => property)).not.toContain('article:section')
    expect(told.filter(([, content]) => content === null || content === 'undefined')).toEqual([])
  })

  it('has all pictures with what is known of them in schema.org', () => {
    const bare = { kind: 'image', url: 'https://images.example/2.png' } as const
    expect(newsArticle(documentOf({ media: [picture, bare] }))).toMatchObject({
      '@type': 'NewsArticle',
      image: [
        {
          '@type': 'ImageObject',
          url: picture.url,
          encodingFormat: 'image/webp',
          width: 1600,
          height: 900,
          caption: 'The "quay"',
          creditText: 'A. Lens',
        },
        { '@type': 'ImageObject', url: bare.url },
      ],
    })
  })

  it('says nothing in schema.org of pictures and authors that are not there', () => {
    const told = newsArticle(documentOf({ media: [], authors: [], publisher: undefined, keywords: [] }))
    expect(told).not.toHaveProperty('image')
    expect(told).not.toHaveProperty('author')
    expect(Object.values(told as object).filter(value => Array.isArray(value) && value.length === 0)).toEqual([])
  })

  it('names the publisher of the site where the article has none', () => {
    expect(newsArticle(documentOf({ publisher: undefined }))).toMatchObject({
      publisher: { '@type': 'Organization', name: 'Harbour Media' },
    })
  })

  it.each([
    ['pt-br', 'pt_BR'],
    ['zh-Hant-TW', 'zh_TW'],
    ['ar', 'ar'],
    ['not a language', undefined],
  ])('says the language %s in OpenGraph as %s', (language, locale) => {
    expect(new Map(openGraph(documentOf({ language }))).get('og:locale')).toBe(locale)
  })

  it('names its authors, and asks for a card with its picture', () => {
    const authors = [
      { name: 'Ada Quay', url: 'https://news.example/ada' },
      { name: 'Bo "B" Lind', url: 'javascript:1' },
    ]
    const document = documentOf({ authors, media: [picture] })
    const named = (name: string) => document.querySelector(`meta[name="${name}"]`)?.getAttribute('content')
    expect(named('author')).toBe('Ada Quay, Bo "B" Lind')
    expect(named('twitter:card')).toBe('summary_large_image')
    expect(openGraph(document).filter(([property]) => property === 'article:author')).toEqual([
      ['article:author', 'https://news.example/ada'],
      ['article:author', 'Bo "B" Lind'],
    ])
    expect(pageOf({ authors: [], media: [] })).toContain('<meta name="twitter:card" content="summary"/>')
  })

  it('has one address: the page of its source, where there is one', () => {
    const link = 'https://desk.example/1'
    for (const [changes, address] of [
      [{ link }, link],
      [{ link: 'ftp://desk.example/1' }, 'https://news.example/wire/articles/the-desk-abcdefghij234567'],
    ] as const) {
      const document = documentOf(changes)
      expect(document.querySelector('link[rel="canonical"]')?.getAttribute('href')).toBe(address)
      expect(new Map(openGraph(document)).get('og:url')).toBe(address)
      expect(newsArticle(document)).toMatchObject({ url: address, mainEntityOfPage: address })
    }
  })

  it('names no address that is none of the web', () => {
    const publisher = { name: 'Quay', url: 'javascript:alert(1)' }
    const page = pageOf({ publisher, media: [{ ...picture, url: 'data:image/png;base64,AAAA' }] })
    const told = newsArticle(parseHTML(page).document)
    expect(told).toMatchObject({ publisher: { name: 'Quay' } })
    expect(told).not.toHaveProperty('image')
    expect(page).not.toMatch(/javascript:|data:/)
  })
})
