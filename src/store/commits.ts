import type { Instant, Ref } from '../article.ts'
import type { Head } from '../head.ts'
import type { Told } from '../takedown.ts'
import type { RedisClient } from './redis/connect.ts'
import type { Definitions, Rules } from './definitions.ts'
import { keys } from './keys.ts'
import { Script } from './redis/script.ts'

/** What happens to an article, as the wire tells it. */
export type WireAction = 'publish' | 'update' | 'correct' | 'withhold' | 'release' | 'kill'

/** A new head for an article. */
export interface ArticleChange {
  ref: Ref
  /** The head that this one follows, as it was read; absent for a new article. */
  was?: Head
  head: Head
  /** Absent: nothing for the wire (a held article, a renamed file). */
  action?: WireAction
  /** What is taken away with it, or released. */
  takedown?: Told
}

/** What one input does to the store: all of it or nothing. Fields of the hashes: '' expects or makes that there is none. */
export interface Change {
  source: string
  filesWere?: Record<string, string>
  /** By what binds a takedown: the article that it was taken away with. */
  takedownsWere?: Record<string, string>
  bytesWere?: Record<string, string>
  files?: Record<string, string>
  gone?: Record<string, string>
  bytes?: Record<string, string>
  rejects?: Record<string, string>
  articles: ArticleChange[]
}

/** A change that found the store as it expected it, with its position on the wire (0 where it put nothing there), or did not. */
export type Outcome = { committed: true; position: number } | { committed: false }

const script = new Script('commit')

/** The one way in which articles change: one script in one slot, so that head, feeds, file and wire stand together. */
export class Commits {
  readonly #redis: RedisClient
  readonly #definitions: Definitions

  constructor(redis: RedisClient, definitions: Definitions) {
    this.#redis = redis
    this.#definitions = definitions
  }

  /** Outcomes in the order of the changes. `now` in milliseconds. */
  async commit(changes: readonly Change[], now: number): Promise<Outcome[]> {
    if (changes.length === 0) return []
    for (;;) {
      const rules = await this.#definitions.current()
      const args = [rules.revision, now, ...changes.flatMap(change => encode(change, rules))]
      const positions = await script.run(
        this.#redis,
        keys.heads,
        args.map(arg => Buffer.from(String(arg))),
      )
      if (positions !== null) {
        return (positions as number[]).map(at => (at < 0 ? { committed: false } : { committed: true, position: at }))
      }
      this.#definitions.forget()
    }
  }
}

/** The change as JSON, then for each of its articles the head as it is written and as it was read, '' for none. */
function encode(change: Change, rules: Rules): string[] {
  const { articles } = change
  const described = JSON.stringify({ ...change, articles: articles.map(article => describe(article, rules)) })
  // A head that was read is written as it was, also where a newer version of this program put more into it.
  return [described, ...articles.flatMap(({ head, was }) => [JSON.stringify(head), was ? JSON.stringify(was) : ''])]
}

function describe({ ref, was, head, action, takedown }: ArticleChange, rules: Rules): object {
  const before = was ? rules.feedsThatWant(was) : []
  const after = rules.feedsThatWant(head)
  return {
    ref,
    supersedes: was !== undefined && was.version !== head.version,
    action,
    version: head.version,
    body: head.body,
    heldUntil: head.heldUntil && seconds(head.heldUntil),
    published: seconds(head.published),
    changed: seconds(head.changed),
    joins: after,
    leaves: before.filter(feed => !after.includes(feed)),
    ...(takedown && { takedown: { text: JSON.stringify(takedown), ...takedown } }),
  }
}

/** Seconds since 1970. */
export function seconds(moment: Instant): number {
  return Date.parse(moment) / 1000
}
