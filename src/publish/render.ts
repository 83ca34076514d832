import type { Article } from '../article.ts'
import type { Feed, Head, Site } from '../feed.ts'
import type { Logger } from '../log.ts'
import type { Selection } from '../store/members.ts'
import type { Store } from '../store/store.ts'
import type { Entries } from './entries.ts'
import type { Format } from './formats/format.ts'
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

/** The text of each edition of a selection. An article that cannot be rendered is left out and logged. */
export async function render(selection: Selection, options: RenderOptions): Promise<Map<FormatName, string>> {
  const { feed, rules, heads, changed } = selection
  const style = hashOf(JSON.stringify([rules.site, feed.content]))
  const parts = await Promise.all(heads.map(head => renderArticle(head, feed, rules.site, style, options)))
  const shown = parts.filter(entries => entries !== undefined)
  const frame = { site: rules.site, feed, ...(changed !== undefined && { changed }) }
  return new Map(
    formatNames.map(name => {
      const format: Format = formats[name]
      const entries = shown.map(entry => entry[name]).join(format.separator)
      return [name, format.head(frame) + entries + format.tail]
    }),
  )
}

type EntryByFormat = Record<FormatName, string>

/** The article's entry in every format: in all or in none, so that the editions of a feed agree. */
async function renderArticle(
  head: Head,
  feed: Feed,
  site: Site,
  style: string,
  { store, entries, log, force }: RenderOptions,
): Promise<EntryByFormat | undefined> {
  const nameOf = (format: FormatName) => [head.source, head.key, head.version, head.body, format, style].join('/')
  const kept = formatNames.map(format => [format, force ? undefined : entries.get(nameOf(format))] as const)
  if (kept.every(([, entry]) => entry !== undefined)) return Object.fromEntries(kept) as EntryByFormat
  const article = await store.articles.article(head, site.authority)
  try {
    const rendered = renderEntries(article, { site, content: feed.content })
    for (const format of formatNames) entries.keep(nameOf(format), rendered[format])
    return rendered
  } catch (error) {
    log.error({ feed: feed.name, uri: article.uri, error: String(error) }, 'article left out: it cannot be rendered')
    return undefined
  }
}

function renderEntries(article: Article, style: { site: Site; content: Feed['content'] }): EntryByFormat {
  return Object.fromEntries(formatNames.map(name => [name, formats[name].entry(article, style)])) as EntryByFormat
}
