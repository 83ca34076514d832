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
  return renderArticle(makeArticle(changes), 'full', site)
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

  it('names no address that is none of the web', () => {
    const publisher = { name: 'Quay', url: 'javascript:alert(1)' }
    const page = pageOf({ publisher, media: [{ ...picture, url: 'data:image/png;base64,AAAA' }] })
    const told = newsArticle(parseHTML(page).document)
    expect(told).toMatchObject({ publisher: { name: 'Quay' } })
    expect(told).not.toHaveProperty('image')
    expect(page).not.toMatch(/javascript:|data:/)
  })
})
