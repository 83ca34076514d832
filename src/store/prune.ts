import { Cluster } from 'ioredis'
import { instant, type Ref } from '../article.ts'
import { isSmall, packSmall } from './body.ts'
import type { RedisClient } from './redis/connect.ts'
import { decodeHead } from './head-text.ts'
import { keys } from './keys.ts'

/** What a round of pruning dropped. */
export interface Pruned {
  /** Earlier versions of articles. */
  versions: number
  /** Texts that nothing names any more. */
  bodies: number
  /** Texts that lie in less room from now on. */
  packed: number
}

export interface PruneOptions {
  /** Milliseconds since 1970. */
  now: number
  /** Milliseconds for which earlier versions stay beside their article. */
  keep: { versions: number }
  /** Seconds for which a text that nothing names may be that of a commit under way. */
  underWay?: number
}

const batch = 500

/** One round of pruning: what the configuration no longer wants kept. Safe beside every other round. */
export async function prune(redis: RedisClient, { now, keep, underWay = 3600 }: PruneOptions): Promise<Pruned> {
  const versions = await pruneVersions(redis, instant(now - keep.versions))
  return { versions, ...(await pruneBodies(redis, underWay)) }
}

/** A version is as old as the one that took its place. */
async function pruneVersions(redis: RedisClient, before: string): Promise<number> {
  let dropped = 0
  const prefix = keys.past('')
  for await (const found of scan(redis, `${prefix}*`)) {
    for (const key of found) {
      const current = await redis.hget(keys.heads, key.slice(prefix.length))
      const past = (await redis.lrange(key, 0, -1)).map(text => decodeHead(text))
      const successors = [current === null ? undefined : decodeHead(current), ...past]
      const kept = past.findIndex((_, at) => (successors[at]?.changed ?? '') < before)
      if (kept < 0) continue
      // Newest first: from the first that is too old, all are.
      await redis.ltrim(key, 0, kept - 1)
      if (kept === 0) await redis.del(key)
      dropped += past.length - kept
    }
  }
  return dropped
}

/** What was left by a round that was killed before its commit, or by a version that was dropped, goes; the rest is packed small. */
async function pruneBodies(redis: RedisClient, underWay: number): Promise<Omit<Pruned, 'versions'>> {
  let [bodies, packed] = [0, 0]
  const prefix = keys.body('', '').slice(0, -1)
  for await (const found of scan(redis, `${prefix}*`)) {
    for (const key of found) {
      const end = key.lastIndexOf(':')
      const [ref, digest] = [key.slice(prefix.length, end), key.slice(end + 1)]
      if (await isNamed(redis, ref, digest)) packed += await packAgain(redis, key)
      else if (Number(await redis.object('IDLETIME', key)) >= underWay) bodies += await redis.del(key)
    }
  }
  return { bodies, packed }
}

/** 1 where it lies in less room after that. One that is damaged is left to who reads it, and one that a kill takes meanwhile stays away. */
async function packAgain(redis: RedisClient, key: string): Promise<number> {
  if (isSmall(await redis.getrangeBuffer(key, 0, 0))) return 0
  const before = await redis.getBuffer(key)
  const small = before === null ? undefined : await packSmall(before).catch(() => undefined)
  return small !== undefined && (await redis.set(key, Buffer.from(small), 'XX')) === 'OK' ? 1 : 0
}

async function isNamed(redis: RedisClient, ref: Ref, digest: string): Promise<boolean> {
  const [head, past] = await Promise.all([redis.hget(keys.heads, ref), redis.lrange(keys.past(ref), 0, -1)])
  return [head, ...past].some(text => text !== null && decodeHead(text).body === digest)
}

/** Every key that matches, on every node; one may come twice. */
async function* scan(redis: RedisClient, pattern: string): AsyncGenerator<string[]> {
  for (const node of redis instanceof Cluster ? redis.nodes('master') : [redis]) {
    let cursor = '0'
    do {
      const [next, found] = await node.scan(cursor, 'MATCH', pattern, 'COUNT', batch)
      cursor = next
      if (found.length > 0) yield found
    } while (cursor !== '0')
  }
}
