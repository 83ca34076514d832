import type { Origins, Told } from '../draft.ts'
import { originsAmong, type Statements } from '../origins.ts'
import type { XmlElement } from '../xml/xml.ts'
import { all, type Vocabulary } from './feed-xml.ts'

/** Elements by their usual prefix, those of the format itself without one; what only the feed as a whole says has `feed:` in front. */
const inRss: Statements = {
  ownId: ['guid', 'link'],
  pubStatus: ['wp:status'],
  title: ['title', 'dc:title'],
  standfirst: ['description', 'itunes:summary', 'media:description'],
  language: ['dc:language', 'feed:language', 'feed:dc:language'],
  published: ['pubDate', 'dcterms:issued', 'dc:date', 'atom:published', 'atom:updated', 'wp:post_date_gmt'],
  modified: ['atom:updated', 'dcterms:modified', 'wp:post_modified_gmt'],
  section: ['category', 'dc:subject'],
  keywords: ['category', 'dc:subject'],
  authors: ['dc:creator', 'author', 'atom:author', 'itunes:author'],
  publisher: ['source', 'dc:publisher'],
  rights: ['dc:rights', 'media:copyright', 'copyright', 'feed:copyright', 'feed:dc:rights'],
  media: ['enclosure', 'media:content', 'media:group', 'media:thumbnail', 'itunes:image'],
  link: ['link', 'guid', 'atom:link'],
}

const inAtom: Statements = {
  ownId: ['id', 'link'],
  title: ['title'],
  standfirst: ['summary', 'media:description'],
  language: ['dc:language'],
  published: ['published', 'issued', 'created', 'dc:date', 'updated', 'modified'],
  modified: ['updated', 'modified'],
  section: ['category', 'dc:subject'],
  keywords: ['category', 'dc:subject'],
  authors: ['author', 'dc:creator', 'source', 'feed:author', 'feed:dc:creator'],
  publisher: ['source'],
  rights: ['rights', 'source', 'feed:rights'],
  media: ['link', 'media:content', 'media:group', 'media:thumbnail'],
  link: ['link'],
}

export function rssOrigins(item: XmlElement, channel: XmlElement | undefined): Origins {
  return originsAmong(inRss, statement => placeOf(statement, 'rss', item, channel))
}

export function atomOrigins(entry: XmlElement, feed: XmlElement | undefined): Origins {
  const language = '{http://www.w3.org/XML/1998/namespace}lang'
  const tagged = [entry, feed].find(element => element?.attributes.has(language))
  const origins = originsAmong(inAtom, statement => placeOf(statement, 'atom', entry, feed))
  return { ...(tagged && { language: `<${tagged.name} xml:lang>, line ${tagged.line}` }), ...origins }
}

function placeOf(
  statement: string,
  own: Vocabulary,
  entry: XmlElement,
  feed: XmlElement | undefined,
): string | undefined {
  const isOfFeed = statement.startsWith('feed:')
  const written = isOfFeed ? statement.slice('feed:'.length) : statement
  const [prefix, name] = written.includes(':') ? (written.split(':') as [Vocabulary, string]) : [own, written]
  const [found] = all(isOfFeed ? feed : entry, prefix, name)
  return found && `<${written}>${isOfFeed ? ' of the feed' : ''}, line ${found.line}`
}

/** By the names of JSON Feed 1.1. */
export const inJsonFeed: Readonly<Partial<Record<Told, readonly string[]>>> = {
  ownId: ['id', 'url'],
  title: ['title'],
  standfirst: ['summary'],
  language: ['language'],
  published: ['date_published', 'date_modified'],
  modified: ['date_modified'],
  keywords: ['tags'],
  authors: ['authors', 'author'],
  media: ['image', 'banner_image', 'attachments'],
  link: ['url', 'external_url'],
}
