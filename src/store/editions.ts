import type { Ref } from '../article.ts'
import { unpack, type Changes, type Edition, type FeedEditions, type Packed, type Part } from '../edition.ts'
import type { RedisClient } from './redis/connect.ts'
import { keys } from './keys.ts'
import { Script } from './redis/script.ts'

/** Where editions stand: of which store, by which definitions, up to which position on the wire. */
export interface Stamp {
  epoch: string
  revision: string
  position: number
}

/** What is known of an edition without its bytes. */
export interface EditionMeta extends Pick<Edition, 'format' | 'contentType' | 'hash' | 'modified'> {
  /** As in `Changes`. */
  cut: number
  gone?: Changes['gone']
}

/** An edition to be put in place, with what it was put together from. */
export interface Assembled extends Omit<Packed, 'changes'> {
  changes: Omit<Changes, 'known'>
}

/** An article that an edition had to do without. */
export interface LeftOut {
  ref: Ref
  reason: string
}

export interface Standing {
  stamp: Stamp
  metas: ReadonlyMap<string, EditionMeta>
  /** By format. */
  parts: ReadonlyMap<string, readonly Part[]>
  leftOut: readonly LeftOut[]
}

/** What takes the place of the editions that stand. */
export interface Replacement {
  stamp: Stamp
  /** All formats that the feed has. */
  formats: readonly string[]
  /** Of the others the standing editions are kept. */
  changed: readonly Assembled[]
  leftOut: readonly LeftOut[]
}

/** The editions of a feed, of which store they are, and their `stampText`. */
export interface Loaded<Each extends Packed> {
  epoch: string
  stamp: string
  editions: FeedEditions<Each>
}

const replace = new Script('replace')

/** Seconds for which a reader's edition is remembered, so that a delta can be told from it. */
const rememberedFor = 7 * 86_400

/** The current editions. The bytes without coding are not kept: they are unpacked from gzip when a process loads them. */
export class Editions {
  readonly #redis: RedisClient
  /** Of the feed that was read last: all feeds have the same, until another version of this program adds one. */
  #formats: readonly string[] = []

  constructor(redis: RedisClient) {
    this.#redis = redis
  }

  /** What stands for a feed now, without bytes; undefined before its first editions. */
  async standing(feed: string): Promise<Standing | undefined> {
    const formats = this.#formats
    const fields = ['formats', 'epoch', 'revision', 'position', 'leftOut', ...formats.flatMap(metaFields)]
    const found = await this.#redis.hmget(keys.editions(feed), ...fields)
    const [names, epoch, revision, position, leftOut, ...texts] = found
    if (!names || !epoch || !revision) return undefined
    if (names !== formats.join(',')) {
      this.#formats = names.split(',')
      return await this.standing(feed)
    }
    const known = formats.flatMap((format, at) => {
      const [meta, parts] = [texts[2 * at], texts[2 * at + 1]]
      return meta && parts ? [{ format, meta: JSON.parse(meta) as EditionMeta, parts: readParts(parts) }] : []
    })
    return {
      stamp: { epoch, revision, position: Number(position) },
      metas: new Map(known.map(({ format, meta }) => [format, meta])),
      parts: new Map(known.map(({ format, parts }) => [format, parts])),
      leftOut: JSON.parse(leftOut ?? '[]') as LeftOut[],
    }
  }

  /** What the editions of a feed had to do without. */
  async leftOut(feed: string): Promise<LeftOut[]> {
    return JSON.parse((await this.#redis.hget(keys.editions(feed), 'leftOut')) ?? '[]') as LeftOut[]
  }

  /** Feeds whose editions may have to do without something: one look-up, however many feeds there are. */
  incomplete(): Promise<string[]> {
    return this.#redis.smembers(keys.incomplete)
  }

  /** Does an edition of this feed show one of these articles? */
  async shows(feed: string, refs: readonly Ref[]): Promise<boolean> {
    const { parts } = (await this.standing(feed)) ?? {}
    return [...(parts?.values() ?? [])].some(each => each.some(part => refs.includes(part.ref)))
  }

  /** As one text to compare, which is another for other bytes; '' before the first editions. */
  async stampText(feed: string): Promise<string> {
    const fields = ['epoch', 'revision', 'position', 'replaced']
    const [epoch, revision, position, replaced] = await this.#redis.hmget(keys.editions(feed), ...fields)
    return epoch ? `${stampText({ epoch, revision: revision ?? '', position: Number(position) })}:${replaced}` : ''
  }

  /** Puts editions in place and tells every edge, unless others stand by now than those with the stamp `standing`. */
  async replace(feed: string, standing: Stamp | undefined, next: Replacement): Promise<boolean> {
    const fields = next.changed.flatMap(
      ({ format, contentType, hash, modified, bodies, changes: { cut, parts, gone } }) => [
        `${format}:meta`,
        JSON.stringify({ format, contentType, hash, modified, cut, ...(gone && { gone }) } satisfies EditionMeta),
        `${format}:entries`,
        writeParts(parts),
        `${format}:gzip`,
        bodies.gzip,
        `${format}:br`,
        bodies.br,
      ],
    )
    const known = next.changed.flatMap(({ format, hash, modified }) => [modified, `${format}:${hash}`])
    const forgotten = Math.max(0, ...next.changed.map(({ modified }) => modified - rememberedFor))
    const { epoch, revision, position } = next.stamp
    const before = standing ? stampText(standing) : ''
    const always = ['formats', next.formats.join(','), 'leftOut', JSON.stringify(next.leftOut)]
    const remembered = [forgotten, known.length, ...known]
    const args = [feed, before, epoch, revision, position, keys.replaced, ...remembered, ...always, ...fields]
    const replaced = (await replace.run(this.#redis, [keys.editions(feed), keys.known(feed)], args)) === 1
    if (replaced) {
      // First, so that a round which dies between the two is done again.
      await this.#markIncomplete(feed, next.leftOut.length > 0)
      await this.markPublished(feed, next.stamp)
    }
    return replaced
  }

  async #markIncomplete(feed: string, incomplete: boolean): Promise<void> {
    const unmarked = !incomplete && (await this.#redis.srem(keys.incomplete, feed)) === 1
    // What was taken away may be the mark of a round that took the place of this one meanwhile.
    if (incomplete || (unmarked && (await this.leftOut(feed)).length > 0)) {
      await this.#redis.sadd(keys.incomplete, feed)
    }
  }

  /** Remembers up to where a feed's editions stand, for `Members.behind`. */
  async markPublished(feed: string, { revision, position }: Stamp): Promise<void> {
    await this.#redis.hset(keys.published, feed, `${revision}:${position}`)
  }

  /** The entries of a feed's edition in one format, by their names, out of the bytes that stand. */
  async entries(feed: string, format: string): Promise<Map<string, Buffer>> {
    const fields = [`${format}:gzip`, `${format}:entries`]
    const [gzip, parts] = await this.#redis.hmgetBuffer(keys.editions(feed), ...fields)
    if (!gzip || !parts) return new Map()
    const bytes = await unpack(gzip)
    // Each for itself: a view would keep the whole in memory.
    return new Map(
      readParts(String(parts)).map(({ name, start, end }) => [name, Buffer.from(bytes.subarray(start, end))]),
    )
  }

  /** With all their bytes; undefined before the first. */
  async load(feed: string): Promise<Loaded<Edition> | undefined> {
    const loaded = await this.loadPacked(feed)
    if (loaded === undefined) return undefined
    const editions = await Promise.all(
      loaded.editions.editions.map(async edition => {
        const identity = await unpack(edition.bodies.gzip)
        return { ...edition, bodies: { ...edition.bodies, identity } }
      }),
    )
    return { ...loaded, editions: { ...loaded.editions, editions } }
  }

  /** As `load`, with the bytes as they lie in the store. */
  async loadPacked(feed: string): Promise<Loaded<Packed> | undefined> {
    const [hash, known] = await Promise.all([this.#redis.hgetallBuffer(keys.editions(feed)), this.#known(feed)])
    const text = (field: string) => hash[field]?.toString() ?? ''
    if (text('epoch') === '') return undefined
    const editions = text('formats')
      .split(',')
      .map(format => {
        const { cut, gone, ...meta } = JSON.parse(text(`${format}:meta`)) as EditionMeta
        const bodies = { gzip: hash[`${format}:gzip`]!, br: hash[`${format}:br`]! }
        const parts = readParts(text(`${format}:entries`))
        const changes = { parts, cut, known: known.get(format) ?? new Map(), ...(gone && { gone }) }
        return { feed, ...meta, bodies, changes }
      })
    const stamp = { epoch: text('epoch'), revision: text('revision'), position: Number(text('position')) }
    const compared = `${stampText(stamp)}:${text('replaced')}`
    return { epoch: stamp.epoch, stamp: compared, editions: { feed, position: stamp.position, editions } }
  }

  /** Editions of the last week: by format, hash -> `modified`. */
  async #known(feed: string): Promise<ReadonlyMap<string, ReadonlyMap<string, number>>> {
    const texts = await this.#redis.zrange(keys.known(feed), '0', '-1', 'WITHSCORES')
    const known = new Map<string, Map<string, number>>()
    for (let at = 0; at < texts.length; at += 2) {
      const [format = '', hash = ''] = texts[at]?.split(':') ?? []
      const hashes = known.get(format) ?? new Map<string, number>()
      known.set(format, hashes.set(hash, Number(texts[at + 1])))
    }
    return known
  }
}

function metaFields(format: string): string[] {
  return [`${format}:meta`, `${format}:entries`]
}

function writeParts(parts: readonly Part[]): string {
  return JSON.stringify(
    parts.map(({ name, ref, start, end, since, version }) => [name, ref, start, end, since, version]),
  )
}

function readParts(text: string): Part[] {
  const written = JSON.parse(text || '[]') as [string, Ref, number, number, number, number?][]
  // Versions were not kept by earlier ones of this program.
  return written.map(([name, ref, start, end, since, version = 0]) => ({ name, ref, start, end, since, version }))
}

function stampText({ epoch, revision, position }: Stamp): string {
  return `${epoch}:${revision}:${position}`
}
