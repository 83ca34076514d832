import { Feed, type FeedOptions, type Item } from 'feed'
import { pagePath, type Article, type Instant, type Party, type Term } from '../../article.ts'
import { hubOf } from '../../feed.ts'
import type { Site } from '../../site.ts'
import { uriOf } from './address.ts'
import type { EntryStyle, Frame } from './format.ts'
import { attributes, type Attributes } from './xml.ts'

/*
 * The npm package `feed` writes the core of every RSS and Atom entry and head. Its traps are kept out here, before it,
 * and what it cannot express is added here, after it.
 */

/**
 * Stands for the change date of a feed that never had an article: fixed, since `feed` would print the current time. What is older
 * the W3C feed validator calls implausible (https://validator.w3.org/feed/docs/warning/ImplausibleDate.html).
 */
const beforeTheFirst: Instant = '1990-01-01T00:00:00Z'

/** What RSS and Atom share of an item, in the shape of `feed`. Its title is still bare, and its summary not there: each format escapes them in its own way. `html`: the whole text, where it goes with it. */
export function coreItem(article: Article, { site }: EntryStyle, html: string | undefined): Item {
  return {
    title: article.title,
    id: article.uri,
    link: linkOf(article, site),
    date: new Date(changedOf(article)),
    published: new Date(article.published),
    content: html === undefined ? undefined : inCdata(html),
  }
}

/** Where an item leads: to the article's page, ours or the source's own. */
export function linkOf(article: Article, site: Site): string {
  return ownPageOf(article, site) ?? site.url + pagePath(article)
}

/** The source's own page, where items may lead there and it is one of the web. */
function ownPageOf({ link }: Article, { links }: Site): string | undefined {
  return links !== 'here' && link !== undefined && /^https?:\/\/[^/]/i.test(link) ? uriOf(link) : undefined
}

/** The source's own page, where the item itself does not lead there. */
export function linkBeside(article: Article, site: Site): string | undefined {
  return article.link === undefined || ownPageOf(article, site) !== undefined ? undefined : uriOf(article.link)
}

/** What RSS and Atom share of a feed's head, in the shape of `feed`. No version in `generator`: an upgrade must not change bytes. */
export function coreHead(frame: Frame, extension: string): FeedOptions {
  const { feed, changed } = frame
  return {
    title: ampersands(feed.title),
    description: ampersands(feed.description),
    link: feedPage(frame),
    feed: selfUrl(frame, extension),
    hub: hubIn(frame),
    image: feed.image === undefined ? undefined : ampersands(uriOf(feed.image)),
    favicon: feed.icon === undefined ? undefined : ampersands(uriOf(feed.icon)),
    updated: new Date(changed ?? beforeTheFirst),
    generator: 'Feedwire',
  }
}

/** A `Feed` of this one item and the least of a head, for its entry to be cut out. */
export function feedOf(item: Item): Feed {
  const feed = new Feed({ title: '', generator: false, updated: item.date })
  feed.addItem(item)
  return feed
}

/** Cuts the one `item` or `entry` out of what `feed` wrote, with attributes on it and the additions at its end. */
export function cutEntry(xml: string, name: string, additions: readonly string[], values: Attributes = {}): string {
  const start = xml.indexOf(`<${name}>`)
  const indent = xml.slice(xml.lastIndexOf('\n', start), start)
  // The last end tag is the right one: text may hold another in its CDATA, but nothing with text follows the entry.
  const core = xml.slice(start + name.length + 2, xml.lastIndexOf(`</${name}>`)).trimEnd()
  const added = additions.map(addition => `${indent}    ${addition}`).join('')
  return `${indent.slice(1)}<${name}${attributes(values)}>${core}${added}${indent}</${name}>\n`
}

/** Cuts the head out of what `feed` wrote without items: all before the end tag, with more attributes on the root. */
export function cutHead(xml: string, root: string, endTag: string, values: Attributes): string {
  const start = xml.indexOf(`<${root} `) + root.length + 1
  const end = xml.lastIndexOf(endTag)
  return `${xml.slice(0, start)}${attributes(values)}${xml.slice(start, end).trimEnd()}\n`
}

/**
 * Text as `feed` must be given it: it turns every `&amp;` into `&` before it escapes, so that a text with a literal
 * `&amp;` would lose it. Not for links, which it escapes by itself.
 */
export function ampersands(text: string): string {
  return text.replaceAll('&', '&amp;')
}

/** `feed` splits only the first `]]>` in a CDATA section; in HTML text and attributes the reference says the same. */
export function inCdata(html: string): string {
  return html.replaceAll(']]>', ']]&gt;')
}

/** `URL/feeds/NAME`: the feed's page for people, its one web address. */
export function feedPage({ site, feed }: Pick<Frame, 'site' | 'feed'>): string {
  return `${site.url}/feeds/${feed.name}`
}

/** `URL/feeds/NAME.EXTENSION`. */
export function feedUrl({ site, feed }: Pick<Frame, 'site' | 'feed'>, extension: string): string {
  return `${site.url}/feeds/${feed.name}.${extension}`
}

/** `URL/feeds/NAME/archive/N.EXTENSION`. */
export function archiveUrl({ site, feed }: Pick<Frame, 'site' | 'feed'>, page: number, extension: string): string {
  return `${site.url}/feeds/${feed.name}/archive/${page}.${extension}`
}

/** Where this document lies: the feed, or a page of its archive. */
export function selfUrl(frame: Frame, extension: string): string {
  const page = frame.archive?.page
  return page === undefined ? feedUrl(frame, extension) : archiveUrl(frame, page, extension)
}

/** The hub that a document names: a page of the archive is not what one subscribes to. */
export function hubIn({ site, feed, archive }: Frame): string | undefined {
  return archive?.page === undefined ? hubOf(site, feed) : undefined
}

/** The links from one document of a feed to the others (RFC 5005, section 4). */
export function archiveLinks(frame: Frame, extension: string): { rel: string; href: string }[] {
  const { archive } = frame
  if (archive === undefined) return []
  const { page, last } = archive
  const previous = page === undefined ? last : page - 1
  const links: { rel: string; href: string }[] = []
  if (page !== undefined) links.push({ rel: 'current', href: feedUrl(frame, extension) })
  if (previous > 0) links.push({ rel: 'prev-archive', href: archiveUrl(frame, previous, extension) })
  if (page !== undefined && page < last)
    links.push({ rel: 'next-archive', href: archiveUrl(frame, page + 1, extension) })
  return links
}

/** https://www.rfc-editor.org/rfc/rfc5005, section 4 */
export const historyNamespace = 'http://purl.org/syndication/history/1.0'

/** When this version came about, never before publication: an article may be corrected while it is still held back. */
export function changedOf(article: Pick<Article, 'changed' | 'published'>): Instant {
  return article.changed > article.published ? article.changed : article.published
}

/** Who made it: its authors, else its publisher; an organisation is a fine author. */
export function creatorsOf(article: Article): Party[] {
  if (article.authors.length > 0) return article.authors
  return article.publisher === undefined ? [] : [article.publisher]
}

/** `feed` throws on an address that is not absolute; then the name stands alone. */
export function absolute(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) ? uriOf(url) : undefined
}

/** Section, keywords and subjects, each name once, with its code where it has one. What has no name but its code is for machines. */
export function categoriesOf({ section, keywords, subjects = [] }: Article): Term[] {
  const named = subjects.filter(({ name, code }) => name !== code)
  const terms = new Map(named.toReversed().map(({ name, code, scheme }) => [name, { name, code, scheme }]))
  const first = section === undefined ? keywords : [section, ...keywords]
  return [...new Set([...first, ...named.map(({ name }) => name)])].map(name => terms.get(name) ?? { name })
}

/** The whole URI of a term: its own, or its code in a vocabulary that is one. */
export function uriOfTerm({ code, scheme }: Term): string | undefined {
  if (code === undefined) return undefined
  if (/^(?:https?:\/\/|urn:|tag:)/i.test(code)) return absolute(code)
  if (scheme === undefined || !/^(?:https?:\/\/.*[/#]|urn:.*[:#])$/i.test(scheme)) return undefined
  return absolute(scheme + code.slice(code.indexOf(':') + 1))
}

/** Everything that binds whoever shows it: the copyright notice, else its holder, and the terms of use. */
export function rightsOf({ rights, copyrightHolder, usageTerms }: Article): string | undefined {
  const notice = rights ?? copyrightHolder
  if (notice === undefined || usageTerms === undefined) return notice ?? usageTerms
  return `${notice}${/[.!?。]$/u.test(notice) ? '' : '.'} ${usageTerms}`
}

const rightToLeftScripts = new Set(['adlm', 'arab', 'aran', 'hebr', 'mand', 'nkoo', 'rohg', 'samr', 'syrc', 'thaa'])
const rightToLeftLanguages = new Set(
  'ar aeb apc arc ary arz azb bqi ckb dv fa glk he iw ji ks lrc mzn nqo pnb prs ps sd syr ug ur yi'.split(' '),
)

/** Is this language (BCP 47) written from right to left? Its script decides where the tag names one. */
export function isRightToLeft(language: string): boolean {
  const [primary = '', ...rest] = language.toLowerCase().split('-')
  const script = rest.find(subtag => subtag.length === 4 && /^[a-z]+$/.test(subtag))
  return script === undefined ? rightToLeftLanguages.has(primary) : rightToLeftScripts.has(script)
}
