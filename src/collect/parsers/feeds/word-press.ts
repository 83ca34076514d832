import { Unusable } from '../../../errors.ts'
import type { Party } from '../../../article.ts'
import type { Draft } from '../draft.ts'
import { all, textIn } from './feed-xml.ts'
import { textOfHtml } from '../plain.ts'
import type { XmlElement } from '../xml/xml.ts'

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

/** Of an export, what an item's own properties add. */
export interface Exported extends Pick<Draft, 'pubStatus'> {
  excerpt?: string
  modified?: string
}

/**
 * What an export tells of an item; nothing for one from a feed. What is not public is withheld. Throws `Unusable` for an item that is no
 * article, such as an attachment or an entry of a menu.
 */
export function exportedItem(item: XmlElement): Exported {
  const status = textIn(item, 'wp', 'status')
  if (status === undefined) return {}
  const type = textIn(item, 'wp', 'post_type') ?? 'post'
  if (/^(?:attachment|nav_menu_item|revision|custom_css|customize_changeset|wp_\w+)$/.test(type))
    throw new Unusable(`The item is no article: WordPress calls it "${type.slice(0, 40)}".`, item.line)
  const isPublic = /^(?:publish|future)$/.test(status) && textIn(item, 'wp', 'post_password') === undefined
  const modified = textIn(item, 'wp', 'post_modified_gmt')
  return {
    ...(!isPublic && { pubStatus: 'withheld' }),
    excerpt: textIn(item, 'excerpt', 'encoded'),
    ...(modified !== undefined && { modified: `${modified}Z` }),
  }
}

/** The printed names of an export's authors, by the names under which they log in. */
export function exportedAuthors(channel: XmlElement | undefined): ReadonlyMap<string, string> {
  return new Map(
    all(channel, 'wp', 'author').flatMap(author => {
      const [login, name] = [textIn(author, 'wp', 'author_login'), textIn(author, 'wp', 'author_display_name')]
      return login === undefined || name === undefined ? [] : [[login, name] as const]
    }),
  )
}

export function withPrintedNames(authors: readonly Party[], names: ReadonlyMap<string, string>): Party[] {
  return authors.map(author => ({ ...author, name: names.get(author.name) ?? author.name }))
}

/** The portrait of who wrote it, which WordPress.com lists among an article's images. */
export function isPortrait(url: string): boolean {
  return /^https?:\/\/(?:[\w-]{1,20}\.)?gravatar\.com\/avatar\//i.test(url)
}
