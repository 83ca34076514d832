import {
  pagePath,
  type Article,
  type Media,
  type Party,
  type Relation,
  type Rendition,
  type Term,
} from '../../article.ts'
import { excerptOf } from '../../excerpt.ts'
import type { Site } from '../../site.ts'
import { uriOf } from './address.ts'
import { absolute, changedOf, creatorsOf, uriOfTerm } from './core.ts'

const standard = {
  name: 'ninjs',
  version: '3.1',
  schema: 'http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#',
}

const natures = { image: 'picture', audio: 'audio', video: 'video' } as const satisfies Record<Media['kind'], string>

/**
 * The article as ninjs 3.1 (IPTC, https://iptc.org/std/ninjs/), ready for `JSON.stringify`.
 * A killed one says only that. A withheld one is whole, for the operators: who shows it to others uses `toNinjsNotice`.
 */
export function toNinjs(article: Article, site: Site): object {
  if (article.pubStatus === 'canceled') return toNinjsNotice(article)
  return {
    ...toNinjsNotice(article),
    type: 'text',
    representationType: 'full',
    firstCreated: article.published,
    embargoedUntil: article.embargoed,
    expires: article.expires,
    urgency: article.urgency,
    slugline: article.slugline,
    genres: filled(article.genres?.map(genre => termOf(genre))),
    copyrightHolder: article.copyrightHolder,
    copyrightNotice: article.rights,
    usageTerms: article.usageTerms,
    language: article.language,
    headlines: [{ role: 'main', contentType: 'text/plain', value: article.title }],
    descriptions: [{ role: 'summary', contentType: 'text/plain', value: excerptOf(article) }],
    bodies: [{ role: 'main', contentType: 'text/html', value: article.html }],
    by:
      article.byline ??
      (creatorsOf(article)
        .map(({ name }) => name)
        .join(', ') ||
        undefined),
    infoSources: infoSources(article),
    located: article.place,
    subjects: subjects(article),
    people: about(article, 'person'),
    organisations: about(article, 'organisation'),
    places: about(article, 'place'),
    objects: about(article, 'product'),
    renditions: renditions(article, site),
    associations: article.media.map(association),
    altIds: altIds(article),
  }
}

/** That an article has come to this status, and nothing of what it says: for a kill, or a withheld article on its way to others. */
export function toNinjsNotice(
  article: Pick<Article, 'uri' | 'version' | 'pubStatus' | 'published' | 'changed' | 'note'>,
): object {
  return {
    standard,
    uri: article.uri,
    representationType: 'partial',
    version: String(article.version),
    versionCreated: changedOf(article),
    pubStatus: article.pubStatus,
    edNote: article.note || undefined,
  }
}

/** The id that its source gave it, and behind it those of the sources before that. */
function altIds({ ownId, earlierIds = [] }: Article): object[] | undefined {
  if (ownId === undefined) return undefined
  return [{ role: 'source', value: ownId }, ...earlierIds.map(value => ({ role: 'earlier', value }))]
}

/** `people` is for human beings; whether an author is one is not known. */
function infoSources({ authors, publisher }: Article): object[] {
  const sources = authors.map(author => infoSource(author, 'author'))
  return publisher === undefined ? sources : [...sources, infoSource(publisher, 'publisher')]
}

function infoSource({ name, url }: Party, role: string): object {
  return { name, role, uri: absolute(url) }
}

/** The section, what it is about, and keywords: those that are subjects with a code stand there with it, and once. */
function subjects({ section, keywords, subjects: coded = [] }: Article): object[] {
  const filed = coded.find(({ rel, name }) => rel === 'section' && name === section)
  const told = coded.filter(({ rel }) => rel === 'subject' || rel === 'keyword')
  const names = new Set(told.map(({ name }) => name))
  return [
    ...(section === undefined ? [] : [{ ...termOf(filed ?? { name: section }), rel: 'section' }]),
    ...told.map(subject => ({ ...termOf(subject), rel: subject.rel === 'subject' ? 'about' : subject.rel })),
    ...keywords.filter(name => !names.has(name)).map(name => ({ name, rel: 'keyword' })),
  ]
}

function about({ subjects: all = [] }: Article, rel: Relation): object[] | undefined {
  return filled(all.filter(subject => subject.rel === rel).map(subject => ({ ...termOf(subject), rel: 'about' })))
}

/** A code is a URI or, where its vocabulary is none, a literal. */
function termOf(term: Term): object {
  const uri = uriOfTerm(term)
  return { name: term.name, uri, literal: uri === undefined ? term.code : undefined }
}

function filled<T>(list: T[] | undefined): T[] | undefined {
  return list === undefined || list.length === 0 ? undefined : list
}

/** Where the article can be read: here, and on the source's own page. */
function renditions(article: Article, site: Site): object[] {
  const here = { name: 'web', href: site.url + pagePath(article), contentType: 'text/html' }
  return article.link === undefined ? [here] : [here, { name: 'source', href: uriOf(article.link) }]
}

function association(media: Media, index: number): object {
  const nature = natures[media.kind]
  return {
    // The schema asks for a name as well.
    name: `${nature}-${index + 1}`,
    uri: uriOf(media.url),
    type: nature,
    by: media.credit,
    copyrightNotice: media.rights,
    descriptions: descriptions(media),
    renditions: [
      rendition(media, 'original'),
      ...(media.others ?? []).map((other, at) => rendition(other, `other-${at + 1}`)),
    ],
  }
}

function rendition({ url, type, width, height, length, duration }: Rendition, name: string): object {
  return { name, href: uriOf(url), contentType: type, width, height, sizeInBytes: length, duration }
}

function descriptions({ caption, alt }: Media): object[] {
  const said: object[] = []
  if (caption !== undefined) said.push({ role: 'caption', contentType: 'text/plain', value: caption })
  if (alt !== undefined) said.push({ role: 'alt', contentType: 'text/plain', value: alt })
  return said
}
