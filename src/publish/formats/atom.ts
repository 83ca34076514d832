import { Feed } from 'feed'
import type { Article, Party } from '../../article.ts'
import { excerptOf } from '../../excerpt.ts'
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
  linkBeside,
  rightsOf,
} from './core.ts'
import type { EntryStyle, Format, Frame, Gone } from './format.ts'
import { licenceLink } from './licence.ts'
import { enclosuresOf, mediaElements, mediaNamespace } from './media.ts'
import { htmlOf, markedSummary, summaryOf, titleOf } from './texts.ts'
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
    'xmlns:at': frame.gone && frame.gone.length > 0 ? tombstoneNamespace : undefined,
  }
  const added = frame.archive?.page === undefined ? [] : ['<fh:archive/>']
  added.push(...archiveLinks(frame, 'atom').map(link => element('link', link)))
  added.push(...(frame.gone ?? []).map(tombstone))
  const written = cutHead(empty.atom1(), 'feed', '</feed>', { 'xml:lang': feed.language, ...namespaces })
  return written + added.map(line => `    ${line}\n`).join('')
}

/** RFC 6721. */
const tombstoneNamespace = 'http://purl.org/atompub/tombstones/1.0'

function tombstone({ uri, changed, note }: Gone): string {
  const comment = note === undefined ? [] : [element('at:comment', {}, [escapeText(note)])]
  return element('at:deleted-entry', { ref: uri, when: changed }, comment)
}

function entry(article: Article, style: EntryStyle, excerpt = excerptOf(article)): string {
  const rights = rightsOf(article)
  const feed = feedOf({
    ...coreItem(article, style, style.content === 'full' ? htmlOf(article, style.site) : undefined),
    title: '',
    author: creatorsOf(article).map(person),
    copyright: rights === undefined ? undefined : ampersands(rights),
  })
  const written = feed.atom1().replace(untitled, () => element('title', plain, [escapeText(titleOf(article))]))
  return cutEntry(written, 'entry', additions(article, style, excerpt), { 'xml:lang': article.language })
}

/** `feed` declares a title as HTML, and most readers show the escapes that it then needs: plain text is of `type="text"` (RFC 4287, 3.1.1.1). */
const untitled = '<title type="html"><![CDATA[]]></title>'
const plain = { type: 'text' }

function person({ name, url }: Party): { name: string; link?: string } {
  return { name: ampersands(name), link: absolute(url) }
}

function additions(article: Article, { site, licence }: EntryStyle, excerpt: string): string[] {
  const summary = markedSummary(article, summaryOf(article, excerpt, site))
  const added = summary === '' ? [] : [element('summary', plain, [escapeText(summary)])]
  // Here and not by `feed`, which writes a category without its required `term`, and `<` in attributes as it is.
  for (const { name, code, scheme } of categoriesOf(article)) {
    const label = code === undefined ? undefined : name
    added.push(element('category', { term: code ?? name, scheme: absolute(scheme), label }))
  }
  const own = linkBeside(article, site)
  if (own !== undefined) added.push(element('link', { rel: 'via', href: own }))
  for (const { url, type, length } of enclosuresOf(article)) {
    added.push(element('link', { rel: 'enclosure', href: url, type, length }))
  }
  if (licence !== undefined) added.push(...licenceLink(licence))
  return [...added, ...mediaElements(article)]
}
