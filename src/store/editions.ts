import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { Ref } from '../article.ts'
import type { Changes, Edition, FeedEditions, Part } from '../edition.ts'
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
}

/** An edition to be put in place, with what it was put together from. */
export interface Assembled extends Omit<Edition, 'changes'> {
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

const replace = new Script('replace')

/** Seconds for which a reader's edition is remembered, so that a delta can be told from it. */
const rememberedFor = 7 * 86_400

const unpack = promisify(gunzip)

/** An edition is a few hundred kilobytes; one that unpacks to more than this is damaged. */
const maxBytes = 256 << 20

/** The current editions. The bytes without coding are not kept: they are unpacked from gzip when a process loads them. */
export class Editions {
  readonly #redis: RedisClient

  constructor(redis: RedisClient) {
    this.#redis = redis
  }

  /** What stands for a feed now, without bytes; undefined before its first editions. */
  async standing(feed: string): Promise<Standing | undefined> {
    const formats = (await this.#redis.hget(keys.editions(feed), 'formats'))?.split(',') ?? []
    const fields = ['epoch', 'revision', 'position', 'leftOut', ...formats.flatMap(metaFields)]
    const [epoch, revision, position, leftOut, ...texts] = await this.#redis.hmget(keys.editions(feed), ...fields)
    if (!epoch || !revision) return undefined
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

  /** Does an edition of this feed show the article? */
  async shows(feed: string, ref: Ref): Promise<boolean> {
    const { parts } = (await this.standing(feed)) ?? {}
    return [...(parts?.values() ?? [])].some(each => each.some(part => part.ref === ref))
  }

  /** As one text to compare, which is another for other bytes; '' before the first editions. */
  async stampText(feed: string): Promise<string> {
    const fields = ['epoch', 'revision', 'position', 'replaced']
    const [epoch, revision, position, replaced] = await this.#redis.hmget(keys.editions(feed), ...fields)
    return epoch ? `${stampText({ epoch, revision: revision ?? '', position: Number(position) })}:${replaced}` : ''
  }

  /** Puts editions in place and tells every edge, unless others stand by now than those with the stamp `standing`. */
  async replace(feed: string, standing: Stamp | undefined, next: Replacement): Promise<boolean> {
    const fields = next.changed.flatMap(({ format, contentType, hash, modified, bodies, changes: { cut, parts } }) => [
      `${format}:meta`,
      JSON.stringify({ format, contentType, hash, modified, cut } satisfies EditionMeta),
      `${format}:parts`,
      writeParts(parts),
      `${format}:gzip`,
      bodies.gzip,
      `${format}:br`,
      bodies.br,
    ])
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

  /** The entries of a feed's edition in one format, by their names, out of the text that stands. */
  async entries(feed: string, format: string): Promise<Map<string, string>> {
    const fields = [`${format}:gzip`, `${format}:parts`]
    const [gzip, parts] = await this.#redis.hmgetBuffer(keys.editions(feed), ...fields)
    if (!gzip || !parts) return new Map()
    const text = String(await unpack(gzip, { maxOutputLength: maxBytes }))
    return new Map(readParts(String(parts)).map(({ name, start, end }) => [name, text.slice(start, end)]))
  }

  /** The editions of a feed with their bytes, and their `stampText`; undefined before the first. */
  async load(feed: string): Promise<{ epoch: string; stamp: string; editions: FeedEditions } | undefined> {
    const [hash, known] = await Promise.all([this.#redis.hgetallBuffer(keys.editions(feed)), this.#known(feed)])
    const text = (field: string) => hash[field]?.toString() ?? ''
    if (text('epoch') === '') return undefined
    const editions = await Promise.all(
      text('formats')
        .split(',')
        .map(async format => {
          const { cut, ...meta } = JSON.parse(text(`${format}:meta`)) as EditionMeta
          const parts = readParts(text(`${format}:parts`))
          const gzip = hash[`${format}:gzip`]!
          return {
            feed,
            ...meta,
            bodies: { identity: await unpack(gzip, { maxOutputLength: maxBytes }), gzip, br: hash[`${format}:br`]! },
            changes: { parts, cut, known: known.get(format) ?? new Map() },
          }
        }),
    )
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
  return [`${format}:meta`, `${format}:parts`]
}

function writeParts(parts: readonly Part[]): string {
  return JSON.stringify(parts.map(({ name, ref, start, end, since }) => [name, ref, start, end, since]))
}

function readParts(text: string): Part[] {
  const written = JSON.parse(text || '[]') as [string, Ref, number, number, number][]
  return written.map(([name, ref, start, end, since]) => ({ name, ref, start, end, since }))
}

function stampText({ epoch, revision, position }: Stamp): string {
  return `${epoch}:${revision}:${position}`
}
