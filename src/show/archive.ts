import { refOf } from '../article.ts'
import { hashOf, type Page } from '../edition.ts'
import { formats, type FormatName } from '../publish/formats/index.ts'
import type { Format } from '../publish/formats/format.ts'
import type { ArchivePage } from '../store/members.ts'
import type { Store } from '../store/store.ts'
import { renderEntries, sealPage } from './on-request.ts'

/** Characters of all pages that are kept, before compression. */
const mostKept = 32 << 20

interface Kept {
  edition: Page
  size: number
}

/**
 * Pages of feeds' archives (RFC 5005, section 4), put together when they are asked for and kept in memory, the least
 * recently asked for dropped first.
 */
export class Archives {
  readonly #store: Store
  readonly #kept = new Map<string, Kept>()
  readonly #underWay = new Map<string, Promise<Page>>()
  #size = 0

  constructor(store: Store) {
    this.#store = store
  }

  /** Undefined where the feed has no such page. Rejects while Redis cannot be asked. */
  async page(feed: string, number: number, format: FormatName): Promise<Page | undefined> {
    const page = await this.#store.members.page(feed, number)
    if (page === undefined) return undefined
    const name = `${format} ${signatureOf(page)}`
    const kept = this.#take(name)
    if (kept !== undefined) return kept
    const running = this.#underWay.get(name) ?? this.#render(page, format, name)
    this.#underWay.set(name, running)
    return await running
  }

  /** Puts it at the end of the line of those that are dropped. */
  #take(name: string): Page | undefined {
    const kept = this.#kept.get(name)
    if (kept === undefined) return undefined
    this.#kept.delete(name)
    this.#kept.set(name, kept)
    return kept.edition
  }

  async #render(page: ArchivePage, format: FormatName, name: string): Promise<Page> {
    try {
      const text = await this.#textOf(page, formats[format])
      const { contentType } = formats[format]
      const parcel = {
        articles: page.heads.map(head => [refOf(head), head.version] as const),
        gone: [],
        series: `${page.feed.name}/${page.number}`,
      }
      const edition = await sealPage(text, { feed: page.feed.name, format, contentType, parcel })
      this.#kept.set(name, { edition, size: text.length })
      this.#size += text.length
      for (const [oldest, { size }] of this.#kept) {
        if (this.#size <= mostKept) break
        this.#kept.delete(oldest)
        this.#size -= size
      }
      return edition
    } finally {
      this.#underWay.delete(name)
    }
  }

  async #textOf(page: ArchivePage, format: Format): Promise<string> {
    const { feed, rules, number, last, heads, changed } = page
    const entries = await renderEntries(heads, format, { feed, rules, articles: this.#store.articles })
    const frame = { site: rules.site, feed, archive: { last, page: number }, ...(changed !== undefined && { changed }) }
    // Newest first, as in the feed itself.
    return format.head(frame) + entries.toReversed().join(format.separator) + format.tail
  }
}

/** Everything that the page's bytes depend on. */
function signatureOf({ feed, rules, number, last, heads, changed }: ArchivePage): string {
  const versions = heads.map(head => [refOf(head), head.version, head.body, head.changed, head.note])
  return hashOf(JSON.stringify([feed, rules.site, number, number === last, versions, changed]))
}
