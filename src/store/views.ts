import type { Ref } from '../article.ts'
import { keys } from './keys.ts'
import type { RedisClient } from './redis/connect.ts'
import { Script } from './redis/script.ts'
import { readIncarnation, type Incarnation } from './wire.ts'

/** Positions on the wire at which a caller got a feed, and lost it. */
export interface GrantSpan {
  feed: string
  /** 0: it always had it. */
  from: number
  until?: number
  /** It had the feed before that, and may still hold what left it meanwhile. */
  again?: boolean
}

/** What a caller asks by: a place behind which it wants to learn what its view makes of the wire. */
export interface ViewQuestion {
  /** Of the definitions that the grants were made by. */
  revision: string
  /** Position of the newest act that changed what partners may have, as known with the grants; absent: none concerns the caller. */
  act?: number
  grants: readonly GrantSpan[]
  position: number
  /** Absent: behind all that is told at that position. */
  minor?: number
  /** Position at which it began from nothing: what was gone by then is not told. */
  start?: number
  /** One at least. */
  limit: number
}

/** One article as it is now, at the place where a view tells its last change. */
export interface ViewChange {
  ref: Ref
  position: number
  minor: number
  /** Its head as the store has it, for `decodeHead`: who has told this very head before need not read it. */
  headText: string
  /** Milliseconds since 1970, in whole seconds; undefined where it is not kept any more. */
  at: number | undefined
  /** Into the view by a move, a rule or a gift, and not by a change of what it says. */
  enters: boolean
  /** It never stood in a feed that the caller has now: only in one that was taken. */
  isForeign: boolean
  /** Which of the grants hold it now, by number, a space between them; '': it is not in the view, which holds nothing but what is usable. */
  holders: string
}

/** What a view has to tell behind a place, all read at one moment. */
export interface ViewPage {
  /** Oldest first; none in a store where nothing was declared. */
  incarnations: Incarnation[]
  /** The newest position. */
  position: number
  /** There is no more. Else it goes on behind `seen`. */
  isAll: boolean
  seen: { position: number; minor?: number }
  /** Feeds whose members are being chosen anew: they may still hold what an old rule put there. */
  filling: ReadonlySet<string>
  /** `Takedowns.newest`. */
  takedown: string
  changes: ViewChange[]
}

const view = new Script('sorted', 'places', 'view')
const stands = new Script('stands')
const holdings = new Script('places', 'holdings')

const letters = 'abcdefghijklmnopqrstuvwxyz234567'

/** How the keys of articles begin (`mintKey`): what a view holds is counted by these. */
export const beginnings: readonly string[] = Array.from(letters).flatMap(a => Array.from(letters, b => a + b))

/** Where the wire stood when a page was read. */
export interface Standing extends Pick<ViewQuestion, 'revision' | 'act'>, Pick<ViewPage, 'position' | 'takedown'> {
  /** Of the newest position; '' before the first. */
  incarnation: string
}

/** What callers may see of the wire. */
export class Views {
  readonly #redis: RedisClient

  constructor(redis: RedisClient) {
    this.#redis = redis
  }

  /** Undefined: definitions or acts are others by now. */
  async page({ revision, act, grants, ...at }: ViewQuestion): Promise<ViewPage | undefined> {
    const spans = grants.flatMap(({ feed, from, until, again }) => [feed, from, until ?? '', again ? 1 : 0])
    const place = [at.position, at.minor ?? '', at.start ?? '', at.limit]
    const answer = (await view.run(this.#redis, keys.heads, [revision, act ?? '', ...place, ...spans])) as
      [string[], string, number, string, string, string[], string, Told] | null
    if (answer === null) return undefined
    const [incarnations, newest, isAll, position, minor, filling, takedown, told] = answer
    return {
      incarnations: incarnations.map(readIncarnation),
      position: Number(newest),
      isAll: isAll === 1,
      seen: { position: Number(position), ...(minor !== '' && { minor: Number(minor) }) },
      filling: new Set(filling),
      takedown,
      changes: readChanges(told),
    }
  }

  /** Is nothing newer than this: definitions, acts, positions, takedowns? */
  async standsAt({ revision, act, position, incarnation, takedown }: Standing): Promise<boolean> {
    return (await stands.run(this.#redis, keys.heads, [revision, act ?? '', position, incarnation, takedown])) === 1
  }

  /** When feeds were opened to everybody, and closed again. */
  async opened(): Promise<GrantSpan[]> {
    const spans = Object.entries(await this.#redis.hgetall(keys.opened))
    return spans.flatMap(([feed, text]) => {
      const [from = 0, until, since] = text.split(' ').map(Number)
      if (until === undefined) return [{ feed, from }]
      return [{ feed, from, until }, ...(since === undefined ? [] : [{ feed, from: since, again: true }])]
    })
  }

  /** For each beginning, as many of them as one script may read: what these feeds hold and may be shown, with versions. Undefined: the definitions are others. */
  async holdings(
    revision: string,
    feeds: readonly string[],
    wanted: readonly string[],
  ): Promise<{ ref: Ref; version: number }[][] | undefined> {
    const args = [revision, feeds.length, ...feeds, ...wanted]
    const answer = (await holdings.run(this.#redis, keys.heads, args)) as string[][] | null
    return answer?.map(flat =>
      Array.from({ length: flat.length / 2 }, (_, i) => ({ ref: flat[2 * i]!, version: Number(flat[2 * i + 1]) })),
    )
  }
}

/** Of each article: ref, position, minor, head, second, enters, isForeign, holders. */
type Told = (string | number)[]

const fields = 8

function readChanges(told: Told): ViewChange[] {
  const changes: ViewChange[] = []
  for (let at = 0; at < told.length; at += fields) {
    const second = told[at + 4]
    changes.push({
      ref: told[at] as Ref,
      position: told[at + 1] as number,
      minor: told[at + 2] as number,
      headText: told[at + 3] as string,
      at: second === '' ? undefined : Number(second) * 1000,
      enters: told[at + 5] === 1,
      isForeign: told[at + 6] === 1,
      holders: told[at + 7] as string,
    })
  }
  return changes
}
