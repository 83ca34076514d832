import { Unusable } from '../../../errors.ts'
import type { Media, Party } from '../../../article.ts'
import type { Draft } from '../draft.ts'
import { all, attribute, one, plainIn, textIn } from './feed-xml.ts'
import type { Category } from './feed-entry.ts'
import { textOfHtml } from '../plain.ts'
import type { XmlElement } from '../xml/xml.ts'
import { shownText, type Attachment } from './word-press-text.ts'

/** What WordPress puts into its feeds and exports (WXR, https://wordpress.org/documentation/article/tools-export-screen/) besides RSS. */

/** Characters. The paragraph that names post and site is the last, and short. */
const tailLength = 3_000

/**
 * HTML without the line that WordPress' plugins put below each text, "The post … first appeared on …" in any language: a last paragraph of
 * two links, the first to the article, the second to its site.
 */
export function withoutOrigin(html: string, link: string | undefined, home: string | undefined): string {
  const start = html.lastIndexOf('<p')
  if (start < 0 || html.length - start > tailLength || link === undefined || home === undefined) return html
  const tail = html.slice(start)
  const addresses = Array.from(tail.matchAll(/<a\s[^<>]*?href=["']([^"'<>]*)["']/gi), ([, href = '']) => bare(href))
  const [first, second] = addresses
  const named = addresses.length === 2 && first === bare(link) && second === bare(home) && /<\/p>\s*$/i.test(tail)
  const words = textOfHtml(tail.replace(/<a\s[^<>]*>[^<>]*<\/a>/gi, ''))
  return named && words.length <= 60 ? html.slice(0, start).trimEnd() : html
}

/** Feeds count their readers by parameters. */
function bare(address: string): string {
  return address
    .replace(/^https?:/i, '')
    .replace(/(?:&amp;|&#0?38;|[?&#]).*$/, '')
    .replace(/\/$/, '')
}

/** What an export says beside its posts, found once. */
export interface Export {
  /** Printed names by login. */
  names: ReadonlyMap<string, string>
  attachments: ReadonlyMap<string, Attachment>
  /** Files by the id of the post with which they were put up. */
  attachedTo: ReadonlyMap<string, readonly Attachment[]>
}

export function readExport(channel: XmlElement | undefined, items: readonly XmlElement[]): Export {
  const attachments = new Map<string, Attachment>()
  const attachedTo = new Map<string, Attachment[]>()
  for (const item of items) {
    const [id, url] = [textIn(item, 'wp', 'post_id'), textIn(item, 'wp', 'attachment_url')]
    if (id === undefined || url === undefined || /^(?:private|trash)$/.test(textIn(item, 'wp', 'status') ?? ''))
      continue
    const attachment: Attachment = {
      url,
      isImage: /\.(?:jpe?g|png|gif|webp|avif|bmp|svg)(?:\?.{0,500})?$/i.test(url),
      caption: plainIn(one(item, 'excerpt', 'encoded')),
      alt: metaIn(item, '_wp_attachment_image_alt'),
    }
    attachments.set(id, attachment)
    const parent = textIn(item, 'wp', 'post_parent') ?? '0'
    attachedTo.set(parent, [...(attachedTo.get(parent) ?? []).slice(-100), attachment])
  }
  return { names: exportedAuthors(channel), attachments, attachedTo }
}

function metaIn(item: XmlElement, key: string): string | undefined {
  const meta = all(item, 'wp', 'postmeta').find(each => textIn(each, 'wp', 'meta_key') === key)
  return textIn(meta, 'wp', 'meta_value')
}

/** Of an export, what an item's own properties add. */
export interface Exported extends Pick<Draft, 'pubStatus'> {
  excerpt?: string
  modified?: string
  /** Where `pubDate` says nothing. */
  published?: string
  /** The picture that leads the post. */
  lead?: Media
}

/** Is an item of a feed, or a post of an export? Pages, files and entries of menus are no articles, and nobody misses them. */
export function isPost(item: XmlElement): boolean {
  const type = textIn(item, 'wp', 'post_type') ?? 'post'
  return !/^(?:page|attachment|nav_menu_item|revision|custom_css|customize_changeset|oembed_cache|user_request|wp_\w+)$/.test(
    type,
  )
}

/** Types that plug-ins give to what is read as an article; of any other nobody knows: it may be a form that a reader filled in. */
const articleType =
  /post|news|article|art[ií]c[ul]+o|artikel|stor(?:y|ies)|blog|column|opini|editorial|report|interview|review|podcast|episode|press|feature|essay|noticia|nota|actualit|nachricht|beitrag|стат|новост|event/i

/**
 * What an export tells of an item; nothing for one from a feed. What is not public is withheld. Throws `Unusable` for an item of a type that is
 * not known to be an article.
 */
export function exportedItem(item: XmlElement, { attachments }: Export): Exported {
  const status = textIn(item, 'wp', 'status')
  if (status === undefined) return {}
  const type = textIn(item, 'wp', 'post_type') ?? 'post'
  if (!articleType.test(type))
    throw new Unusable(`The item is no article: WordPress calls it "${type.slice(0, 40)}".`, item.line)
  const isPublic = /^(?:publish|future)$/.test(status) && textIn(item, 'wp', 'post_password') === undefined
  const lead = attachments.get(metaIn(item, '_thumbnail_id') ?? '')
  return {
    ...(!isPublic && { pubStatus: 'withheld' }),
    excerpt: textIn(item, 'excerpt', 'encoded'),
    modified: inUtc(textIn(item, 'wp', 'post_modified_gmt')),
    published: inUtc(textIn(item, 'wp', 'post_date_gmt')) ?? textIn(item, 'wp', 'post_date'),
    ...(lead?.isImage && { lead: { kind: 'image', url: lead.url, caption: lead.caption, alt: lead.alt } }),
  }
}

/** Zeros stand for none. */
function inUtc(written: string | undefined): string | undefined {
  return written === undefined || written.startsWith('0000') ? undefined : `${written}Z`
}

/** An export's own text, resolved; a feed's is shown as it is. */
export function shownContent(item: XmlElement, content: string | undefined, files: Export): string | undefined {
  if (content === undefined || textIn(item, 'wp', 'status') === undefined) return content
  const own = files.attachedTo.get(textIn(item, 'wp', 'post_id') ?? '') ?? []
  return shownText(content, { attachments: files.attachments, own })
}

/** The printed names of an export's authors, by the names under which they log in. */
function exportedAuthors(channel: XmlElement | undefined): ReadonlyMap<string, string> {
  return new Map(
    all(channel, 'wp', 'author').flatMap(author => {
      const login = textIn(author, 'wp', 'author_login')
      const whole = [textIn(author, 'wp', 'author_first_name'), textIn(author, 'wp', 'author_last_name')]
        .filter(Boolean)
        .join(' ')
      const printed = plainIn(one(author, 'wp', 'author_display_name')) ?? ''
      const isLogin =
        printed === '' || printed.includes('@') || (printed === login && !/[\s\p{Lu}\p{Lo}]/u.test(printed))
      const name = isLogin ? whole : printed
      return login === undefined ? [] : [[login, name] as const]
    }),
  )
}

/** In an export authors are named by their logins: without a printed name they are nobody. A plug-in lists several as categories. */
export function exportedNames(item: XmlElement, authors: readonly Party[], { names }: Export): Party[] {
  if (textIn(item, 'wp', 'status') === undefined) return [...authors]
  const several = all(item, 'rss', 'category').filter(category => attribute(category, 'domain') === 'author')
  const listed = several.map(category => ({ name: plainIn(category) ?? '' }))
  return (listed.length > 0 ? listed : authors).flatMap(({ name }) => {
    const printed = names.get(name) ?? (listed.length > 0 || /[\s\p{Lo}]/u.test(name) ? name : '')
    return printed === '' ? [] : [{ name: printed }]
  })
}

/** Taxonomies that say nothing of what an article is about. */
const inner = /^(?:author|post_format|nav_menu|wp_theme|language|post_translations|term_language)$/
const unfiled =
  /^(?:uncategori[sz]ed|sin-categoria|non-classe|non-classifiee?|sem-categoria|senza-categoria|geen-categorie|bez-kategorii|%d0%b1%d0%b5%d0%b7-.{0,60}|allgemein|%e6%9c%aa%e5%88%86%e7%b1%bb)$/i

/** Of an export's categories those that file an article, with the section's as the vocabulary where it is the only one. */
export function exportedCategories(item: XmlElement, categories: readonly Category[]): Category[] {
  if (textIn(item, 'wp', 'status') === undefined) return [...categories]
  const hidden = new Set(
    all(item, 'rss', 'category')
      .filter(each => unfiled.test(attribute(each, 'nicename') ?? ''))
      .map(each => plainIn(each)),
  )
  const shown = categories.filter(
    ({ name, scheme = '' }) => !inner.test(scheme) && !(scheme === 'category' && hidden.has(name)),
  )
  const sections = shown.filter(({ scheme }) => scheme === 'category')
  return sections.length === 1
    ? shown.map(each => (each === sections[0] ? { ...each, scheme: 'section' } : each))
    : shown
}

/** The portrait of who wrote it, which WordPress.com lists among an article's images. */
export function isPortrait(url: string): boolean {
  return /^https?:\/\/(?:[\w-]{1,20}\.)?gravatar\.com\/avatar\//i.test(url)
}
