import { XMLValidator } from 'fast-xml-parser'
import type { Article, Instant, Media, Party, Relation, Term } from '../../article.ts'
import { excerptOf } from '../../excerpt.ts'
import type { Site } from '../../site.ts'
import { uriOf } from './address.ts'
import { absolute, changedOf, creatorsOf, uriOfTerm } from './core.ts'
import type { Format, Frame } from './format.ts'
import { element, escapeText, textElement, type Attributes } from './xml.ts'

/**
 * NewsML-G2 2.35 (IPTC, https://iptc.org/standards/newsml-g2/): a news message with an item for each article, and one for
 * each of its pictures, sounds and films, to which the article's item links.
 */
export const newsml: Format = {
  title: 'NewsML-G2',
  aliases: [],
  contentType: 'application/vnd.iptc.g2.newsmessage+xml; charset=utf-8',
  head,
  entry: (article, { site, content }, excerpt = excerptOf(article)) =>
    [
      textItem(article, { site, isWhole: content === 'full', excerpt }),
      ...article.media.map((medium, at) => mediumItem(article, medium, at, site)),
    ].join(''),
  separator: '',
  tail: '</itemSet>\n</newsMessage>\n',
}

const namespace = 'http://iptc.org/std/nar/2006-10-01/'
const catalog = element('catalogRef', { href: 'http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_40.xml' })
const natures = { image: 'picture', audio: 'audio', video: 'video' } as const satisfies Record<Media['kind'], string>

/** By IPTC's nature of a concept (`cpnat`). */
const types: Partial<Record<Relation, string>> = {
  subject: 'cpnat:abstract',
  person: 'cpnat:person',
  organisation: 'cpnat:organisation',
  place: 'cpnat:geoArea',
  product: 'cpnat:object',
}

function head({ site, feed, changed }: Frame): string {
  const sent = textElement('sent', changed ?? beginning)
  const about = [
    sent,
    textElement('sender', site.publisher.name),
    textElement('transmitId', `${site.authority}/${feed.name}`),
  ]
  return `<?xml version="1.0" encoding="UTF-8"?>\n<newsMessage xmlns="${namespace}">\n<header>${about.join('')}</header>\n<itemSet>\n`
}

/** Of a feed that never had an article. */
const beginning: Instant = '1970-01-01T00:00:00Z'

/** In the place of entries, where a feed holds nothing: a set of items may not be empty, and so it is a package that is. */
export function newsmlNothing({ site, feed, changed = beginning }: Frame): string {
  const meta = [
    element('itemClass', { qcode: 'ninat:composite' }),
    partyElement('provider', site.publisher),
    textElement('versionCreated', changed),
    element('pubStatus', { qcode: 'stat:usable' }),
  ]
  const groups = element('groupSet', { root: 'all' }, [element('group', { id: 'all', role: 'group:main' })])
  const guid = `tag:${site.authority}:${feed.name}`
  return item(guid, 1, site, [element('itemMeta', {}, meta), groups], 'packageItem')
}

/** That an article has come to this status, and nothing of what it says. */
export function newsmlNotice(
  article: Pick<Article, 'uri' | 'version' | 'pubStatus' | 'published' | 'changed' | 'note'>,
  site: Site,
): string {
  const meta = [
    element('itemClass', { qcode: 'ninat:text' }),
    partyElement('provider', site.publisher),
    textElement('versionCreated', changedOf(article)),
    textElement('firstCreated', article.published),
    element('pubStatus', { qcode: `stat:${article.pubStatus}` }),
    ...optional('edNote', article.note),
  ]
  return item(article.uri, article.version, site, [element('itemMeta', {}, meta)])
}

interface TextOptions {
  site: Site
  isWhole: boolean
  excerpt: string
}

function textItem(article: Article, { site, isWhole, excerpt }: TextOptions): string {
  const { rights, copyrightHolder, usageTerms } = article
  const bound = [
    ...(copyrightHolder === undefined ? [] : [partyElement('copyrightHolder', { name: copyrightHolder })]),
    ...optional('copyrightNotice', rights),
    ...optional('usageTerms', usageTerms),
  ]
  return item(article.uri, article.version, site, [
    ...(bound.length === 0 ? [] : [element('rightsInfo', {}, bound)]),
    itemMeta(article, site),
    contentMeta(article, excerpt),
    ...(isWhole ? [contentSet(article)] : []),
  ])
}

function item(
  guid: string,
  version: number,
  { language }: Site,
  children: readonly string[],
  kind: 'newsItem' | 'packageItem' = 'newsItem',
): string {
  const standard = { standard: 'NewsML-G2', standardversion: '2.35', conformance: 'power' }
  return `${element(kind, { ...standard, guid, version, 'xml:lang': language }, [catalog, ...children])}\n`
}

function itemMeta(article: Article, site: Site): string {
  const { published, embargoed, expires, pubStatus, section, note, edNote, isCorrection, subjects = [] } = article
  const filed = subjects.find(({ rel, name }) => rel === 'section' && name === section)
  const notes = [note, edNote].filter(text => text !== undefined && text !== '')
  const isCorrected = isCorrection === true || note !== undefined
  return element('itemMeta', {}, [
    element('itemClass', { qcode: 'ninat:text' }),
    partyElement('provider', article.publisher ?? site.publisher),
    textElement('versionCreated', changedOf(article)),
    textElement('firstCreated', published),
    ...optional('embargoed', embargoed),
    element('pubStatus', { qcode: `stat:${pubStatus}` }),
    ...(section === undefined ? [] : [serviceElement(filed ?? { name: section })]),
    ...optional('title', article.title),
    ...notes.flatMap(text => optional('edNote', text)),
    ...(isCorrected ? [element('signal', { qcode: 'sig:correction' })] : []),
    ...optional('expires', expires),
    ...linksOf(article),
  ])
}

function linksOf({ uri, link, media }: Article): string[] {
  const page = link === undefined ? [] : [element('link', { rel: 'irel:seeAlso', href: uriOf(link) })]
  return [...page, ...media.map((_, at) => element('link', { rel: 'irel:seeAlso', residref: guidOfMedium(uri, at) }))]
}

function contentMeta(article: Article, excerpt: string): string {
  const { urgency, published, modified, place, ownId, language, genres = [], subjects = [], keywords } = article
  const coded = subjects.filter(({ rel }) => types[rel] !== undefined)
  return element('contentMeta', {}, [
    ...optional('urgency', urgency === undefined ? undefined : String(urgency)),
    textElement('contentCreated', published),
    ...optional('contentModified', modified),
    ...(place === undefined ? [] : [partyElement('located', { name: place })]),
    ...creatorsOf(article).map(creator => partyElement('creator', creator)),
    ...optional('altId', ownId),
    element('language', { tag: language }),
    ...genres.map(genre => termElement('genre', genre)),
    ...keywords.map(keyword => line('keyword', keyword)),
    ...coded.map(subject => termElement('subject', subject, { type: types[subject.rel] })),
    ...optional('slugline', article.slugline),
    textElement('headline', article.title),
    ...optional('dateline', article.dateline),
    ...optional('by', article.byline),
    ...(excerpt === '' ? [] : [textElement('description', excerpt, { role: 'drol:summary' })]),
  ])
}

/** The text as XHTML, of which sanitised HTML is a part as it stands; what is not well-formed all the same as text. */
function contentSet({ title, html, language }: Article): string {
  const part = html.replaceAll(']]>', ']]&gt;')
  const isWellFormed = XMLValidator.validate(`<body>${part}</body>`) === true
  const page = `<html xmlns="http://www.w3.org/1999/xhtml"><head><title>${escapeText(title)}</title></head><body>${part}</body></html>`
  const content = isWellFormed
    ? element('inlineXML', { contenttype: 'application/xhtml+xml', 'xml:lang': language }, [page])
    : textElement('inlineData', html, { contenttype: 'text/html', 'xml:lang': language })
  return element('contentSet', {}, [content])
}

function mediumItem({ uri, version, published, ...article }: Article, medium: Media, at: number, site: Site): string {
  const { caption, alt, credit, rights, kind, others = [], embargoed, expires } = medium
  const texts = [
    ...optional('creditline', credit),
    ...(caption === undefined ? [] : [textElement('description', caption, { role: 'drol:caption' })]),
    ...(alt === undefined ? [] : [textElement('description', alt, { role: 'drol:altText' })]),
  ]
  const meta = [
    element('itemClass', { qcode: `ninat:${natures[kind]}` }),
    partyElement('provider', article.publisher ?? site.publisher),
    textElement('versionCreated', changedOf({ published, ...article })),
    ...optional('embargoed', embargoed),
    element('pubStatus', { qcode: 'stat:usable' }),
    ...optional('expires', expires),
  ]
  const remote = [medium, ...others].map(({ url, type, width, height, length, duration }) => {
    const size = { contenttype: type, size: length, width, height }
    return element('remoteContent', { href: uriOf(url), ...size, duration: duration && Math.round(duration) })
  })
  return item(guidOfMedium(uri, at), version, site, [
    ...(rights === undefined ? [] : [element('rightsInfo', {}, [textElement('copyrightNotice', rights)])]),
    element('itemMeta', {}, meta),
    element('contentMeta', {}, texts),
    element('contentSet', {}, remote),
  ])
}

function guidOfMedium(uri: string, at: number): string {
  return `${uri}#media-${at + 1}`
}

function partyElement(name: string, { name: called, url }: Party): string {
  const uri = absolute(url)
  return element(name, uri === undefined ? { literal: literalOf(called) } : { uri }, [line('name', called)])
}

/** A section: the schema knows no literal here. */
function serviceElement(section: Term): string {
  return element('service', { uri: uriOfTerm(section) }, [line('name', section.name)])
}

function termElement(name: string, term: Term, more: Attributes = {}): string {
  const uri = uriOfTerm(term)
  const code = uri === undefined ? { literal: term.code ?? literalOf(term.name) } : { uri }
  return element(name, { ...code, ...more }, [line('name', term.name)])
}

/** A literal is a word of whoever writes it: the name in small letters, so that it is not taken for a code of a vocabulary. */
function literalOf(name: string): string {
  return name.toLowerCase().replace(/\s+/g, '-')
}

/** What the schema wants on one line. */
function line(name: string, text: string): string {
  return textElement(name, text.replace(/\s+/g, ' '))
}

function optional(name: string, text: string | undefined): string[] {
  return text === undefined || text === '' ? [] : [textElement(name, text)]
}
