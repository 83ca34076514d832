import { pagePath } from '../article.ts'
import type { Head } from '../head.ts'
import type { Site } from '../site.ts'
import { changedOf } from '../publish/formats/core.ts'
import { attributes, textElement } from '../publish/formats/xml.ts'

/** So far back goes a news sitemap, and so many articles has a page of it: https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap */
export const sitemapSpan = 2 * 86_400_000
export const sitemapLength = 1000

export const sitemapType = 'application/xml; charset=utf-8'

const namespaces = {
  xmlns: 'http://www.sitemaps.org/schemas/sitemap/0.9',
  'xmlns:news': 'http://www.google.com/schemas/sitemap-news/0.9',
}

/** A page of the news sitemap: these articles, in this order. An empty one is allowed. */
export function renderSitemap(site: Site, heads: readonly Head[]): string {
  return document(
    'urlset',
    namespaces,
    heads.map(head => urlOf(head, site)),
  )
}

/** Where the pages of a news sitemap are, from 1, when one is not enough. */
export function renderSitemapIndex(site: Site, pages: number): string {
  const entries = Array.from({ length: pages }, (_, index) =>
    parent('sitemap', [textElement('loc', site.url + sitemapPath(index + 1))]),
  )
  return document('sitemapindex', { xmlns: namespaces.xmlns }, entries)
}

/** `/sitemap-news-N.xml`: in a path, so that it can be a file, and beside the articles that it lists, as the protocol wants it. */
export function sitemapPath(page: number): string {
  return `/sitemap-news-${page}.xml`
}

function urlOf(head: Head, site: Site): string {
  return parent('url', [
    textElement('loc', site.url + pagePath(head)),
    textElement('lastmod', changedOf(head)),
    parent('news:news', [
      parent('news:publication', [
        textElement('news:name', site.title),
        textElement('news:language', newsLanguage(head.language)),
      ]),
      textElement('news:publication_date', head.published),
      textElement('news:title', head.title),
    ]),
  ])
}

/** As the sitemap's schema has it: an ISO 639 code of two or three letters, but Chinese by its script; `und` for what has none. */
function newsLanguage(language: string): string {
  const [primary = '', ...rest] = language.toLowerCase().split('-')
  if (primary === 'zh') return rest.some(tag => ['hant', 'tw', 'hk', 'mo'].includes(tag)) ? 'zh-tw' : 'zh-cn'
  return /^[a-z]{2,3}$/.test(primary) ? primary : 'und'
}

function parent(name: string, children: readonly string[]): string {
  return `<${name}>${children.join('')}</${name}>`
}

function document(root: string, values: Readonly<Record<string, string>>, entries: readonly string[]): string {
  const lines = entries.map(entry => `${entry}\n`).join('')
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${root}${attributes(values)}>\n${lines}</${root}>\n`
}
