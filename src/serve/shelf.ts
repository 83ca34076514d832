import { etagOf, type Coding, type Edition, type FeedEditions } from '../edition.ts'
import type { Feed, Site } from '../feed.ts'
import { flat } from './answers.ts'
import type { Validators } from './conditional.ts'
import { Deltas } from './delta.ts'
import { formatHttpDate } from './http-date.ts'

/** An edition in one coding, ready to be written. Headers are flat arrays of names and values, as `writeHead` takes them. */
export interface Sealed extends Required<Validators> {
  body: Buffer
  /** Headers of a 200. */
  whole: string[]
  /** Headers of a 304. */
  unchanged: string[]
}

export interface Representations extends Readonly<Record<Coding, Sealed>> {
  /** Where earlier editions are known. */
  deltas?: Deltas
}

/** An edition as it is served under its own address, and under `/feeds/NAME` where `Accept` chose it. */
export interface Shelved {
  direct: Representations
  negotiated: Representations
}

/** The editions that this process has in memory, by the path of their URL. Everything that can be known before a request is made here. */
export class Shelf {
  readonly #editions = new Map<string, Shelved>()
  readonly #paths = new Map<string, readonly string[]>()

  constructor(private readonly site: Site) {}

  /** Puts a feed's editions in the place of those it had. */
  put({ editions }: FeedEditions, feed: Feed): void {
    this.drop(feed.name)
    for (const edition of editions)
      this.#editions.set(
        editionPath(feed.name, edition.format),
        shelve(edition, feed, this.site, editionPath(feed.name, edition.format)),
      )
    this.#paths.set(
      feed.name,
      editions.map(edition => editionPath(feed.name, edition.format)),
    )
  }

  /** `name`: of a feed. */
  drop(name: string): void {
    for (const path of this.#paths.get(name) ?? []) this.#editions.delete(path)
    this.#paths.delete(name)
  }

  /** `path`: as `editionPath` makes it. */
  find(path: string): Shelved | undefined {
    return this.#editions.get(path)
  }

  /** `name`: of a feed. */
  has(name: string): boolean {
    return this.#paths.has(name)
  }
}

/** `/feeds/NAME.rss`. */
export function editionPath(feed: string, format: string): string {
  return `/feeds/${feed}.${format}`
}

/** The path of the public address, without a slash at the end: in front of every path that goes out. */
export function prefixOf(site: Site): string {
  return new URL(site.url).pathname.replace(/\/$/, '')
}

type Headers = Readonly<Record<string, string>>

/** An edition under its own address, which is `path` on this site. */
export function shelve(edition: Edition, feed: Feed, site: Site, path: string): Shelved {
  const deltas = edition.changes && { deltas: new Deltas(edition, edition.changes) }
  const link = { Link: `<${site.url}${path}>; rel="self"` }
  const seal = (vary: Headers, whole: Headers): Representations => {
    const each = (coding: Coding) => sealCoding(edition, coding, { ...accessHeaders(feed), ...vary }, whole)
    return { identity: each('identity'), gzip: each('gzip'), br: each('br'), ...deltas }
  }
  return {
    direct: seal({ Vary: 'Accept-Encoding, A-IM' }, link),
    negotiated: seal({ Vary: 'Accept-Encoding, A-IM, Accept' }, { ...link, 'Content-Location': prefixOf(site) + path }),
  }
}

/** `always`: also for a 304, which a cache takes over (RFC 9110, 15.4.5) and a browser withholds without the permission. */
function sealCoding(edition: Edition, coding: Coding, always: Headers, whole: Headers): Sealed {
  const { modified, contentType, hash } = edition
  const body = edition.bodies[coding]
  const etag = etagOf(hash, coding)
  const unchanged = { ETag: etag, 'Last-Modified': formatHttpDate(modified), ...always }
  const content = {
    'Content-Type': contentType,
    'Content-Length': String(body.length),
    'X-Content-Type-Options': 'nosniff',
    ...(coding !== 'identity' && { 'Content-Encoding': coding }),
  }
  return { body, etag, modified, unchanged: flat(unchanged), whole: flat({ ...content, ...unchanged, ...whole }) }
}

function accessHeaders({ access }: Feed): Headers {
  if (access === 'partners') return { 'Cache-Control': 'private, max-age=60' }
  return {
    'Cache-Control': 'public, max-age=60, stale-while-revalidate=30, stale-if-error=3600',
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Expose-Headers': 'ETag, Last-Modified, Link',
  }
}
