import { Feed } from 'feed'
import type { Article } from '../../article.ts'
import { excerptOf } from '../../excerpt.ts'
import { maxAge } from '../../feed.ts'
import { uriOf } from './address.ts'
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
  feedUrl,
  historyNamespace,
  inCdata,
  rightsOf,
} from './core.ts'
import type { EntryStyle, Format, Frame } from './format.ts'
import { licenceElement, licenceNamespace } from './licence.ts'
import { enclosureOf, mediaElements, mediaNamespace } from './media.ts'
import { episodeElements, podcastElements, podcastIndexNamespace, podcastNamespace } from './podcast.ts'
import { htmlOf, summaryHtml, summaryOf, titleOf } from './texts.ts'
import { element, textElement } from './xml.ts'

/** RSS 2.0 (https://www.rssboard.org/rss-specification), with the modules content, dc, atom and media; itunes and rsl where a feed asks for them. */
export const rss: Format = {
  title: 'RSS',
  aliases: ['application/xml', 'text/xml', 'text/*'],
  contentType: 'application/rss+xml; charset=utf-8',
  head,
  entry,
  separator: '',
  tail: '    </channel>\n</rss>\n',
}

function head(frame: Frame): string {
  const { site, feed, archive } = frame
  const { podcast } = feed
  const channel = new Feed({
    ...coreHead(frame, 'rss'),
    language: feed.language,
    ttl: maxAge / 60,
    copyright: podcast && ampersands(podcast.copyright ?? `© ${site.publisher.name}`),
  })
  const namespaces = {
    'xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
    'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
    'xmlns:media': mediaNamespace,
    'xmlns:fh': archive && historyNamespace,
    'xmlns:itunes': podcast && podcastNamespace,
    'xmlns:podcast': podcast && podcastIndexNamespace,
    'xmlns:rsl': feed.licence && licenceNamespace,
  }
  const added = archive?.page === undefined ? [] : ['<fh:archive/>']
  added.push(...archiveLinks(frame, 'rss').map(link => element('atom:link', link)))
  if (podcast !== undefined) added.push(...podcastElements(podcast, feedUrl(frame, 'rss')))
  return cutHead(channel.rss2(), 'rss', '</channel>', namespaces) + added.map(line => `        ${line}\n`).join('')
}

function entry(article: Article, style: EntryStyle, excerpt = excerptOf(article)): string {
  const { site, content } = style
  const summary = summaryHtml(article, summaryOf(article, excerpt, site))
  const feed = feedOf({
    ...coreItem(article, style, content === 'full' ? htmlOf(article, site) : undefined),
    description: inCdata(summary),
    // Plain text escaped once, as the RSS Advisory Board asks for. The CDATA section that `feed` would write breaks at a second `]]>`.
    extensions: [{ name: 'title', objects: { _text: ampersands(titleOf(article)) } }],
  })
  return cutEntry(feed.rss2(), 'item', additions(article, style))
}

function additions(article: Article, { site, podcast, licence }: EntryStyle): string[] {
  const added = categoriesOf(article).map(({ name, scheme }) => textElement('category', name, { domain: scheme }))
  // RSS's own `author` is an e-mail address.
  for (const { name } of creatorsOf(article)) added.push(textElement('dc:creator', name))
  added.push(textElement('dc:language', article.language))
  // RSS's own `source` must be a feed's address.
  if (article.link !== undefined) added.push(textElement('dc:source', uriOf(article.link)))
  const rights = rightsOf(article)
  if (rights !== undefined) added.push(textElement('dc:rights', rights))
  const changed = changedOf(article)
  // Not `dcterms:modified`, which says the same: one namespace less, and the one that readers know.
  if (changed > article.published) added.push(textElement('atom:updated', changed))
  if (licence !== undefined) added.push(licenceElement(article, licence, site))
  const enclosure = enclosureOf(article, podcast !== undefined)
  if (enclosure !== undefined) {
    const { url, length, type } = enclosure
    added.push(element('enclosure', { url, length, type }))
  }
  if (podcast !== undefined) added.push(...episodeElements(article, podcast))
  return [...added, ...mediaElements(article)]
}
