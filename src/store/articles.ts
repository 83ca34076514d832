import { Cluster } from 'ioredis'
import { refOf, uriOf, type Article, type Content, type Ref } from '../article.ts'
import { TextLost } from '../errors.ts'
import type { Head } from '../head.ts'
import { shownContent } from '../shown.ts'
import { unpackBody, type Body } from './body.ts'
import type { RedisClient } from './redis/connect.ts'
import { FieldReader } from './redis/field-reader.ts'
import { ValueReader } from './redis/value-reader.ts'
import { scanHash } from './files.ts'
import { decodeHead } from './head-text.ts'
import { keys } from './keys.ts'

/** Heads and bodies of articles. They are changed by `Commits` alone. */
export class Articles {
  readonly #redis: RedisClient
  readonly #fields: FieldReader
  readonly #bodies: ValueReader

  constructor(redis: RedisClient) {
    this.#redis = redis
    this.#fields = new FieldReader(redis)
    this.#bodies = new ValueReader(redis)
  }

  async head(ref: Ref): Promise<Head | undefined> {
    const text = await this.#fields.read(keys.heads, ref)
    return text === null ? undefined : decodeHead(text)
  }

  /** Writes bodies before the commit that names them; without that commit they are orphans, which do no harm. */
  async keepBodies(bodies: readonly (Body & { ref: Ref })[]): Promise<void> {
    if (bodies.length === 0) return
    const redis = this.#redis
    const pairs = bodies.map(({ ref, digest, packed }) => [keys.body(ref, digest), Buffer.from(packed)] as const)
    // One command is written to disk once. Spread over a Cluster the keys lie in slots of their own.
    if (redis instanceof Cluster) await Promise.all(pairs.map(([key, bytes]) => redis.set(key, bytes)))
    else await redis.mset(...pairs.flat())
  }

  /** The article of a head with all that may be shown of it now; one whose text was taken away says nothing. Throws `TextLost`. */
  async article(head: Head, authority: string): Promise<Article> {
    const { source, key, version, pubStatus, changed, note, notedAt } = head
    const noted = { ...(note !== undefined && { note }), ...(notedAt !== undefined && { notedAt }) }
    const content = head.body === '' ? nothingOf(head) : shownContent(await this.content(head), head.nextMoment)
    const uri = uriOf(authority, refOf(head))
    return { ...content, uri, source, key, version, pubStatus, changed, ...noted }
  }

  /** All that a head's article says, also what its owner keeps back. Throws `TextLost`. */
  async content(head: Head): Promise<Content> {
    const packed = await this.#bodies.read(keys.body(refOf(head), head.body))
    if (packed === null) throw new TextLost(`the text of ${refOf(head)} version ${head.version} is not in the store`)
    try {
      return unpackBody(packed) as Content
    } catch (cause) {
      throw new TextLost(`the text of ${refOf(head)} version ${head.version} is damaged`, { cause })
    }
  }

  /** What an article was before, newest first. */
  async past(ref: Ref): Promise<Head[]> {
    return (await this.#redis.lrange(keys.past(ref), 0, -1)).map(text => decodeHead(text))
  }

  /** Takes away what an article was, and every text that it had then. After its kill nothing is left to show. */
  async forgetPast(ref: Ref): Promise<void> {
    const digests = new Set((await this.past(ref)).map(head => head.body))
    await Promise.all([...digests].map(digest => this.#redis.del(keys.body(ref, digest))))
    await this.#redis.del(keys.past(ref))
  }

  /** A page of heads in the order of their refs, after the one named. */
  async list({ after, limit }: { after?: Ref; limit: number }): Promise<Head[]> {
    // Sorted here: Redis keeps heads without an order, and a list is asked for by people.
    const refs = (await this.#redis.hkeys(keys.heads)).toSorted()
    const start = after === undefined ? 0 : refs.findIndex(ref => ref > after)
    const page = start < 0 ? [] : refs.slice(start, start + limit)
    if (page.length === 0) return []
    const heads = await this.#redis.hmget(keys.heads, ...page)
    return heads.flatMap(text => (text === null ? [] : [decodeHead(text)]))
  }

  /** The heads of all articles, in pieces, in no order; one may come twice. */
  async *all(): AsyncGenerator<Head[]> {
    for await (const piece of scanHash(this.#redis, keys.heads)) yield piece.map(([, text]) => decodeHead(text))
  }

  /** Articles that have this id in their own format: `most` at the most, in no order. Looks at every head. */
  async ofOwnId(id: string, most: number): Promise<Head[]> {
    const found = new Map<Ref, Head>()
    for await (const heads of this.all()) {
      for (const head of heads.filter(({ ownId }) => ownId === id)) found.set(refOf(head), head)
      if (found.size >= most) break
    }
    return [...found.values()].slice(0, most)
  }

  count(): Promise<number> {
    return this.#redis.hlen(keys.heads)
  }

  /** Refs that are due: their `heldUntil` or `nextMoment` is not after `now` (milliseconds). Each once, `limit` of either at the most. */
  async due(now: number, limit: number): Promise<Ref[]> {
    const until = String(Math.floor(now / 1000))
    const [held, turning] = await Promise.all(
      [keys.held, keys.turning].map(key => this.#redis.zrange(key, '-inf', until, 'BYSCORE', 'LIMIT', 0, limit)),
    )
    return [...new Set([...held!, ...turning!])]
  }

  held(): Promise<number> {
    return this.#redis.zcard(keys.held)
  }
}

function nothingOf({ language, published }: Head): Content {
  return { title: '', html: '', language, published, keywords: [], authors: [], media: [] }
}
