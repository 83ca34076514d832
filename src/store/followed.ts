import { keys } from './keys.ts'
import type { RedisClient } from './redis/connect.ts'

/** How far the wire of another Feedwire was followed. */
export interface FollowState {
  /** Digest of its address and feeds: cursors of others are none here. */
  of: string
  /** Digest of the settings that decide about its articles. */
  by: string
  /** Rises with each walk from nothing: the records of what was seen since then bear it (`FileRecord.signature`). */
  mark: number
  /** The cursor behind all that is committed; absent until the first walk is through, and where the wire has lost it. */
  after?: string
  /** A walk from nothing that is under way: what it does not tell is gone. Its own cursor, absent at its beginning. */
  walk?: { after?: string }
}

/** The state of a source as it stands in the store: what `Change.followedWere` expects. */
export interface Followed {
  state: FollowState | undefined
  were: Record<string, string>
}

/** How far each wire that is a source was followed. Written by `Commits`, together with its articles. */
export class FollowStates {
  readonly #redis: RedisClient

  constructor(redis: RedisClient) {
    this.#redis = redis
  }

  /** `again`: everything is wanted anew. */
  async get(source: string): Promise<Followed & { again: boolean }> {
    const fields = [source, againField(source)]
    const [text, again] = await this.#redis.hmget(keys.followed, ...fields)
    return {
      state: text ? (JSON.parse(text) as FollowState) : undefined,
      were: { [source]: text ?? '', [againField(source)]: again ?? '' },
      again: again !== null,
    }
  }

  /** What a commit has to put down so that a text that is wanted again is asked for; nothing for a source that follows no wire. */
  async wantedAgain(source: string): Promise<{ followed?: Record<string, string> }> {
    const follows = (await this.#redis.hexists(keys.followed, source)) === 1
    return follows ? { followed: { [againField(source)]: '1' } } : {}
  }
}

/** The fields of a state as a commit writes them. What was wanted again is so no longer. */
export function encodeFollowed(source: string, state: FollowState): Record<string, string> {
  return { [source]: JSON.stringify(state), [againField(source)]: '' }
}

/** No source's name has a space. */
function againField(source: string): string {
  return `again ${source}`
}
