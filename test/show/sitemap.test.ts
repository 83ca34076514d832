import { describe, expect, it, test } from 'vitest'
import { XmlDocument } from 'libxml2-wasm'
import { renderSitemap, renderSitemapIndex } from '../../src/show/sitemap.ts'
import { headOf, makeArticle, site } from '../serve/samples.ts'

const prefixes = {
  s: 'http://www.sitemaps.org/schemas/sitemap/0.9',
  news: 'http://www.google.com/schemas/sitemap-news/0.9',
}

function find(xml: string, path: string): string[] {
  using document = XmlDocument.fromString(xml)
  return document.find(path, prefixes).map(node => node.content)
}

describe('a page of the news sitemap', () => {
  const head = headOf(makeArticle({ title: 'Tram & <ferry>', changed: '2024-05-06T09:00:00Z' }))
  const sitemap = renderSitemap(site, [head])

  it('says of an article where it is, since when, in which publication and language, and its title', () => {
    expect(find(sitemap, '/s:urlset/s:url/s:loc')).toEqual([
      'https://news.example/wire/articles/the-desk-abcdefghij234567',
    ])
    expect(find(sitemap, '//s:lastmod')).toEqual(['2024-05-06T09:00:00Z'])
    expect(find(sitemap, '//news:news/news:publication/*')).toEqual(['The Harbour Post', 'en'])
    expect(find(sitemap, '//news:news/*[not(*)]')).toEqual(['2024-05-06T07:08:09Z', 'Tram & <ferry>'])
  })

  it('may be empty', () => {
    expect(find(renderSitemap(site, []), '/s:urlset/*')).toEqual([])
  })

  test.each([
    ['pt-BR', 'pt'],
    ['EN', 'en'],
    ['fil', 'fil'],
    ['zh', 'zh-cn'],
    ['zh-Hans-SG', 'zh-cn'],
    ['zh-TW', 'zh-tw'],
    ['zh-Hant-HK', 'zh-tw'],
    ['zh-HK', 'zh-tw'],
    ['x-pirate', 'und'],
  ])('writes the language %s as %s', (language, written) => {
    expect(find(renderSitemap(site, [{ ...head, language }]), '//news:language')).toEqual([written])
  })
})

describe('the index of the news sitemap', () => {
  it('lists its pages', () => {
    expect(find(renderSitemapIndex(site, 3), '/s:sitemapindex/s:sitemap/s:loc')).toEqual(
      [1, 2, 3].map(page => `https://news.example/wire/sitemap-news-${page}.xml`),
    )
  })
})
