import type { Instant, Ref } from '../article.ts'
import type { Head, WireAction } from '../head.ts'
import type { Takedown, Told } from '../takedown.ts'
import type { RedisClient } from './redis/connect.ts'
import type { Definitions, Rules } from './definitions.ts'
import { encodeHead, textOf } from './head-text.ts'
import { keys } from './keys.ts'
import { Script } from './redis/script.ts'

/** A new head for an article. */
export interface ArticleChange {
  ref: Ref
  /** The head that this one follows, as it was read; absent for a new article. */
  was?: Head
  head: Head
  /** Absent: nothing for the wire (a held article, a renamed file). */
  action?: WireAction
  /** What is taken away with it, or released; `at` where that was said before, in a store that has lost it. */
  takedown?: Told & { at?: number }
}

/** What one input does to the store: all of it or nothing. Fields of the hashes: '' expects or makes that there is none. */
export interface Change {
  source: string
  filesWere?: Record<string, string>
  /** By what binds a takedown: the article that it was taken away with. */
  takedownsWere?: Record<string, string>
  bytesWere?: Record<string, string>
  /** By source: how far another's wire was followed when this was learned. Who was overtaken changes nothing. */
  followedWere?: Record<string, string>
  files?: Record<string, string>
  gone?: Record<string, string>
  bytes?: Record<string, string>
  rejects?: Record<string, string>
  warnings?: Record<string, string>
  followed?: Record<string, string>
  /** Words about articles of which it changes nothing, as they were said before. */
  takedowns?: Takedown[]
  articles: ArticleChange[]
}

/** A change that found the store as it expected it, with its position on the wire (0 where it put nothing there), or did not. */
export type Outcome = { committed: true; position: number } | { committed: false }

const script = new Script('sorted', 'places', 'positions', 'commit')

/** The one way in which articles change: one script in one slot, so that head, feeds, file and wire stand together. */
export class Commits {
  readonly #redis: RedisClient
  readonly #definitions: Definitions

  constructor(redis: RedisClient, definitions: Definitions) {
    this.#redis = redis
    this.#definitions = definitions
  }

  /** Outcomes in the order of the changes. `now` in milliseconds. Others may commit between two of them. */
  async commit(changes: readonly Change[], now: number): Promise<Outcome[]> {
    const outcomes: Outcome[] = []
    while (outcomes.length < changes.length) {
      const rules = await this.#definitions.current()
      const args = [rules.revision, String(now), ...pieceOf(changes.slice(outcomes.length), rules)]
      const positions = await script.run(
        this.#redis,
        keys.heads,
        args.map(arg => Buffer.from(arg)),
      )
      if (positions === null) this.#definitions.forget()
      else for (const at of positions as number[]) outcomes.push(outcomeOf(at))
    }
    return outcomes
  }
}

function outcomeOf(position: number): Outcome {
  return position < 0 ? { committed: false } : { committed: true, position }
}

/** Feeds joined and left by what is sent at once: a commit holds Redis for about ten milliseconds, whatever it has to do. */
const enough = 1000

/** The changes from the first on that one script may take, encoded. */
function pieceOf(changes: readonly Change[], rules: Rules): string[] {
  const piece: string[] = []
  let work = 0
  for (const { source, articles, takedowns, ...fields } of changes) {
    const described = articles.map(article => describe(article, rules))
    work += 5 + described.reduce((sum, { joins, leaves }) => sum + joins.length + leaves.length, 0)
    if (piece.length > 0 && work > enough) break
    const told = takedowns && { takedowns: takedowns.map(wordOf) }
    piece.push(JSON.stringify({ source, ...fields, ...told, articles: described }), ...articles.flatMap(headsOf))
  }
  return piece
}

/** As it is written and as it was read: a head that was read is written as it was, also where a newer version of this program put more into it. */
function headsOf({ head, was }: ArticleChange): string[] {
  return [encodeHead(head), was ? textOf(was) : '']
}

function describe({ ref, was, head, action, takedown }: ArticleChange, rules: Rules) {
  const before = was ? rules.feedsThatWant(was) : []
  const after = rules.feedsThatWant(head)
  return {
    ref,
    supersedes: was !== undefined && was.version !== head.version,
    action,
    version: head.version,
    body: head.body,
    heldUntil: head.heldUntil && seconds(head.heldUntil),
    nextMoment: head.nextMoment && seconds(head.nextMoment),
    published: seconds(head.published),
    changed: seconds(head.changed),
    joins: after.map(({ name }) => name),
    leaves: before.filter(feed => !after.includes(feed)).map(({ name }) => name),
    ...(takedown && { takedown: wordOf(takedown) }),
  }
}

/** `text` is what is kept of it. */
function wordOf({ at, ...told }: Told & { at?: number }) {
  return { text: JSON.stringify(told), ...told, ...(at !== undefined && { at }) }
}

/** Seconds since 1970. */
export function seconds(moment: Instant): number {
  return Date.parse(moment) / 1000
}
