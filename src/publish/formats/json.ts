import type { Article, Party } from '../../article.ts'
import { excerptOf } from '../../excerpt.ts'
import { uriOf } from './address.ts'
import {
  absolute,
  archiveLinks,
  categoriesOf,
  changedOf,
  creatorsOf,
  feedPage,
  feedUrl,
  hubIn,
  linkBeside,
  linkOf,
} from './core.ts'
import type { EntryStyle, Format, Frame, Gone } from './format.ts'
import { enclosuresOf, type Enclosure } from './media.ts'
import { htmlOf, markedSummary, summaryOf } from './texts.ts'

/** JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/). Keys stand in the order of the specification. */
export const json: Format = {
  title: 'JSON Feed',
  aliases: ['application/json'],
  contentType: 'application/feed+json; charset=utf-8',
  head,
  entry: (article, style, excerpt = excerptOf(article)) => JSON.stringify(item(article, style, excerpt)),
  separator: ',\n',
  tail: '\n]}\n',
}

function head(frame: Frame): string {
  const { site, feed } = frame
  const hub = hubIn(frame)
  const object = JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    home_page_url: feedPage(frame),
    feed_url: feedUrl(frame, 'json'),
    description: feed.description || undefined,
    next_url: archiveLinks(frame, 'json').find(({ rel }) => rel === 'prev-archive')?.href,
    icon: feed.image && uriOf(feed.image),
    favicon: feed.icon && uriOf(feed.icon),
    authors: [author(site.publisher)],
    language: feed.language,
    hubs: hub && [{ type: 'WebSub', url: hub }],
    _feedwire: frame.gone && { canceled: frame.gone.map(notice) },
  })
  return `${object.slice(0, -1)},"items":[\n`
}

/** Of our own (JSON Feed 1.1, Extensions): what was taken away. */
function notice({ uri, pubStatus, changed, note }: Gone): object {
  return { id: uri, status: pubStatus, date: changed, reason: note }
}

function item(article: Article, { site, content }: EntryStyle, excerpt: string): object {
  const image = article.media.find(({ kind }) => kind === 'image')
  const summary = markedSummary(article, summaryOf(article, excerpt, site))
  return {
    id: article.uri,
    url: linkOf(article, site),
    external_url: linkBeside(article, site),
    title: article.title,
    // One of them has to be there (JSON Feed 1.1, Items): of a headline alone it is that.
    ...(content === 'full'
      ? { content_html: htmlOf(article, site), summary }
      : { content_text: summary || article.title }),
    image: image && uriOf(image.url),
    date_published: article.published,
    date_modified: changedOf(article),
    authors: filled(creatorsOf(article).map(author)),
    tags: filled(categoriesOf(article).map(({ name }) => name)),
    language: article.language,
    attachments: filled(enclosuresOf(article).map(attachment)),
  }
}

function author({ name, url }: Party): object {
  return { name, url: absolute(url) }
}

function attachment({ url, type, title, length, duration }: Enclosure): object {
  return { url, mime_type: type, title, size_in_bytes: length, duration_in_seconds: duration }
}

function filled<T>(list: T[]): T[] | undefined {
  return list.length === 0 ? undefined : list
}
