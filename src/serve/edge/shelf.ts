import type { Ref } from '../../article.ts'
import { etagOf, parcelOf, type Coding, type FeedEditions, type Packed, type Page } from '../../edition.ts'
import type { Parcel, Way } from '../../parcel.ts'
import { hubOf, maxAge, type Feed } from '../../feed.ts'
import type { Site } from '../../site.ts'
import { flat } from '../http/answers.ts'
import type { Body } from './body.ts'
import type { Validators } from '../http/conditional.ts'
import { cutOut } from '../../show/cut-out.ts'
import { Deltas } from './delta.ts'
import { contentUsage } from '../http/content-usage.ts'
import { formatHttpDate } from '../http/http-date.ts'
import { Memory } from './memory.ts'
import { editionPath, prefixOf } from '../../show/addresses.ts'
import { purgeKeys } from '../http/purge-keys.ts'
import { Volume } from './volume.ts'

/** An edition in one coding, ready to be written. Headers are flat arrays of names and values, as `writeHead` takes them. */
export interface Sealed extends Validators {
  body: Body
  /** Headers of a 200. */
  whole: string[]
  /** Headers of a 304. */
  unchanged: string[]
}

export interface Representations extends Readonly<Record<Coding, Sealed>> {
  /** Where earlier editions are known. */
  deltas?: Deltas
  /** What one gets with it, and how. */
  parcel: () => Parcel
  way: Way
}

/** An edition as it is served under its own address, and under `/feeds/NAME` where `Accept` chose it. */
export interface Shelved {
  direct: Representations
  negotiated: Representations
}

/** The editions that this process serves, by the path of their URL. Everything that can be known before a request is made here. */
export class Shelf implements AsyncDisposable {
  readonly #site: Site
  readonly #memory: Memory
  readonly #editions = new Map<string, Shelved>()
  /** What was put here, by feed. Its bytes are in the volumes. */
  readonly #standing = new Map<string, { feed: Feed; position: number; editions: readonly Omit<Packed, 'bodies'>[] }>()
  /** By feed, then by path. */
  readonly #volumes = new Map<string, ReadonlyMap<string, Volume>>()

  constructor(site: Site, memory = new Memory()) {
    this.#site = site
    this.#memory = memory
  }

  /** Puts a feed's editions in the place of those it had. */
  put({ editions, position }: FeedEditions, feed: Feed): void {
    const replaced = this.#volumes.get(feed.name)
    this.drop(feed.name)
    const volumes = new Map<string, Volume>()
    for (const edition of editions) {
      const path = editionPath(feed.name, edition.format)
      const volume = new Volume(edition.bodies, this.#memory, replaced?.get(path))
      volumes.set(path, volume)
      this.#editions.set(path, shelve(edition, feed, this.#site, path, volume))
    }
    this.#volumes.set(feed.name, volumes)
    const withoutBytes = editions.map(({ format, contentType, hash, modified, changes }) => {
      return { feed: feed.name, format, contentType, hash, modified, ...(changes && { changes }) }
    })
    this.#standing.set(feed.name, { feed, position, editions: withoutBytes })
  }

  /** `name`: of a feed. Its editions are gone at once, from the disk too. */
  drop(name: string): void {
    for (const [path, volume] of this.#volumes.get(name) ?? []) {
      volume.drop()
      this.#editions.delete(path)
    }
    this.#volumes.delete(name)
    this.#standing.delete(name)
  }

  /** Names of the feeds whose editions here hold an article. */
  holding(ref: Ref): string[] {
    const holds = ({ changes }: Omit<Packed, 'bodies'>) => changes?.parts.some(part => part.ref === ref)
    return [...this.#standing.values()].flatMap(({ feed, editions }) => (editions.some(holds) ? [feed.name] : []))
  }

  /** Cuts articles out of a feed's editions as they stand here. Rejects where the disk has lost them. */
  async cutOut(name: string, isTakenDown: (ref: Ref) => boolean): Promise<void> {
    const standing = this.#standing.get(name)
    const isHeld = standing?.editions.some(({ changes }) => changes?.parts.some(({ ref }) => isTakenDown(ref)))
    if (standing === undefined || !isHeld) return
    const { feed, position } = standing
    const editions = await Promise.all(
      standing.editions.map(async edition => {
        const { bodies } = this.#volumes.get(name)!.get(editionPath(name, edition.format))!
        const [gzip, br] = await Promise.all([bodies.gzip.read(), bodies.br.read()])
        return await cutOut({ ...edition, bodies: { gzip, br } }, isTakenDown)
      }),
    )
    // Others may have taken their place, or been cut already.
    if (this.#standing.get(name) === standing) this.put({ feed: name, position, editions }, feed)
    else await this.cutOut(name, isTakenDown)
  }

  /** `path`: as `editionPath` makes it. */
  find(path: string): Shelved | undefined {
    return this.#editions.get(path)
  }

  /** `name`: of a feed. */
  has(name: string): boolean {
    return this.#volumes.has(name)
  }

  /** Is anything of it to be put here once more, since the disk has lost it? `name`: of a feed. */
  isDamaged(name: string): boolean {
    return [...(this.#volumes.get(name)?.values() ?? [])].some(volume => volume.isDamaged)
  }

  /** Waits until what does not fit into memory has left it. */
  async settled(): Promise<void> {
    await this.#memory.settled()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const name of this.#volumes.keys()) this.drop(name)
    await this.settled()
  }
}

type Headers = Readonly<Record<string, string>>

/** An edition, or a page of an archive, under its own address, `path` on this site, with all that it is answered with. */
export function shelve(edition: Page, feed: Feed, site: Site, path: string, volume = volumeOf(edition)): Shelved {
  const { format, changes } = edition
  const deltas = changes && { deltas: new Deltas(edition, changes, volume) }
  // It tells of editions; pages of archives are none.
  const hub = path === editionPath(feed.name, format) ? hubOf(site, feed) : undefined
  let made: Parcel | undefined
  const parcel = () => (made ??= parcelOf(edition))
  const way = path.includes('/archive/') ? 'archive' : 'edition'
  const always = accessHeaders(feed)
  const who = feed.access === 'partners' ? ', Authorization' : ''
  const seal = (vary: Headers): Representations => {
    const each = (coding: Coding) =>
      sealCoding(
        { edition, coding, body: volume.bodies[coding] },
        { ...always, ...vary },
        wholeHeaders(feed, `${site.url}${path}`, hub),
      )
    return { identity: each('identity'), gzip: each('gzip'), br: each('br'), ...deltas, parcel, way }
  }
  return {
    direct: seal({ Vary: `Accept-Encoding, A-IM${who}` }),
    negotiated: seal({ Vary: `Accept-Encoding, A-IM, Accept${who}`, 'Content-Location': prefixOf(site) + path }),
  }
}

function volumeOf({ bodies }: Page): Volume {
  return new Volume(bodies, new Memory())
}

interface ToSeal {
  edition: Page
  coding: Coding
  body: Body
}

/** `always`: also for a 304, which a cache takes over (RFC 9110, 15.4.5) and a browser withholds without the permission. */
function sealCoding({ edition, coding, body }: ToSeal, always: Headers, whole: Headers): Sealed {
  const { modified, contentType, hash } = edition
  const etag = etagOf(hash, coding)
  const changed = modified === undefined ? undefined : { 'Last-Modified': formatHttpDate(modified) }
  const unchanged = { ETag: etag, ...changed, ...always }
  const content = {
    'Content-Type': contentType,
    'Content-Length': String(body.length),
    'X-Content-Type-Options': 'nosniff',
    ...(coding !== 'identity' && { 'Content-Encoding': coding }),
  }
  return { body, etag, modified, unchanged: flat(unchanged), whole: flat({ ...content, ...unchanged, ...whole }) }
}

/** Shared caches may keep it for longer than readers do (RFC 9213): an operator can have them forget it, by its key below. */
function accessHeaders({ access }: Feed): Headers {
  if (access === 'partners') return { 'Cache-Control': `private, max-age=${maxAge}`, 'Referrer-Policy': 'no-referrer' }
  return {
    'Cache-Control': `public, max-age=${maxAge}, stale-while-revalidate=30, stale-if-error=3600`,
    'CDN-Cache-Control': `max-age=${2 * maxAge}, stale-while-revalidate=60, stale-if-error=86400`,
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Expose-Headers': 'ETag, Last-Modified, Link',
  }
}

function wholeHeaders(feed: Feed, self: string, hub: string | undefined): Headers {
  const usage = feed.licence && contentUsage(feed.licence)
  return {
    Link: [`<${self}>; rel="self"`, ...(hub === undefined ? [] : [`<${hub}>; rel="hub"`])].join(', '),
    // Nobody has to try (RFC 9110, 14.3).
    'Accept-Ranges': 'none',
    ...(usage !== undefined && { 'Content-Usage': usage }),
    ...(feed.access === 'public' && purgeKeys(`feed:${feed.name}`)),
  }
}
