import { describe, expect, it } from 'vitest'
import { refOf } from '../../src/article.ts'
import type { Head } from '../../src/head.ts'
import { listFiles } from '../../src/export/lists.ts'
import type { Newsstand } from '../../src/export/newsstand.ts'
import { headOf, makeArticle, makeFeed, site } from '../serve/samples.ts'

const now = Date.parse('2024-06-03T12:00:00Z')

/** The news sitemap's files with their texts, for articles published so many minutes ago. */
async function sitemaps(minutes: readonly number[]): Promise<Map<string, string>> {
  const heads = minutes.map((age, i): Head => {
    const published = new Date(now - age * 60_000).toISOString().replace('.000', '')
    const key = `abcdefghij2345${String.fromCharCode(97 + (i % 26))}${String.fromCharCode(97 + (Math.floor(i / 26) % 26))}-${i}`
    return headOf(makeArticle({ key, published, changed: published, title: `Story ${age}` }))
  })
  const history = { heads: new Map(heads.map(head => [refOf(head), head])), pages: new Map() }
  const newsstand = { site, feeds: [makeFeed('all')], now } as unknown as Newsstand
  const files = listFiles(history, newsstand).filter(({ path }) => path.startsWith('sitemap'))
  const made = await Promise.all(
    files.map(async ({ path, make }) => [path, String((await make()).bodies.identity)] as const),
  )
  return new Map(made)
}

const titles = (text: string | undefined) => text?.match(/Story \d+/g) ?? []

describe('the exported news sitemap', () => {
  it('lists the last two days, newest first', async () => {
    const found = await sitemaps([2880, 5, 2881, 90])
    expect([...found.keys()]).toEqual(['sitemap-news.xml'])
    expect(titles(found.get('sitemap-news.xml'))).toEqual(['Story 5', 'Story 90', 'Story 2880'])
  })

  it('has pages of 1,000 behind an index where one is not enough', async () => {
    const found = await sitemaps(Array.from({ length: 1001 }, (_, i) => i))
    expect([...found.keys()].toSorted()).toEqual(['sitemap-news-1.xml', 'sitemap-news-2.xml', 'sitemap-news.xml'])
    expect(titles(found.get('sitemap-news-1.xml'))).toHaveLength(1000)
    expect(titles(found.get('sitemap-news-2.xml'))).toEqual(['Story 1000'])
    expect(found.get('sitemap-news.xml')).toContain(`${site.url}/sitemap-news-2.xml`)
  })
})
