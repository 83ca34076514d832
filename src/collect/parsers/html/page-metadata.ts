import type { Media, Party } from '../../../article.ts'
import type { Draft } from '../draft.ts'
import { languageTag } from '../language-tag.ts'
import { closest, type Page } from './page.ts'
import { plainOf } from '../plain.ts'

/** What a page says of its article beside the text. Dates as written, the most trusted first. */
export interface PageMetadata extends Omit<Partial<Draft>, 'body' | 'published' | 'modified'> {
  published?: string[]
  modified?: string[]
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

/**
 * The article by OpenGraph (https://ogp.me), the names of meta elements that newsrooms use, Dublin Core and, last, the page's own
 * `title`, `h1`, `time` and links to authors.
 */
export function readMetadata(page: Page, head: PageHead, publisher?: string): PageMetadata {
  const all = (...names: string[]) => names.flatMap(name => head.metas.get(name) ?? [])
  const one = (...names: string[]) => all(...names)[0]
  const names = [publisher ?? '', ...all('og:site_name')]
  const site = one('og:site_name', 'dc.publisher', 'dcterms.publisher')
  return {
    title: titleIn(page, one('og:title', 'twitter:title', 'dc.title', 'dcterms.title')) ?? ownTitle(page, head, names),
    standfirst: one('og:description', 'description', 'twitter:description', 'dc.description', 'dcterms.abstract'),
    published: [...all(...publishedNames), ...timesOf(page, 'datepublished')],
    modified: [...all(...modifiedNames), ...timesOf(page, 'datemodified')],
    language:
      head.language ?? languageTag(one('content-language', 'dc.language', 'dcterms.language') ?? one('og:locale')),
    section: one('article:section', 'parsely-section'),
    keywords: keywordsOf(all),
    authors: authorsOf(page, all),
    publisher: site === undefined ? undefined : { name: site },
    rights: one('copyright', 'dcterms.rights', 'dc.rights'),
    media: mediaOf(page),
  }
}

/** Many escape it twice: then the page itself shows it without the entities. */
function titleIn({ elements }: Page, written: string | undefined): string | undefined {
  if (written === undefined || !written.includes('&')) return written
  const plain = plainOf(written)
  return elements.some(({ localName, textContent }) => localName === 'h1' && textContent.trim() === plain)
    ? plain
    : written
}

const publishedNames =
  `article:published_time og:published_time datepublished dcterms.issued dc.date.issued dcterms.created dc.date
  parsely-pub-date pubdate publishdate date`.split(/\s+/)
const modifiedNames =
  `article:modified_time og:updated_time datemodified dcterms.modified dc.date.modified last-modified`.split(' ')

/** The site's name at either end of a `title` goes where the page itself says that it is one. */
function ownTitle(page: Page, head: PageHead, siteNames: readonly string[]): string | undefined {
  const title = (head.title ?? page.elements.find(({ localName }) => localName === 'h1')?.textContent)?.trim()
  if (title === undefined || title === '') return undefined
  for (const name of siteNames.map(written => written.trim()).filter(written => written !== '')) {
    const [before, after] = [title.slice(0, -name.length), title.slice(name.length)]
    if (sameText(title.slice(-name.length), name) && /\s[-–—|·•:»]\s*$/u.test(before))
      return before.replace(/\s[-–—|·•:»]\s*$/u, '')
    if (sameText(title.slice(0, name.length), name) && /^\s*[-–—|·•:»]\s/u.test(after))
      return after.replace(/^\s*[-–—|·•:»]\s/u, '')
  }
  return headlineIn(page, title) ?? title
}

/** What stands behind the page's only headline in its title is the site's name. */
function headlineIn({ elements }: Page, title: string): string | undefined {
  const headings = elements.filter(({ localName }) => localName === 'h1')
  const headline = headings.length === 1 ? headings[0]?.textContent.trim() : undefined
  const isBegun = headline && title.startsWith(headline) && /^\s+[-–—|·•»]\s/u.test(title.slice(headline.length))
  return isBegun ? headline : undefined
}

function sameText(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

/** Of a `time` that is marked as the date, else the first within the article: elsewhere it may be that of a teaser. */
function timesOf(page: Page, property: string): string[] {
  const times = page.elements.filter(element => element.localName === 'time' && element.getAttribute('datetime'))
  const marked = times.filter(time => time.getAttribute('itemprop')?.toLowerCase() === property)
  const inside = times.find(time => closest(time, ({ localName }) => localName === 'article' || localName === 'main'))
  const fallBack = property === 'datepublished' && inside ? [inside] : []
  return [...marked, ...fallBack].flatMap(time => time.getAttribute('datetime') ?? [])
}

/** One element a tag, or all in one with commas. */
function keywordsOf(all: (...names: string[]) => string[]): string[] {
  const tags = all('article:tag')
  if (tags.length > 1) return tags
  return [...tags, ...all('news_keywords', 'keywords')].slice(0, 1).flatMap(list => list.split(','))
}

function authorsOf(page: Page, all: (...names: string[]) => string[]): Party[] {
  // `article:author` is the address of a profile by its definition, and a name by habit.
  const named = ['article:author', 'author', 'parsely-author', 'dc.creator', 'dcterms.creator']
    .map(name => all(name).filter(text => !/^https?:\/\/|^\//i.test(text)))
    .find(names => names.length > 0)
  if (named) return [...new Set(named)].map(name => ({ name: name.replace(/^by\s+/i, '') }))
  const links = page.elements.filter(
    element => element.localName === 'a' && /\bauthor\b/i.test(element.getAttribute('rel') ?? ''),
  )
  const authors = links
    .slice(0, 10)
    .map(link => ({ name: link.textContent.trim(), url: link.getAttribute('href') ?? undefined }))
  return authors.filter(({ name }) => name !== '' && name.length < 100)
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
