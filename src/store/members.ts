import { instant, type Instant, type Ref } from '../article.ts'
import type { Feed } from '../feed.ts'
import type { Head } from '../head.ts'
import { seconds } from './commits.ts'
import type { RedisClient } from './redis/connect.ts'
import type { Definitions, Rules } from './definitions.ts'
import { scanHash } from './files.ts'
import { keys } from './keys.ts'
import { Script } from './redis/script.ts'

/** What a feed holds, read at one moment. */
export interface Selection {
  feed: Feed
  rules: Rules
  /** Position on the wire of the last change that touched the feed; 0 before the first. */
  position: number
  changed?: Instant
  /** Newest publication first, as many as the feed's limit. */
  heads: Head[]
  /** How many articles were ever in the feed: what its archive is cut by. */
  entered: number
}

/** A page of a feed's archive, read at one moment. */
export interface ArchivePage {
  feed: Feed
  rules: Rules
  /** From 1, the oldest. */
  number: number
  /** Of the newest page; 0 for a feed that never had an article. */
  last: number
  /** In the order in which they first entered the feed, without those that it does not hold any more. */
  heads: Head[]
  /** Of the newest change to any article that ever stood here. */
  changed?: Instant
}

/** Articles of an archive page. */
export const pageLength = 100

/** Recent articles that one question is answered with: more than any newsroom writes in a few days. */
const mostRecent = 50_000

/** How many pages the archive has. */
export function pagesOf(entered: number): number {
  return Math.ceil(entered / pageLength)
}

const select = new Script('select')
const page = new Script('page')
const fill = new Script('fill')
const filled = new Script('filled')

/** Which articles are in which feed. */
export class Members {
  readonly #redis: RedisClient
  readonly #definitions: Definitions
  #filling: Promise<void> | undefined

  constructor(redis: RedisClient, definitions: Definitions) {
    this.#redis = redis
    this.#definitions = definitions
  }

  /** The newest articles of a feed, after filling it where its rule is new. Undefined for a feed that is not declared. */
  async select(name: string): Promise<Selection | undefined> {
    for (;;) {
      const rules = await this.#definitions.current()
      const feed = rules.feeds.get(name)
      const answer = (await select.run(this.#redis, keys.heads, [rules.revision, name, feed?.limit ?? 0])) as
        [number, string | null, string | null, string[], number] | null
      if (answer === null) this.#definitions.forget()
      else if (feed === undefined) return undefined
      else if (answer[0] === 1) await this.#fillOnce()
      else {
        const [, position, changed, heads, entered] = answer
        return {
          feed,
          rules,
          position: Number(position ?? 0),
          ...(changed !== null && { changed: instant(Number(changed) * 1000) }),
          heads: heads.map(head => JSON.parse(head) as Head),
          entered,
        }
      }
    }
  }

  /** A page of a feed's archive. Undefined for a feed that is not declared, or a page that it does not have. */
  async page(name: string, number: number): Promise<ArchivePage | undefined> {
    const first = (number - 1) * pageLength
    for (;;) {
      const rules = await this.#definitions.current()
      const feed = rules.feeds.get(name)
      const args = [rules.revision, name, first, first + pageLength - 1]
      const answer = (await page.run(this.#redis, keys.heads, args)) as
        [number, number, (string | null)[], number[]] | null
      if (answer === null) this.#definitions.forget()
      else if (feed === undefined) return undefined
      else if (answer[0] === 1) await this.#fillOnce()
      else {
        const [, entered, texts, held] = answer
        const all = texts.map(text => (text === null ? undefined : (JSON.parse(text) as Head)))
        if (all.length === 0) return undefined
        const changed = all.reduce((newest, head) => (head && head.changed > newest ? head.changed : newest), '')
        const heads = all.filter((head, at): head is Head => head !== undefined && held[at] === 1)
        return { feed, rules, number, last: pagesOf(entered), heads, ...(changed !== '' && { changed }) }
      }
    }
  }

  /** Feeds whose editions stand before their last change, or that have none yet. */
  async behind(): Promise<string[]> {
    const [rules, touched, published] = await Promise.all([
      this.#definitions.current(),
      this.#redis.hgetall(keys.touched),
      this.#redis.hgetall(keys.published),
    ])
    return [...rules.feeds.keys()].filter(feed => published[feed] !== `${rules.revision}:${touched[feed] ?? 0}`)
  }

  /** Does a feed hold all of these articles, on its newest page or further back? */
  async holds(feed: string, refs: readonly Ref[]): Promise<boolean> {
    if (refs.length === 0) return true
    return (await this.#redis.zmscore(keys.members(feed), ...refs)).every(score => score !== null)
  }

  /**
   * What these feeds hold together and was published since (milliseconds since 1970): each article once, newest first.
   * Of very many only the newest.
   */
  async publishedSince(feeds: readonly string[], since: number): Promise<Ref[]> {
    const first = String(Math.ceil(since / 1000))
    // Asked in one turn of the event loop: they travel as one.
    const answers = await Promise.all(
      feeds.map(feed =>
        this.#redis.zrange(keys.members(feed), '+inf', first, 'BYSCORE', 'REV', 'LIMIT', 0, mostRecent, 'WITHSCORES'),
      ),
    )
    const published = new Map<Ref, number>()
    for (const answer of answers) {
      for (let at = 0; at < answer.length; at += 2) published.set(answer[at]!, Number(answer[at + 1]))
    }
    return [...published.keys()]
      .toSorted((a, b) => published.get(b)! - published.get(a)! || (a < b ? -1 : 1))
      .slice(0, mostRecent)
  }

  /** How many articles a feed holds in all. */
  count(feed: string): Promise<number> {
    return this.#redis.zcard(keys.members(feed))
  }

  /** Rounds of several feeds at once share one walk through the store. */
  #fillOnce(): Promise<void> {
    this.#filling ??= this.#fill().finally(() => (this.#filling = undefined))
    return this.#filling
  }

  async #fill(): Promise<void> {
    const rules = await this.#definitions.current()
    const names = await this.#redis.hkeys(keys.filling)
    const newest = new Map(names.map(name => [name, 0]))
    for await (const heads of scanHash(this.#redis, keys.heads)) {
      const args = heads.flatMap(([ref, text]) => {
        const head = JSON.parse(text) as Head
        const wanted = rules.feedsThatWant(head).filter(name => newest.has(name))
        for (const name of wanted) newest.set(name, Math.max(newest.get(name)!, seconds(head.changed)))
        return [ref, text, seconds(head.published), wanted.join(',')]
      })
      if ((await fill.run(this.#redis, keys.heads, [rules.revision, ...args])) === 0) return
    }
    await filled.run(this.#redis, keys.heads, [rules.revision, ...[...newest].flat()])
  }
}
