import { pagePath, type Article, type Media, type Party, type Rendition } from '../../article.ts'
import { excerptOf } from '../../excerpt.ts'
import type { Site } from '../../site.ts'
import { uriOf } from './address.ts'
import { absolute, changedOf, creatorsOf } from './core.ts'

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
    copyrightNotice: article.rights,
    usageTerms: article.usageTerms,
    language: article.language,
    headlines: [{ role: 'main', contentType: 'text/plain', value: article.title }],
    descriptions: [{ role: 'summary', contentType: 'text/plain', value: excerptOf(article) }],
    bodies: [{ role: 'main', contentType: 'text/html', value: article.html }],
    by:
      creatorsOf(article)
        .map(({ name }) => name)
        .join(', ') || undefined,
    infoSources: infoSources(article),
    located: article.place,
    subjects: subjects(article),
    renditions: renditions(article, site),
    associations: article.media.map(association),
    altIds: article.ownId === undefined ? undefined : [{ role: 'source', value: article.ownId }],
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
    edNote: article.note,
  }
}

/** `people` is for human beings; whether an author is one is not known. */
function infoSources({ authors, publisher }: Article): object[] {
  const sources = authors.map(author => infoSource(author, 'author'))
  return publisher === undefined ? sources : [...sources, infoSource(publisher, 'publisher')]
}

function infoSource({ name, url }: Party, role: string): object {
  return { name, role, uri: absolute(url) }
}

function subjects({ section, keywords }: Article): object[] {
  const named = keywords.map(name => ({ name, rel: 'keyword' }))
  return section === undefined ? named : [{ name: section, rel: 'section' }, ...named]
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
