import type { Media, Party, Relation, Subject } from '../../../article.ts'
import { Unusable } from '../../../errors.ts'
import { fieldsOf, numberIn, readJson, textIn, type Fields } from '../json.ts'
import { languageTag } from '../language-tag.ts'
import type { PageMetadata } from './page-metadata.ts'
import { plainOf } from '../plain.ts'

const articleType = /^(?:https?:\/\/schema\.org\/|schema:)?(?:\w*Article|\w*Posting|Report)$/

/** `16x9`, `-1200x675`, `?w=1200&h=675`. */
const measure = /-?\b\d{1,5}x\d{1,5}\b|[?&](?:w|h|width|height|resize|fit|crop|ar)=[^&#]{0,40}/gi

/** Of one image, besides the first. */
const mostShapes = 10

/** Nodes of one page. */
const mostNodes = 10_000

/**
 * The article of a page as schema.org tells it (https://schema.org/NewsArticle), from the page's JSON-LD scripts; empty where no script
 * holds one. Of several the one whose address is `canonical`, else the first that calls itself news. What is not JSON is passed over.
 */
export function readJsonLd(scripts: readonly string[], canonical: string | undefined): PageMetadata {
  const nodes = scripts.flatMap(nodesOf).slice(0, mostNodes)
  const articles = nodes.filter(node => typesOf(node).some(type => articleType.test(type)))
  const article =
    articles.find(node => canonical !== undefined && addressesOf(node).includes(canonical)) ??
    articles.find(node => typesOf(node).some(type => type.endsWith('NewsArticle'))) ??
    articles[0]
  const byId = new Map(nodes.map(node => [textIn(node, '@id') ?? node, node]))
  const linkedFrom = (from: Fields, name: string): Fields[] =>
    valuesIn(from, name).map(node => (node.size === 1 && byId.get(textIn(node, '@id') ?? node)) || node)
  return article ? readArticle(article, name => linkedFrom(article, name)) : pageOf(nodes, linkedFrom)
}

/** What is no article of its own, though it may have a date. */
const noPage = /(?:Comment|Review|Rating|Person|Organization|ImageObject|Event|Offer|List|WebSite|Answer)$/

/** The dates and authors of a page that calls itself by another type: a `WebPage`, a `Recipe`, a `QAPage`. */
function pageOf(nodes: readonly Fields[], linkedFrom: (from: Fields, name: string) => Fields[]): PageMetadata {
  const page = nodes.find(node => node.has('datepublished') && !typesOf(node).some(type => noPage.test(type)))
  return page === undefined ? {} : { ...datesOf(page), authors: linkedFrom(page, 'author').flatMap(partyOf) }
}

function datesOf(node: Fields): Pick<PageMetadata, 'published' | 'modified'> {
  return {
    published: [textIn(node, 'datepublished') ?? textIn(node, 'datecreated')].filter(isText),
    modified: [textIn(node, 'datemodified')].filter(isText),
  }
}

function nodesOf(script: string): Fields[] {
  try {
    // Line breaks inside of strings are the commonest fault.
    const json = script
      .replace(/\p{Cc}+/gu, ' ')
      .trim()
      .replace(/^(?:<!--|(?:\/\/)?\s{0,20}<!\[CDATA\[)|(?:-->|(?:\/\/)?\s{0,20}\]\]>)$/g, '')
    return graphOf(readJson(json), 0)
  } catch (error) {
    if (error instanceof Unusable) return []
    throw error
  }
}

/** A node and those it holds as the page's own: not lists of other articles. */
function graphOf(value: unknown, depth: number): Fields[] {
  if (depth > 5) return []
  if (Array.isArray(value)) return value.slice(0, mostNodes).flatMap(member => graphOf(member, depth + 1))
  const node = fieldsOf(value)
  const inner = ['@graph', 'mainentity'].flatMap(name => graphOf(node.get(name), depth + 1))
  return node.size === 0 ? inner : [node, ...inner]
}

function typesOf(node: Fields): string[] {
  return valuesIn(node, '@type').flatMap(type => textIn(type, '@value') ?? [])
}

/** The members of a list, or the one value; a text as JSON-LD would expand it. */
function valuesIn(fields: Fields, name: string): Fields[] {
  const value = fields.get(name)
  return (Array.isArray(value) ? value : [value]).flatMap(member => {
    const node = typeof member === 'object' ? fieldsOf(member) : new Map([['@value', member]])
    return member === undefined || node.size === 0 ? [] : [node]
  })
}

function addressesOf(node: Fields): string[] {
  const pages = [...valuesIn(node, 'mainentityofpage'), ...valuesIn(node, 'url')]
  return [...pages.map(page => textIn(page, '@id', 'url', '@value')), textIn(node, '@id')].filter(isText)
}

function readArticle(article: Fields, linked: (name: string) => Fields[]): PageMetadata {
  const text = (...names: string[]) => plain(textIn(article, ...names))
  const texts = (name: string) => valuesIn(article, name).flatMap(value => plain(textIn(value, 'name', '@value')) ?? [])
  const languages = valuesIn(article, 'inlanguage').map(value =>
    languageTag(textIn(value, 'alternatename', '@value', 'name')),
  )
  const ownId = textIn(article, '@id')
  return {
    ownId,
    link: addressesOf(article).find(address => address !== ownId) ?? ownId,
    title: text('headline', 'name', 'alternativeheadline'),
    standfirst: text('description', 'abstract', 'alternativeheadline'),
    ...datesOf(article),
    expires: [textIn(article, 'expires')].filter(isText),
    language: languages.find(isText),
    section: texts('articlesection')[0],
    keywords: texts('keywords').flatMap((keyword, _, all) => (all.length === 1 ? keyword.split(',') : keyword)),
    authors: [...linked('author'), ...linked('creator')].flatMap(partyOf),
    publisher: linked('publisher').flatMap(partyOf)[0],
    genres: texts('genre').map(name => ({ name })),
    subjects: [...linked('about'), ...linked('mentions')].flatMap(subjectOf),
    dateline: text('dateline'),
    copyrightHolder: linked('copyrightholder').flatMap(partyOf)[0]?.name,
    place: text('dateline') ?? linked('contentlocation').flatMap(place => partyOf(place)[0]?.name ?? [])[0],
    rights: text('copyrightnotice'),
    usageTerms: text('usageinfo')?.startsWith('http') ? undefined : text('usageinfo'),
    media: mediaOf(linked),
    text: textIn(article, 'articlebody'),
  }
}

const relations: readonly (readonly [type: RegExp, rel: Relation])[] = [
  [/Person$/, 'person'],
  [/(?:Organization|Corporation|NGO|Team|Business)$/, 'organisation'],
  [/(?:Place|Country|City|State|Area)$/, 'place'],
  [/Product$/, 'product'],
]

/** What it is about or mentions, with the address by which the web knows that. */
function subjectOf(node: Fields): Subject[] {
  const name = plain(textIn(node, 'name', '@value'))
  if (name === undefined) return []
  const rel = relations.find(([type]) => typesOf(node).some(each => type.test(each)))?.[1] ?? 'subject'
  const code = [...valuesIn(node, 'sameas').map(value => textIn(value, '@value', '@id')), textIn(node, '@id')].find(
    isText,
  )
  return [{ name, rel, ...(code !== undefined && { code }) }]
}

function partyOf(node: Fields): Party[] {
  const name = plain(textIn(node, 'name', '@value', 'legalname'))
  // Some write the author's page in place of a name.
  if (name === undefined || /^(?:https?:)?\//i.test(name)) return []
  return [{ name, url: textIn(node, 'url') ?? textIn(node, '@id') }]
}

function mediaOf(linked: (name: string) => Fields[]): Media[] {
  const images = linked('image').flatMap(node => mediumOf('image', node))
  const videos = linked('video').flatMap(node => mediumOf('video', node))
  const recordings = linked('audio').flatMap(node => mediumOf('audio', node))
  return [...uncropped(images), ...videos, ...recordings]
}

/** Search engines ask for each image in three shapes, whose addresses differ in measures alone: the first stands for all. */
function uncropped(images: readonly Media[]): Media[] {
  const byAddress = new Map<string, Media>()
  for (const image of images) {
    const address = image.url.replace(measure, '')
    const first = byAddress.get(address)
    const { url, type, width, height } = image
    if (first === undefined) byAddress.set(address, image)
    else if (first.url !== url && (first.others?.length ?? 0) < mostShapes)
      byAddress.set(address, { ...first, others: [...(first.others ?? []), { url, type, width, height }] })
  }
  return [...byAddress.values()]
}

function mediumOf(kind: Media['kind'], node: Fields): Media[] {
  // The address of a video is that of its page.
  const url = kind === 'image' ? textIn(node, 'contenturl', 'url', '@value', '@id') : textIn(node, 'contenturl')
  if (url === undefined) return []
  return [
    {
      kind,
      url,
      type: typeIn(node),
      width: amountIn(node, 'width'),
      height: amountIn(node, 'height'),
      caption: plain(textIn(node, 'caption', 'description')),
      credit: plain(textIn(node, 'credittext', 'copyrightnotice')),
    },
  ]
}

function typeIn(node: Fields): string | undefined {
  const type = textIn(node, 'encodingformat')
  return type !== undefined && /^(?:image|audio|video)\/[\w.+-]+$/.test(type) ? type : undefined
}

/** A number, `"1200"`, `"1200px"` or a `QuantitativeValue`. */
function amountIn(node: Fields, name: string): number | undefined {
  const written = valuesIn(node, name).flatMap(value => textIn(value, '@value', 'value') ?? [])[0]
  return numberIn(new Map([['n', written?.replace(/\s*px$/i, '')]]), 'n')
}

function plain(text: string | undefined): string | undefined {
  return text === undefined ? undefined : plainOf(text)
}

function isText(text: string | undefined): text is string {
  return text !== undefined
}
