import { refOf, type Article } from '../article.ts'
import { TextLost } from '../errors.ts'
import type { Feed, Head, Site } from '../feed.ts'
import type { Logger } from '../log.ts'
import type { LeftOut } from '../store/editions.ts'
import type { Selection } from '../store/members.ts'
import type { Store } from '../store/store.ts'
import type { Entries, Entry } from './entries.ts'
import type { EntryStyle, Format } from './formats/format.ts'
import { formats, type FormatName } from './formats/index.ts'
import { hashOf } from './seal.ts'

export const formatNames = Object.keys(formats) as FormatName[]

export interface RenderOptions {
  store: Store
  entries: Entries
  log: Logger
  /** Renders kept entries again too. */
  force: boolean
}

export interface Rendered {
  /** The text of each edition. */
  texts: ReadonlyMap<FormatName, string>
  /** Articles that could not be rendered: the feed goes on without them. */
  leftOut: LeftOut[]
}

/** Renders the editions of a selection. */
export async function render(selection: Selection, options: RenderOptions): Promise<Rendered> {
  const { feed, rules, heads, changed } = selection
  const style = styleOf(rules.site, feed)
  const parts = await Promise.all(heads.map(head => renderArticle(head, style, options)))
  const entries = parts.filter((part): part is Entry => !('reason' in part))
  const frame = { site: rules.site, feed, ...(changed !== undefined && { changed }) }
  const texts = formatNames.map(name => {
    const format: Format = formats[name]
    const body = entries.map(entry => entry[name]).join(format.separator)
    return [name, format.head(frame) + body + format.tail] as const
  })
  return { texts: new Map(texts), leftOut: parts.filter((part): part is LeftOut => 'reason' in part) }
}

function styleOf(site: Site, { content }: Feed): EntryStyle & { name: string } {
  return { site, content, name: hashOf(JSON.stringify([site, content])) }
}

/** The article in every format: in all or in none, so that the editions of a feed agree. */
async function renderArticle(
  head: Head,
  style: EntryStyle & { name: string },
  { store, entries, log, force }: RenderOptions,
): Promise<Entry | LeftOut> {
  const name = `${hashOf(JSON.stringify(head))}/${style.name}`
  const kept = force ? undefined : entries.get(name)
  if (kept !== undefined) return kept
  try {
    const entry = renderEntry(await store.articles.article(head, style.site.authority), style)
    entries.keep(name, entry)
    return entry
  } catch (error) {
    // What the store cannot answer now is no fault of the article.
    if (!(error instanceof TextLost) && !(error instanceof Unrenderable)) throw error
    log.error({ article: refOf(head), error: error.message }, 'article left out')
    return { ref: refOf(head), reason: error.message }
  }
}

class Unrenderable extends Error {
  override name = 'Unrenderable'
}

function renderEntry(article: Article, style: EntryStyle): Entry {
  try {
    return Object.fromEntries(formatNames.map(name => [name, formats[name].entry(article, style)])) as Entry
  } catch (cause) {
    throw new Unrenderable(`it cannot be rendered: ${String(cause)}`, { cause })
  }
}
