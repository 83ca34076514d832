import type { Media, Party } from '../../../article.ts'
import type { Draft } from '../draft.ts'
import { languageTag } from '../language-tag.ts'
import type { Page } from './page.ts'

/** What a page says of its article beside the text. Dates as written, the most trusted first. */
export interface PageMetadata extends Omit<Partial<Draft>, 'body' | 'published' | 'modified' | 'expires'> {
  published?: string[]
  modified?: string[]
  expires?: string[]
  /** Plain, or HTML. */
  text?: string
}

/** What the head of a page holds, by the names that sites use. */
export interface PageHead {
  /** The contents of `meta` elements by `property`, `name` or `itemprop`, in lower case. */
  metas: ReadonlyMap<string, readonly string[]>
  canonical?: string
  /** As written in `base`. */
  base?: string
  title?: string
  language?: string
  /** JSON-LD. */
  scripts: readonly string[]
}

export function readHead(page: Page): PageHead {
  const metas = new Map<string, string[]>()
  const head: { -readonly [K in keyof PageHead]: PageHead[K] } & { scripts: string[] } = { metas, scripts: [] }
  for (const element of page.elements) {
    const { localName } = element
    const attribute = (name: string) => element.getAttribute(name)?.trim() ?? ''
    if (localName === 'meta') addMeta(metas, attribute)
    else if (localName === 'html') head.language ??= languageTag(attribute('lang') || attribute('xml:lang'))
    else if (localName === 'base') head.base ??= attribute('href') || undefined
    else if (localName === 'title' && element.parentElement?.localName !== 'svg')
      head.title ??= element.textContent || undefined
    else if (localName === 'link' && /^(?:.*\s)?canonical(?:\s.*)?$/i.test(attribute('rel')))
      head.canonical ??= attribute('href') || undefined
    else if (localName === 'script' && /^application\/ld\+json\b/i.test(attribute('type')))
      head.scripts.push(element.textContent)
  }
  return head
}

function addMeta(metas: Map<string, string[]>, attribute: (name: string) => string): void {
  const content = attribute('content')
  if (content === '') return
  const names = ['property', 'name', 'itemprop', 'http-equiv'].map(name => attribute(name).toLowerCase())
  for (const name of new Set(names))
    if (name !== '') metas.set(name, [...(metas.get(name) ?? []).slice(0, 500), content])
}

/** The article by OpenGraph (https://ogp.me), the names of meta elements that newsrooms use, and Dublin Core. Of titles, all that are told; `dated`, the dates of which it is not said what they are of. */
export function readMetadata(page: Page, head: PageHead): PageMetadata & { titles: string[]; dated: string[] } {
  const all = (...names: string[]) => names.flatMap(name => head.metas.get(name) ?? [])
  const one = (...names: string[]) => all(...names)[0]
  const site = all('og:site_name', 'dc.publisher', 'dcterms.publisher').find(name => !isAddress(name))
  return {
    titles: ['og:title', 'twitter:title', 'dc.title', 'dcterms.title'].flatMap(name => one(name) ?? []),
    standfirst: one('og:description', 'description', 'twitter:description', 'dc.description', 'dcterms.abstract'),
    published: all(...publishedNames),
    dated: all('dc.date', 'dc:date', 'dcterms.date', 'date'),
    modified: all(...modifiedNames),
    language:
      head.language ?? languageTag(one('content-language', 'dc.language', 'dcterms.language') ?? one('og:locale')),
    section: one('article:section', 'parsely-section'),
    keywords: keywordsOf(all),
    authors: authorsOf(all),
    publisher: site === undefined ? undefined : { name: site },
    rights: one('copyright', 'dcterms.rights', 'dc.rights'),
    media: mediaOf(page),
  }
}

/** The names by which a page's site goes. */
export function siteNamesOf({ metas }: PageHead): string[] {
  return ['og:site_name', 'application-name', 'apple-mobile-web-app-title', 'dc.publisher', 'twitter:app:name:iphone']
    .flatMap(name => metas.get(name) ?? [])
    .filter(name => !isAddress(name))
}

function isAddress(name: string): boolean {
  return /^(?:https?:)?\/\//i.test(name)
}

const publishedNames =
  `article:published_time og:article:published_time article.published article:published og:published_time
  og:pubdate published_time datepublished date_published dcterms.issued dc.date.issued dc.issued dcterms.created dc.date.created
  dc:date.created parsely-pub-date bt:pubdate sailthru.date cxenseparse:recs:publishtime pubdate publishdate
  publish-date publish_date publication_date publication-date publicationdate published-date published_date published
  citation_publication_date citation_online_date citation_date article.created article:created displaydate originalpublicationdate
  ptime datecreated`.split(/\s+/)
const modifiedNames =
  `article:modified_time og:article:modified_time og:updated_time article.updated article:modified datemodified
  date_modified dcterms.modified dc.date.modified dc.modified lastmod last-modified last_modified revised`.split(/\s+/)

/** One element a tag, or all in one with commas. */
function keywordsOf(all: (...names: string[]) => string[]): string[] {
  const tags = all('article:tag')
  if (tags.length > 1) return tags
  return [...tags, ...all('news_keywords', 'keywords')].slice(0, 1).flatMap(list => list.split(','))
}

/** `article:author` is the address of a profile by its definition, and a name by habit. */
function authorsOf(all: (...names: string[]) => string[]): Party[] {
  const names =
    `article:author author parsely-author sailthru.author citation_author byl article.author dc.creator dc:creator
    dcterms.creator article:author_name shareaholic:article_author_name`.split(/\s+/)
  // WordPress tells it to cards of links, in the site's language.
  const labelled =
    /^(?:written by|(?:geschrieben|verfasst) von|écrit par|escrito por|scritto da|geschreven door|napisan[ey] przez|автор)/i
  const card = [1, 2].flatMap(at => (labelled.test(all(`twitter:label${at}`)[0] ?? '') ? all(`twitter:data${at}`) : []))
  if (card.length > 0 && all('author', 'article:author').length === 0) return card.map(name => ({ name }))
  const named = names.map(name => all(name).filter(text => !isAddress(text))).find(written => written.length > 0)
  return (named ?? []).map(name => ({ name }))
}

const openGraph = /^og:(image|video|audio)(?::(url|secure_url|type|width|height|alt))?$/

/** OpenGraph's structured properties follow the medium they belong to (https://ogp.me/#array). */
function mediaOf(page: Page): Media[] {
  const media: Media[] = []
  for (const element of page.elements) {
    // More than any article may have.
    if (media.length > 500) break
    const name =
      element.localName === 'meta' ? (element.getAttribute('property') ?? element.getAttribute('name') ?? '') : ''
    const [, kind, detail] = openGraph.exec(name.toLowerCase()) ?? []
    const content = element.getAttribute('content')?.trim()
    if ((kind !== 'image' && kind !== 'video' && kind !== 'audio') || !content) continue
    const last = media.findLast(medium => medium.kind === kind)
    if (detail === undefined || (detail.endsWith('url') && last?.url !== content && !isSame(last?.url, content))) {
      media.push({ kind, url: content })
    } else if (last) describe(last, detail, content)
  }
  // A player's page is no video.
  return media.filter(({ kind, type }) => kind === 'image' || type === undefined || /^(?:audio|video)\//.test(type))
}

/** `og:image:url` and `og:image:secure_url` name the image of `og:image` again. */
function isSame(one: string | undefined, other: string): boolean {
  return one?.replace(/^https?:/i, '') === other.replace(/^https?:/i, '')
}

function describe(medium: Media, detail: string, content: string): void {
  const amount = /^\d{1,5}$/.test(content) && Number(content) > 0 ? Number(content) : undefined
  if (detail === 'width') medium.width = amount
  else if (detail === 'height') medium.height = amount
  else if (detail === 'alt') medium.alt = content
  else if (detail === 'type' && /^(?:image|audio|video|text)\/[\w.+-]+$/.test(content)) medium.type = content
}
