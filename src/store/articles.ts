import { createHash } from 'node:crypto'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { uriOf, type Article, type Content, type Ref } from '../article.ts'
import type { Head } from '../feed.ts'
import type { RedisClient } from './connect.ts'
import { keys } from './keys.ts'

/** Larger than any content that collect lets through; a body that claims more is damaged. */
const maxBody = 64 << 20

/** A content in the form in which it is kept. */
export interface Body {
  /** SHA-256 of the JSON, base64url: the name under which it is kept. */
  digest: string
  json: string
}

export function bodyOf(content: Content): Body {
  const json = JSON.stringify(content)
  return { digest: createHash('sha256').update(json).digest('base64url'), json }
}

/** Heads and bodies of articles. They are changed by `Commits` alone. */
export class Articles {
  readonly #redis: RedisClient

  constructor(redis: RedisClient) {
    this.#redis = redis
  }

  async head(ref: Ref): Promise<Head | undefined> {
    const text = await this.#redis.hget(keys.heads, ref)
    return text === null ? undefined : (JSON.parse(text) as Head)
  }

  /** Writes a body before the commit that names it; without that commit it is an orphan, which does no harm. */
  async keepBody({ digest, json }: Body): Promise<void> {
    await this.#redis.set(keys.body(digest), deflateRawSync(json, { level: 3 }), 'NX')
  }

  /** The whole article of a head. Throws when its body is lost. */
  async article(head: Head, authority: string): Promise<Article> {
    const packed = await this.#redis.getBuffer(keys.body(head.body))
    if (packed === null)
      throw new Error(`the body of ${head.source}/${head.key} version ${head.version} is not in the store`)
    const content = JSON.parse(inflateRawSync(packed, { maxOutputLength: maxBody }).toString()) as Content
    const { source, key, version, pubStatus, changed, note } = head
    const uri = uriOf(authority, `${source}/${key}`)
    return { ...content, uri, source, key, version, pubStatus, changed, ...(note !== undefined && { note }) }
  }

  /** A page of heads in the order of their refs, after the one named. */
  async list({ after, limit }: { after?: Ref; limit: number }): Promise<Head[]> {
    // Sorted here: Redis keeps heads without an order, and a list is asked for by people.
    const refs = (await this.#redis.hkeys(keys.heads)).toSorted()
    const start = after === undefined ? 0 : refs.findIndex(ref => ref > after)
    const page = start < 0 ? [] : refs.slice(start, start + limit)
    if (page.length === 0) return []
    const heads = await this.#redis.hmget(keys.heads, ...page)
    return heads.flatMap(text => (text === null ? [] : [JSON.parse(text) as Head]))
  }

  count(): Promise<number> {
    return this.#redis.hlen(keys.heads)
  }

  /** Refs that are due: their `heldUntil` is not after `now` (milliseconds). */
  due(now: number, limit: number): Promise<Ref[]> {
    return this.#redis.zrange(keys.held, '-inf', String(Math.floor(now / 1000)), 'BYSCORE', 'LIMIT', 0, limit)
  }

  held(): Promise<number> {
    return this.#redis.zcard(keys.held)
  }
}
