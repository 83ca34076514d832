import { Feed } from 'feed'
import type { Article } from '../../article.ts'
import {
  ampersands,
  archiveLinks,
  categoriesOf,
  changedOf,
  coreHead,
  coreItem,
  creatorsOf,
  cutEntry,
  cutHead,
  feedOf,
  historyNamespace,
  mediaElements,
  mediaNamespace,
} from './core.ts'
import type { EntryStyle, Format, Frame } from './format.ts'
import { element, textElement } from './xml.ts'

/** Minutes; agrees with the `max-age` of editions, since readers wait for the longer of the two. */
const ttl = 1

/** RSS 2.0 (https://www.rssboard.org/rss-specification), with the modules content, dc, atom and media. */
export const rss: Format = {
  contentType: 'application/rss+xml; charset=utf-8',
  head,
  entry,
  separator: '',
  tail: '    </channel>\n</rss>\n',
}

function head(frame: Frame): string {
  const channel = new Feed({ ...coreHead(frame, 'rss'), language: frame.feed.language, ttl })
  const namespaces = {
    'xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
    'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
    'xmlns:media': mediaNamespace,
    'xmlns:fh': frame.archive === undefined ? undefined : historyNamespace,
  }
  const links = archiveLinks(frame, 'rss').map(link => element('atom:link', link))
  const history = frame.archive?.page === undefined ? links : ['<fh:archive/>', ...links]
  return cutHead(channel.rss2(), 'rss', '</channel>', namespaces) + history.map(line => `        ${line}\n`).join('')
}

function entry(article: Article, style: EntryStyle): string {
  const feed = feedOf({
    ...coreItem(article, style),
    category: categoriesOf(article).map(name => ({ name: ampersands(name) })),
    // Plain text escaped once, as the RSS Advisory Board asks for. The CDATA section that `feed` would write breaks at a second `]]>`.
    extensions: [{ name: 'title', objects: { _text: ampersands(article.title) } }],
  })
  return cutEntry(feed.rss2(), 'item', additions(article))
}

function additions(article: Article): string[] {
  // RSS's own `author` is an e-mail address.
  const added = creatorsOf(article).map(creator => textElement('dc:creator', creator.name))
  added.push(textElement('dc:language', article.language))
  // RSS's own `source` must be a feed's address.
  if (article.link !== undefined) added.push(textElement('dc:source', article.link))
  if (article.rights !== undefined) added.push(textElement('dc:rights', article.rights))
  const changed = changedOf(article)
  if (changed > article.published) added.push(textElement('atom:updated', changed))
  return [...added, ...enclosure(article), ...mediaElements(article)]
}

/** RSS allows one enclosure an item, and requires its type and length. A recording goes first: images are looked for in `media:content` too. */
function enclosure({ media }: Article): string[] {
  const known = media.filter(({ type, length }) => type !== undefined && length !== undefined)
  const chosen = known.find(({ kind }) => kind !== 'image') ?? known[0]
  return chosen === undefined
    ? []
    : [element('enclosure', { url: chosen.url, length: chosen.length, type: chosen.type })]
}
