import { gunzipSync } from 'node:zlib'
import type { Edition, FeedEditions } from '../edition.ts'
import type { RedisClient } from './connect.ts'
import { keys } from './keys.ts'
import { Script } from './script.ts'

/** Where editions stand: of which store, by which definitions, up to which position on the wire. */
export interface Stamp {
  epoch: string
  revision: string
  position: number
}

/** What is known of an edition without its bytes. */
export type EditionMeta = Pick<Edition, 'format' | 'contentType' | 'hash' | 'modified'>

const replace = new Script('replace')

/** An edition is a few hundred kilobytes; one that unpacks to more than this is damaged. */
const maxBytes = 256 << 20

/** The current editions. The bytes without coding are not kept: they are unpacked from gzip when a process loads them. */
export class Editions {
  readonly #redis: RedisClient

  constructor(redis: RedisClient) {
    this.#redis = redis
  }

  /** What stands for a feed now, without bytes; undefined before its first editions. */
  async standing(feed: string): Promise<{ stamp: Stamp; metas: Map<string, EditionMeta> } | undefined> {
    const formats = (await this.#redis.hget(keys.editions(feed), 'formats'))?.split(',') ?? []
    const fields = ['epoch', 'revision', 'position', ...formats.map(format => `${format}:meta`)]
    const [epoch, revision, position, ...metas] = await this.#redis.hmget(keys.editions(feed), ...fields)
    if (!epoch || !revision) return undefined
    const known = metas.flatMap(text => (text ? [JSON.parse(text) as EditionMeta] : []))
    return {
      stamp: { epoch, revision, position: Number(position) },
      metas: new Map(known.map(meta => [meta.format, meta])),
    }
  }

  /** The stamp alone, as one text to compare; '' before the first editions. */
  async stampText(feed: string): Promise<string> {
    const [epoch, revision, position] = await this.#redis.hmget(keys.editions(feed), 'epoch', 'revision', 'position')
    return epoch ? stampText({ epoch, revision: revision ?? '', position: Number(position) }) : ''
  }

  /**
   * Puts the changed editions of a feed in place and tells every edge, unless others stand by now than `standing`.
   * `formats` names all that the feed has; of those not in `changed` the standing ones are kept.
   */
  async replace(
    feed: string,
    standing: Stamp | undefined,
    next: Stamp,
    formats: readonly string[],
    changed: readonly Edition[],
  ): Promise<boolean> {
    const fields = changed.flatMap(({ format, contentType, hash, modified, bodies }) => [
      `${format}:meta`,
      JSON.stringify({ format, contentType, hash, modified } satisfies EditionMeta),
      `${format}:gzip`,
      bodies.gzip,
      `${format}:br`,
      bodies.br,
    ])
    const { epoch, revision, position } = next
    const stamps = [standing ? stampText(standing) : '', epoch, revision, position]
    const args = [feed, ...stamps, keys.replaced, 'formats', formats.join(','), ...fields]
    const replaced = (await replace.run(this.#redis, keys.editions(feed), args)) === 1
    if (replaced) await this.#redis.hset(keys.published, feed, `${revision}:${position}`)
    return replaced
  }

  /** The editions of a feed with their bytes; undefined before the first. */
  async load(feed: string): Promise<{ stamp: string; editions: FeedEditions } | undefined> {
    const hash = await this.#redis.hgetallBuffer(keys.editions(feed))
    const text = (field: string) => hash[field]?.toString() ?? ''
    if (text('epoch') === '') return undefined
    const editions = text('formats')
      .split(',')
      .map(format => {
        const meta = JSON.parse(text(`${format}:meta`)) as EditionMeta
        const gzip = hash[`${format}:gzip`]!
        return {
          feed,
          ...meta,
          bodies: { identity: gunzipSync(gzip, { maxOutputLength: maxBytes }), gzip, br: hash[`${format}:br`]! },
        }
      })
    const stamp = { epoch: text('epoch'), revision: text('revision'), position: Number(text('position')) }
    return { stamp: stampText(stamp), editions: { feed, position: stamp.position, editions } }
  }
}

function stampText({ epoch, revision, position }: Stamp): string {
  return `${epoch}:${revision}:${position}`
}
