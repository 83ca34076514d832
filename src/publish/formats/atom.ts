import { Feed } from 'feed'
import type { Article, Party } from '../../article.ts'
import { excerptOf } from '../../excerpt.ts'
import { uriOf } from './address.ts'
import {
  absolute,
  ampersands,
  archiveLinks,
  categoriesOf,
  coreHead,
  coreItem,
  creatorsOf,
  cutEntry,
  cutHead,
  feedOf,
  historyNamespace,
  rightsOf,
} from './core.ts'
import type { EntryStyle, Format, Frame } from './format.ts'
import { licenceLink } from './licence.ts'
import { enclosuresOf, mediaElements, mediaNamespace } from './media.ts'
import { element, escapeText } from './xml.ts'

/** Atom 1.0 (RFC 4287), with the media module of RSS. */
export const atom: Format = {
  title: 'Atom',
  aliases: [],
  contentType: 'application/atom+xml; charset=utf-8',
  head,
  entry,
  separator: '',
  tail: '</feed>\n',
}

function head(frame: Frame): string {
  const { site, feed } = frame
  const empty = new Feed({
    ...coreHead(frame, 'atom'),
    id: ampersands(`tag:${site.authority}:feeds/${feed.name}`),
    author: person(site.publisher),
  })
  const namespaces = {
    'xmlns:media': mediaNamespace,
    'xmlns:fh': frame.archive && historyNamespace,
  }
  const added = frame.archive?.page === undefined ? [] : ['<fh:archive/>']
  added.push(...archiveLinks(frame, 'atom').map(link => element('link', link)))
  const written = cutHead(empty.atom1(), 'feed', '</feed>', { 'xml:lang': feed.language, ...namespaces })
  return written + added.map(line => `    ${line}\n`).join('')
}

function entry(article: Article, style: EntryStyle, excerpt = excerptOf(article)): string {
  const rights = rightsOf(article)
  const feed = feedOf({
    ...coreItem(article, style, excerpt),
    // `feed` declares titles as HTML: plain text must be escaped for that as well.
    title: escapeText(article.title),
    author: creatorsOf(article).map(person),
    copyright: rights === undefined ? undefined : ampersands(rights),
  })
  return cutEntry(feed.atom1(), 'entry', additions(article, style), { 'xml:lang': article.language })
}

function person({ name, url }: Party): { name: string; link?: string } {
  return { name: ampersands(name), link: absolute(url) }
}

function additions(article: Article, { licence }: EntryStyle): string[] {
  // Here and not by `feed`, which writes a category without its required `term`, and `<` in attributes as it is.
  const added = categoriesOf(article).map(({ name, code, scheme }) =>
    element('category', { term: code ?? name, scheme: absolute(scheme), label: code === undefined ? undefined : name }),
  )
  if (article.link !== undefined) added.push(element('link', { rel: 'via', href: uriOf(article.link) }))
  for (const { url, type, length } of enclosuresOf(article)) {
    added.push(element('link', { rel: 'enclosure', href: url, type, length }))
  }
  if (licence !== undefined) added.push(...licenceLink(licence))
  return [...added, ...mediaElements(article)]
}
