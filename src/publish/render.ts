import { refOf, type Article, type Ref } from '../article.ts'
import { TextLost } from '../errors.ts'
import { excerptOf } from '../excerpt.ts'
import type { Feed } from '../feed.ts'
import { given } from '../fullness.ts'
import type { Head } from '../head.ts'
import type { Site } from '../site.ts'
import type { Logger } from '../log.ts'
import { bind, hashOf, type Part } from '../edition.ts'
import type { Parcel } from '../parcel.ts'
import { goneFrom } from '../show/gone.ts'
import type { LeftOut } from '../store/editions.ts'
import { pagesOf, type Selection } from '../store/members.ts'
import type { Store } from '../store/store.ts'
import { version } from '../version.ts'
import type { Entries, Entry } from './entries.ts'
import { entryStyle, type EntryStyle, type Format, type Frame } from './formats/format.ts'
import { formats, type FormatName } from './formats/index.ts'

export const formatNames = Object.keys(formats) as FormatName[]

/** So many entries are rendered faster than editions are unpacked. */
const few = 8

export interface RenderOptions {
  store: Store
  entries: Entries
  log: Logger
  /** Renders kept entries again too. */
  force: boolean
}

/** The bytes of an edition, and where each entry stands in them. */
export interface Text {
  bytes: Buffer
  /** Base of the edition's entity tags. */
  hash: string
  /** In the order of the bytes; not yet since when. */
  parts: Omit<Part, 'since'>[]
}

export interface Rendered {
  texts: ReadonlyMap<FormatName, Text>
  /** Articles that could not be rendered: the feed goes on without them. */
  leftOut: LeftOut[]
  /** What they say to be taken away: those for partners. */
  gone?: Parcel['gone']
}

/** Renders the editions of a selection. */
export async function render(selection: Selection, options: RenderOptions): Promise<Rendered> {
  const { feed, rules, heads, changed, entered } = selection
  const style = styleOf(rules.site, feed)
  const named = heads.map(head => ({ head, name: hashOf(style.name + JSON.stringify(head)) }))
  if (!options.force) await recall(feed, named, options)
  const rendered = await Promise.all(named.map(article => renderArticle(article, style, options)))
  const entries = rendered.filter(each => 'entry' in each)
  // Where every article that ever entered is on this page, the archive has nothing to add.
  const archive = entered > entries.length ? { last: pagesOf(entered) } : undefined
  const gone = feed.access === 'partners' ? await goneFrom(selection, options.store) : undefined
  const frame = {
    site: rules.site,
    feed,
    ...(changed !== undefined && { changed }),
    ...(archive && { archive }),
    ...(gone && { gone: gone.map(each => each.notice) }),
  }
  const texts = formatNames.map(format => [format, assemble(entries, format, frame)] as const)
  const told = gone?.map(({ ref, position }) => [ref, position] as const)
  return { texts: new Map(texts), leftOut: rendered.filter(each => 'reason' in each), ...(told && { gone: told }) }
}

function assemble(entries: readonly NamedEntry[], format: FormatName, frame: Frame): Text {
  const { head, separator, tail }: Format = formats[format]
  const { bytes, places } = bind(
    entries.map(({ entry }) => entry[format]),
    { head: Buffer.from(head(frame)), separator: Buffer.from(separator), tail: Buffer.from(tail) },
  )
  return {
    bytes,
    hash: hashOf(bytes),
    parts: entries.map(({ name, ref, version: shown }, at) => ({ name, ref, version: shown, ...places[at]! })),
  }
}

/** With the version of this program: what another one has written is not what this one would write. */
function styleOf(site: Site, feed: Feed): EntryStyle & { name: string } {
  const style = entryStyle(site, feed)
  return { ...style, name: hashOf(JSON.stringify([version, style])) }
}

interface NamedHead {
  head: Head
  /** Of the entry: another article, version, style or program gives another. */
  name: string
}

interface NamedEntry {
  name: string
  ref: Ref
  version: number
  entry: Entry
}

/**
 * Brings entries back to memory out of the editions that stand, so that a process that has just started, a `kill` for
 * example, renders only what has changed.
 */
async function recall({ name: feed }: Feed, named: readonly NamedHead[], { store, entries }: RenderOptions) {
  const missing = named.filter(({ name }) => !entries.has(name))
  if (missing.length <= few) return
  const standing = await Promise.all(formatNames.map(format => store.editions.entries(feed, format)))
  for (const { name } of missing) {
    const found = formatNames.flatMap((format, i) => {
      const bytes = standing[i]?.get(name)
      return bytes === undefined ? [] : [[format, bytes] as const]
    })
    if (found.length === formatNames.length) entries.keep(name, Object.fromEntries(found) as Entry)
  }
}

/** The article in every format: in all or in none, so that the editions of a feed agree. */
async function renderArticle(
  { head, name }: NamedHead,
  style: EntryStyle,
  { store, entries, log, force }: RenderOptions,
): Promise<NamedEntry | LeftOut> {
  const kept = force ? undefined : entries.get(name)
  const ref = refOf(head)
  const { version: shown } = head
  if (kept !== undefined) return { name, ref, version: shown, entry: kept }
  try {
    const entry = renderEntry(await store.articles.article(head, style.site.authority), style)
    entries.keep(name, entry)
    return { name, ref, version: shown, entry }
  } catch (error) {
    // What the store cannot answer now is no fault of the article.
    if (!(error instanceof TextLost) && !(error instanceof Unrenderable)) throw error
    log.error({ article: ref, error: error.message }, 'article left out')
    return { ref, reason: error.message }
  }
}

class Unrenderable extends Error {
  override name = 'Unrenderable'
}

function renderEntry(whole: Article, style: EntryStyle): Entry {
  try {
    const article = given(whole, style)
    const excerpt = excerptOf(article)
    const written = formatNames.map(name => [name, Buffer.from(formats[name].entry(article, style, excerpt))])
    return Object.fromEntries(written) as Entry
  } catch (cause) {
    throw new Unrenderable(`it cannot be rendered: ${String(cause)}`, { cause })
  }
}
