import { instant, type Instant, type Ref } from '../article.ts'
import type { Feed } from '../feed.ts'
import type { Head } from '../head.ts'
import { seconds } from './commits.ts'
import type { RedisClient } from './redis/connect.ts'
import type { Definitions, Rules } from './definitions.ts'
import { scanHash } from './files.ts'
import { decodeHead } from './head-text.ts'
import { keys } from './keys.ts'
import { Script } from './redis/script.ts'

/** What a feed holds, read at one moment. */
export interface Selection {
  feed: Feed
  rules: Rules
  /** Names the store. */
  epoch: string
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

/** Of what has left a feed the newest are told, and looked for among so many changes of it. */
const mostGone = 100
const mostLookedThrough = 1000

/** How many pages the archive has. */
export function pagesOf(entered: number): number {
  return Math.ceil(entered / pageLength)
}

const select = new Script('sorted', 'select')
const page = new Script('places', 'page')
const heldBy = new Script('places', 'held')
const publishedSince = new Script('sorted', 'since')
const goneFrom = new Script('sorted', 'places', 'gone')
const pieceOf = new Script('sorted', 'piece')
const fill = new Script('sorted', 'places', 'positions', 'fill')
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
        [number, string | null, string | null, string[], number, string] | null
      if (answer === null) this.#definitions.forget()
      else if (feed === undefined) return undefined
      else if (answer[0] === 1) await this.#fillOnce()
      else {
        const [, position, changed, heads, entered, epoch] = answer
        return {
          feed,
          rules,
          epoch,
          position: Number(position ?? 0),
          ...(changed !== null && { changed: instant(Number(changed) * 1000) }),
          heads: heads.map(head => decodeHead(head)),
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
        const all = texts.map(text => (text === null ? undefined : decodeHead(text)))
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
    // Any word may be a feed's name, also one that every object knows.
    const [at, standing] = [new Map(Object.entries(touched)), new Map(Object.entries(published))]
    return [...rules.feeds.keys()].filter(feed => standing.get(feed) !== `${rules.revision}:${at.get(feed) ?? 0}`)
  }

  /** Does a feed hold all of these articles, on its newest page or further back? */
  async holds(feed: string, refs: readonly Ref[]): Promise<boolean> {
    if (refs.length === 0) return true
    const answers = (await heldBy.run(this.#redis, keys.heads, [feed, ...refs])) as number[]
    return answers.every(answer => answer === 1)
  }

  /**
   * What these feeds hold together and was published since (milliseconds since 1970): each article once, newest first.
   * Of very many only the newest.
   */
  async publishedSince(feeds: readonly string[], since: number): Promise<Ref[]> {
    const first = String(Math.ceil(since / 1000))
    // Asked in one turn of the event loop: they travel as one.
    const answers = (await Promise.all(
      feeds.map(feed => publishedSince.run(this.#redis, keys.heads, [feed, first, mostRecent])),
    )) as string[][]
    const published = new Map<Ref, number>()
    for (const answer of answers) {
      for (let at = 0; at < answer.length; at += 2) published.set(answer[at]!, Number(answer[at + 1]))
    }
    return [...published.keys()]
      .toSorted((a, b) => published.get(b)! - published.get(a)! || (a < b ? -1 : 1))
      .slice(0, mostRecent)
  }

  /** What a feed held and holds no more, with the position at which it left: the newest, newest first. */
  async gone(feed: string): Promise<{ head: Head; position: number }[]> {
    const args = [feed, mostGone, mostLookedThrough]
    const [heads, positions] = (await goneFrom.run(this.#redis, keys.heads, args)) as [(string | null)[], string[]]
    return heads.flatMap((text, at) =>
      text === null ? [] : [{ head: decodeHead(text), position: Number(positions[at]) }],
    )
  }

  /** How many articles a feed holds in all. */
  async count(feed: string): Promise<number> {
    return Number((await this.#redis.hget(keys.sizes, feed)) ?? 0)
  }

  /** The same of several feeds, in their order. */
  async counts(feeds: readonly string[]): Promise<number[]> {
    return feeds.length === 0 ? [] : (await this.#redis.hmget(keys.sizes, ...feeds)).map(Number)
  }

  /** Rounds of several feeds at once share one walk through the store. */
  #fillOnce(): Promise<void> {
    this.#filling ??= this.#fill().finally(() => (this.#filling = undefined))
    return this.#filling
  }

  /**
   * First what the old rules put there and the new do not want goes, then what they want comes. Done when the
   * definitions are no longer those that it was begun by: whoever asks next begins anew.
   */
  async #fill(): Promise<void> {
    const rules = await this.#definitions.current()
    const names = new Set(await this.#redis.hkeys(keys.filling))
    const wantedBy = (head: Head) => rules.feedsThatWant(head).map(({ name }) => name)
    for (const name of names) {
      for await (const refs of this.#membersOf(name)) {
        const heads = await this.#redis.hmget(keys.heads, ...refs)
        const found = heads.flatMap((text, at) => {
          const head = text === null ? undefined : decodeHead(text)
          const unwanted = head !== undefined && !wantedBy(head).includes(name)
          return unwanted ? [{ ref: refs[at]!, text: text!, head, joins: [], leaves: [name] }] : []
        })
        if (!(await this.#move(rules, found))) return
      }
    }
    const newest = new Map([...names].map(name => [name, 0]))
    for await (const heads of scanHash(this.#redis, keys.heads)) {
      const found = heads.map(([ref, text]) => {
        const head = decodeHead(text)
        const joins = wantedBy(head).filter(name => names.has(name))
        for (const name of joins) newest.set(name, Math.max(newest.get(name)!, seconds(head.changed)))
        return { ref, text, head, joins, leaves: [] }
      })
      if (!(await this.#move(rules, found))) return
    }
    const args = [rules.revision, ...[...newest].flat()]
    while ((await filled.run(this.#redis, keys.heads, args)) === 2);
  }

  /** In pieces that hold Redis for about ten milliseconds. False: the definitions are others by now. */
  async #move({ revision }: Rules, articles: readonly Move[]): Promise<boolean> {
    let piece: string[] = []
    let work = 0
    const send = async () => {
      const args = [revision, Date.now(), ...piece]
      const stands = piece.length === 0 || (await fill.run(this.#redis, keys.heads, args)) === 1
      piece = []
      work = 0
      return stands
    }
    for (const { ref, text, head, joins, leaves } of articles) {
      const cost = 1 + joins.length + leaves.length
      if (work + cost > mostMoved && !(await send())) return false
      work += cost
      const moves = [joins.join(','), leaves.join(',')]
      piece.push(ref, text, String(seconds(head.published)), ...moves, head.onWire === true ? '1' : '0')
    }
    return send()
  }

  /** A part of a piece at a time; one may come twice. */
  async *#membersOf(feed: string): AsyncGenerator<Ref[]> {
    let [name, cursor]: [string | null, string] = ['-inf', '0']
    while (name !== null) {
      const args = [feed, name, cursor]
      const [refs, rest, next] = (await pieceOf.run(this.#redis, keys.heads, args)) as [Ref[], string, string | null]
      if (refs.length > 0) yield refs
      cursor = rest
      if (rest === '0') name = next ?? null
    }
  }
}

/** An article that feeds which are being filled take up or drop. */
interface Move {
  ref: Ref
  /** Its head, as it was read. */
  text: string
  head: Head
  joins: readonly string[]
  leaves: readonly string[]
}

/** Feeds joined and left by one script. */
const mostMoved = 1000
