import type { Head } from '../head.ts'
import { renderOpml } from '../show/opml.ts'
import { copyScript, scriptPath } from '../show/pages/script.ts'
import { renderSitemap, renderSitemapIndex, sitemapLength, sitemapPath, sitemapSpan } from '../show/sitemap.ts'
import type { History, Newsstand } from './newsstand.ts'
import { textFile, type StaticFile } from './static-file.ts'

/** What leads to everything else beside the directory: the OPML and the news sitemap; and the script of the pages. */
export function listFiles({ heads }: History, { site, feeds, now }: Newsstand): StaticFile[] {
  return [
    ...sitemaps([...heads.values()], { site, now }),
    textFile(scriptPath.slice(1), copyScript),
    textFile('feeds.opml', renderOpml(site, feeds)),
  ]
}

/** `sitemap-news.xml`; with more articles than a page of it may have, the index of `sitemap-news-1.xml`, ... */
function sitemaps(heads: readonly Head[], { site, now }: Pick<Newsstand, 'site' | 'now'>): StaticFile[] {
  const recent = heads
    .filter(({ published }) => Date.parse(published) >= now - sitemapSpan)
    .toSorted((a, b) => (a.published > b.published ? -1 : Number(a.published < b.published)))
  const front = 'sitemap-news.xml'
  if (recent.length <= sitemapLength) return [textFile(front, renderSitemap(site, recent))]
  const count = Math.ceil(recent.length / sitemapLength)
  const pages = Array.from({ length: count }, (_, index) => {
    const part = recent.slice(index * sitemapLength, (index + 1) * sitemapLength)
    return textFile(sitemapPath(index + 1).slice(1), renderSitemap(site, part))
  })
  return [...pages, textFile(front, renderSitemapIndex(site, count))]
}
