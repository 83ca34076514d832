import { DOMParser } from 'linkedom'
import type { XmlDocument } from 'libxml2-wasm'
import { podcastCategories } from '../../src/publish/formats/podcast-categories.ts'

/*
 * What the W3C feed validator (https://validator.w3.org/feed/docs/) finds fault with, by its own expressions, as far as
 * editions can break it. Left out is what the design allows: markup quoted in a title, entries of the same second, `rsl`
 * where a feed has a licence, since the validator does not know it yet. So it is with what else the newsroom alone can mend: HTML
 * that was not valid, characters lost before us (U+FFFD), recordings whose address does not end as Apple wants it (.mp3), a podcast
 * without an owner, a logo that is no GIF, JPEG or PNG, and languages of ISO 639-3 alone (`yue`), which it takes for none.
 */

/** The one prefix under which the validator knows each namespace. */
const known: Readonly<Record<string, string>> = {
  atom: 'http://www.w3.org/2005/Atom',
  content: 'http://purl.org/rss/1.0/modules/content/',
  dc: 'http://purl.org/dc/elements/1.1/',
  fh: 'http://purl.org/syndication/history/1.0',
  itunes: 'http://www.itunes.com/dtds/podcast-1.0.dtd',
  media: 'http://search.yahoo.com/mrss/',
  podcast: 'https://podcastindex.org/namespace/1.0',
  rsl: 'https://rslstandard.org/rsl',
}

const uri =
  /^(?:tag:[a-z0-9._-]+(?:@[a-z0-9.-]+)?,\d{4}(?:-\d\d){0,2}:|https?:\/\/|mailto:)[0-9a-zA-Z;/?:@&=+$.\-_!~*'()%,#]+$/
const enclosureUrl = /^https?:\/\/(?:\d{1,3}(?:\.\d{1,3}){3}|(?:[a-z0-9-]+\.)+[a-z0-9-]+)(?::\d+)?(?:\/|$)/i
const mediaType = /^[^\s()<>,;:\\"/[\]?=]+\/[^\s()<>,;:\\"/[\]?=]+$/
const wholeNumber = /^[1-9]\d*$/
const seconds = /^\d+(?:\.\d+)?$/
const controls = /[\u0080-\u009f]/

const once = [
  'title',
  'link',
  'description',
  'language',
  'copyright',
  'ttl',
  'image',
  'docs',
  'generator',
  'lastBuildDate',
]
const onceAnItem = ['title', 'link', 'guid', 'pubDate', 'description', 'enclosure', 'content:encoded', 'dc:language']
const moreOnce = [
  'dc:source',
  'dc:rights',
  'atom:updated',
  'itunes:author',
  'itunes:duration',
  'itunes:explicit',
  'itunes:image',
]
const ofAnItem = [...onceAnItem, 'category']

const twoOf = (parent: string, names: readonly string[]): string =>
  `//${parent}[${names.map(name => `count(${name}) > 1`).join(' or ')}]`
const none = (names: readonly string[]): string => names.map(name => `not(self::${name})`).join(' and ')
const inMedia = '*[self::media:content or self::media:group]'

/** By XPath, what must not be found in RSS. */
const inRss: Readonly<Record<string, string>> = {
  'an element that RSS does not know': `//channel/*[namespace-uri() = ''][${none([...once, 'item'])}] | //item/*[namespace-uri() = ''][${none(ofAnItem.filter(name => !name.includes(':')))}]`,
  'something twice in the channel': twoOf('channel', once),
  'something twice in an item': twoOf('item', [...onceAnItem, ...moreOnce]),
  'no language': '//channel[not(language)]',
  'an element of the channel after an item': '//item/following-sibling::*[not(self::item)]',
  'an image without url, title or link': '//image[not(url and title and link)]',
  'an image with another title than the channel': '//image[title != ../title]',
  'an image with another link than the channel': '//image[link != ../link]',
  'an empty title or category': "//title[normalize-space() = ''] | //category[normalize-space() = '']",
  'a creator beside an author': '//item[author and dc:creator]',
  'a podcast without category, explicit, image or author':
    '//channel[.//itunes:* and not(itunes:category/@text and itunes:explicit and itunes:image/@href and itunes:author)]',
  'an owner without an address': '//itunes:owner[not(itunes:email)]',
  'too long a name': '//itunes:author[string-length() > 255] | //itunes:name[string-length() > 255]',
  'an explicit that is no truth value': '//itunes:explicit[. != "true" and . != "false"]',
}

/** In RSS and Atom. */
const inBoth: Readonly<Record<string, string>> = {
  'a group of one': '//media:group[count(media:content) < 2]',
  'a medium of no known kind': '//media:content[not(@medium = "image" or @medium = "audio" or @medium = "video")]',
  'a medium or thumbnail without url': '//media:content[not(@url)] | //media:thumbnail[not(@url)]',
  'a text twice in a medium': `//${inMedia}[count(media:title) > 1 or count(media:description) > 1]`,
  'an archived page that does not say what is current': '//fh:archive[not(../atom:link[@rel = "current"])]',
  'an archive link outside the head': '//item/atom:link | //atom:entry/atom:link[contains(@rel, "archive")]',
}

const inAtom: Readonly<Record<string, string>> = {
  'no link to itself': '/atom:feed[not(atom:link[@rel = "self"])]',
  'an entry with two alternates': '//atom:entry[count(atom:link[not(@rel) or @rel = "alternate"]) > 1]',
  'a title or summary that is no plain text': '//*[self::atom:title or self::atom:summary][@type and @type != "text"]',
  'an entry without text': '//atom:entry[not(atom:summary) and not(atom:content)]',
  'an unregistered relation':
    '//atom:link[@rel][not(contains(" alternate self hub enclosure via license current prev-archive next-archive ", concat(" ", @rel, " ")))]',
  'an empty text': "//atom:title[normalize-space() = ''] | //atom:name[normalize-space() = '']",
}

export function rssRuleFaults(document: XmlDocument): string[] {
  const find = finder(document)
  return [
    ...broken(find, { ...inRss, ...inBoth }),
    ...wrongNamespaces(document),
    ...wrong('is no URI', find('//item/link | //channel/link | //guid | //docs | //image/url'), uri),
    ...wrong('cannot be enclosed', find('//enclosure/@url | //itunes:image/@href'), enclosureUrl),
    ...wrong('is no length', find('//enclosure/@length'), /^\d+$/),
    ...wrong('is no duration', find('//itunes:duration'), /^\d+(?::[0-5]\d){0,2}$/),
    ...find('//itunes:category[not(parent::itunes:category)]/@text').filter(name => !podcastCategories.has(name)),
    ...mediaFaults(find),
    ...wrongWeekdays(find('//pubDate | //lastBuildDate')),
    ...implausible(find('//pubDate | //lastBuildDate | //atom:updated')),
    ...find('//item/description | //content:encoded').flatMap(htmlFaults),
  ]
}

export function atomRuleFaults(document: XmlDocument): string[] {
  const find = finder(document)
  const links = find('/atom:feed/atom:link/@rel')
  return [
    ...broken(find, { ...inBoth, ...inAtom }),
    ...wrongNamespaces(document),
    ...links.filter((rel, at) => links.indexOf(rel) !== at).map(rel => `two links ${rel}`),
    ...wrong('is no URI', find('//atom:id | //atom:uri | //atom:icon | //atom:logo'), uri),
    ...mediaFaults(find),
    ...implausible(find('//atom:updated | //atom:published')),
    ...find('//*[@type = "html"]').flatMap(htmlFaults),
  ]
}

/** A JSON Feed has no validator of W3C's; what holds for its HTML and addresses holds here too. */
export function jsonRuleFaults(feed: { items?: { content_html?: string }[] }): string[] {
  const html = (feed.items ?? []).flatMap(({ content_html }) => content_html ?? [])
  return [...html.flatMap(htmlFaults), ...wrong('is no URI', addressesIn(feed), uri)]
}

type Find = (path: string) => string[]

function finder(document: XmlDocument): Find {
  return path => document.find(path, known).map(node => node.content)
}

function broken(find: Find, rules: Readonly<Record<string, string>>): string[] {
  return Object.entries(rules).flatMap(([fault, path]) => (find(path).length > 0 ? [fault] : []))
}

function wrong(fault: string, values: string[], pattern: RegExp): string[] {
  return values.filter(value => !pattern.test(value)).map(value => `"${value}" ${fault}`)
}

function mediaFaults(find: Find): string[] {
  const measures = ['fileSize', 'width', 'height'].map(name => `//media:*/@${name}`).join(' | ')
  return [
    ...wrong('is no URI', find('//@url | //@href'), uri),
    ...wrong('is no media type', find('//media:content/@type | //enclosure/@type | //atom:link/@type'), mediaType),
    ...wrong('is no whole number above zero', find(measures), wholeNumber),
    ...wrong('is no number of seconds', find('//media:content/@duration'), seconds),
    ...find('//text() | //@*')
      .filter(text => controls.test(text))
      .map(text => `a control character in ${text}`),
  ]
}

function wrongNamespaces(document: XmlDocument): string[] {
  const { root } = document
  return Object.entries(root.nsDeclarations).flatMap(([prefix, namespace]) =>
    prefix === '' || known[prefix] === namespace ? [] : [`${prefix} is no prefix for ${namespace}`],
  )
}

function wrongWeekdays(dates: string[]): string[] {
  return dates.filter(date => new Date(date).toUTCString() !== date).map(date => `${date} is no such day`)
}

function implausible(dates: string[]): string[] {
  return dates.filter(date => new Date(date).getUTCFullYear() < 1990).map(date => `${date} is before the first feed`)
}

/**
 * What the validator finds safe of what an article may hold; and `bdo` and `rb`, which it does not know, and `controls`,
 * without which no recording can be played: a warning of its own each, where the newsroom wrote them.
 */
const safeElements = new Set(
  `a abbr audio b bdi blockquote br caption cite code col colgroup dd del dfn div dl dt em figcaption figure h2 h3 h4 h5 h6 hr i img ins kbd li
  mark ol p pre q rp rt ruby s samp small source span strong sub sup table tbody td tfoot th thead time tr u ul var video wbr bdo rb`.split(
    /\s+/,
  ),
)
const safeAttributes = new Set(
  `alt cite colspan datetime dir headers height href hreflang lang poster reversed rowspan scope span src start title type value width
  controls`.split(/\s+/),
)

function htmlFaults(html: string): string[] {
  const { body } = new DOMParser().parseFromString(`<html><head></head><body>${html}</body></html>`, 'text/html')
  return [...body.querySelectorAll('*')].flatMap((element: Element) => {
    const name = element.localName.toLowerCase()
    const attributes = element.getAttributeNames()
    const addresses = ['href', 'src', 'cite', 'poster'].map(each => element.getAttribute(each) ?? 'mailto:x')
    return [
      ...(safeElements.has(name) ? [] : [`an element ${name} in HTML`]),
      ...attributes.filter(each => !safeAttributes.has(each)).map(each => `an attribute ${each} of ${name} in HTML`),
      ...addresses.filter(address => !/^\w+:/.test(address)).map(address => `a relative address ${address} in HTML`),
    ]
  })
}

function addressesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(addressesIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) =>
    /^(?:\w+_)?(?:url|image|icon|favicon)$/.test(name) && typeof inner === 'string' ? [inner] : addressesIn(inner),
  )
}
