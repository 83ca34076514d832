import { createHash } from 'node:crypto'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { Article } from '../../src/article.ts'
import type { Edition, FeedEditions } from '../../src/edition.ts'
import type { Feed } from '../../src/feed.ts'
import type { Head } from '../../src/head.ts'
import type { Site } from '../../src/site.ts'
import { formats } from '../../src/publish/formats/index.ts'

export const site: Site = {
  title: 'The Harbour Post',
  url: 'https://news.example/wire',
  publisher: { name: 'Harbour Media' },
  authority: 'news.example,2024',
  language: 'en',
}

export function makeFeed(name: string, changes: Partial<Feed> = {}): Feed {
  return {
    name,
    title: `All of ${name}`,
    description: `What happens in ${name}`,
    select: { sections: [], languages: [], sources: [], keywords: [] },
    limit: 50,
    content: 'full',
    access: 'public',
    language: 'en',
    formerly: [],
    gone: false,
    ...changes,
  }
}

export function makeArticle(changes: Partial<Article> = {}): Article {
  return {
    uri: 'tag:news.example,2024:the-desk/abcdefghij234567',
    source: 'the-desk',
    key: 'abcdefghij234567',
    version: 1,
    pubStatus: 'usable',
    title: 'Ferry & tram share a ticket',
    html: '<p>From Monday, one ticket is enough. It costs two crowns, the harbour office said.</p>',
    language: 'en',
    published: '2024-05-06T07:08:09Z',
    changed: '2024-05-06T07:08:09Z',
    keywords: [],
    authors: [{ name: 'Ada Quay' }],
    media: [],
    ...changes,
  }
}

export function headOf(article: Article, changes: Partial<Head> = {}): Head {
  const { source, key, version, pubStatus, title, language, section, keywords, published, changed } = article
  const head = { source, key, version, pubStatus, title, language, keywords, published, changed, body: '' }
  return { ...head, ...(section !== undefined && { section }), ...changes }
}

/** The editions of a feed with these articles, sealed, as publish leaves them. `modified`: seconds since 1970. */
export function seal(feed: Feed, articles: readonly Article[], modified = 1_700_000_000): FeedEditions {
  const editions = Object.entries(formats).map(([format, { head, entry, separator, tail, contentType }]): Edition => {
    const entries = articles.map(article => entry(article, { site, content: feed.content }))
    const identity = Buffer.from(head({ site, feed }) + entries.join(separator) + tail)
    return {
      feed: feed.name,
      format,
      contentType,
      hash: createHash('sha256').update(identity).digest('hex').slice(0, 16),
      modified,
      bodies: { identity, gzip: gzipSync(identity), br: brotliCompressSync(identity) },
    }
  })
  return { feed: feed.name, position: 1, editions }
}
