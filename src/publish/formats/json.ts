import { pagePath, type Article, type Media, type Party } from '../../article.ts'
import { excerptOf } from '../../excerpt.ts'
import { absolute, archiveLinks, categoriesOf, changedOf, creatorsOf, feedUrl, htmlOf } from './core.ts'
import type { EntryStyle, Format, Frame } from './format.ts'

/** JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/). Keys stand in the order of the specification. */
export const json: Format = {
  contentType: 'application/feed+json; charset=utf-8',
  head,
  entry: (article, style) => JSON.stringify(item(article, style)),
  separator: ',\n',
  tail: '\n]}\n',
}

function head(frame: Frame): string {
  const { site, feed } = frame
  const object = JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    home_page_url: `${site.url}/`,
    feed_url: feedUrl(frame, 'json'),
    description: feed.description || undefined,
    next_url: archiveLinks(frame, 'json').find(({ rel }) => rel === 'prev-archive')?.href,
    icon: feed.image,
    authors: [author(site.publisher)],
    language: feed.language,
  })
  return `${object.slice(0, -1)},"items":[\n`
}

function item(article: Article, { site, content }: EntryStyle): object {
  const excerpt = excerptOf(article)
  return {
    id: article.uri,
    url: site.url + pagePath(article),
    external_url: article.link,
    title: article.title,
    ...(content === 'full' ? { content_html: htmlOf(article), summary: excerpt } : { content_text: excerpt }),
    image: article.media.find(({ kind }) => kind === 'image')?.url,
    date_published: article.published,
    date_modified: changedOf(article),
    authors: filled(creatorsOf(article).map(author)),
    tags: filled(categoriesOf(article)),
    language: article.language,
    attachments: filled(article.media.flatMap(attachment)),
  }
}

function author({ name, url }: Party): object {
  return { name, url: absolute(url) }
}

/** Only where the type is known: it is required. No `title`, since two attachments of the same title count as one thing in two forms. */
function attachment({ url, type, length, duration }: Media): object[] {
  return type === undefined ? [] : [{ url, mime_type: type, size_in_bytes: length, duration_in_seconds: duration }]
}

function filled<T>(list: T[]): T[] | undefined {
  return list.length === 0 ? undefined : list
}
