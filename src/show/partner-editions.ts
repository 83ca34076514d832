import { refOf } from '../article.ts'
import type { Page } from '../edition.ts'
import type { Format, Frame, Gone } from '../publish/formats/format.ts'
import { newsml, newsmlNothing, newsmlNotice } from '../publish/formats/newsml.ts'
import { toNinjsNotice } from '../publish/formats/ninjs.ts'
import type { Site } from '../site.ts'
import type { Selection } from '../store/members.ts'
import type { Store } from '../store/store.ts'
import { goneFrom } from './gone.ts'
import { partnerNinjs } from './granted.ts'
import { renderEntries, sealPage } from './on-request.ts'

/** A format that tells also what was taken away. */
interface PartnerFormat extends Pick<Format, 'contentType' | 'head' | 'entry' | 'separator' | 'tail'> {
  notice: (gone: Gone, site: Site) => string
  /** In the place of entries where there is none; absent: nothing. */
  nothing?: (frame: Frame) => string
}

/** The formats in which partners get every feed that they have; another is a line here. A name is the ending of its address. */
const partnerFormats = {
  ninjs: {
    contentType: 'application/json; charset=utf-8',
    head: () => '[\n',
    entry: (article, style) => JSON.stringify(partnerNinjs(article, style, style.site)),
    notice: gone => JSON.stringify(toNinjsNotice(gone)),
    separator: ',\n',
    tail: '\n]\n',
  },
  newsml: { ...newsml, notice: newsmlNotice, nothing: newsmlNothing },
} satisfies Record<string, PartnerFormat>

export type PartnerFormatName = keyof typeof partnerFormats

export const partnerFormatNames = Object.keys(partnerFormats) as readonly PartnerFormatName[]

/** Editions that are kept, the least recently asked for dropped first. */
const mostKept = 64

/** Feeds as ninjs and as NewsML-G2, put together when they are asked for, and kept until something in them changes. */
export class PartnerEditions {
  readonly #store: Store
  readonly #kept = new Map<string, Promise<Page>>()

  constructor(store: Store) {
    this.#store = store
  }

  /** Undefined for a feed that is not declared. Rejects while Redis cannot be asked. */
  async edition(feed: string, name: PartnerFormatName): Promise<Page | undefined> {
    const selection = await this.#store.members.select(feed)
    if (selection === undefined) return undefined
    const { epoch, rules, position, changed } = selection
    const key = [name, feed, epoch, rules.revision, position, changed].join(' ')
    const edition = this.#kept.get(key) ?? this.#render(selection, name)
    this.#kept.delete(key)
    this.#kept.set(key, edition)
    edition.catch(() => this.#kept.delete(key))
    const [oldest] = this.#kept.keys()
    if (this.#kept.size > mostKept && oldest !== undefined) this.#kept.delete(oldest)
    return await edition
  }

  async #render(selection: Selection, name: PartnerFormatName): Promise<Page> {
    const { feed, rules, heads, changed } = selection
    const format: PartnerFormat = partnerFormats[name]
    const entries = await renderEntries(heads, format, { feed, rules, articles: this.#store.articles })
    const gone = await goneFrom(selection, this.#store)
    for (const { notice } of gone) entries.push(format.notice(notice, rules.site))
    const frame = { site: rules.site, feed, ...(changed !== undefined && { changed }) }
    if (entries.length === 0 && format.nothing) entries.push(format.nothing(frame))
    const text = format.head(frame) + entries.join(format.separator) + format.tail
    const parcel = {
      articles: heads.map(head => [refOf(head), head.version] as const),
      gone: gone.map(({ ref, position }) => [ref, position] as const),
      series: feed.name,
    }
    return await sealPage(text, { feed: feed.name, format: name, contentType: format.contentType, parcel })
  }
}
