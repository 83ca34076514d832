import type { Ref } from '../article.ts'
import type { Feed } from '../feed.ts'
import type { Rules } from '../store/definitions.ts'

/** A feed that a caller has, or had. */
export interface Grant {
  /** As the definitions in force say; of one that is not in force any more what is left to say: its name. */
  feed: Pick<Feed, 'name'> & Partial<Feed>
  /** Position on the wire of the act that gave it: one that nothing else has. 0: it always had it. */
  from: number
  /** Of the act that took it. */
  until?: number
  /** It had the feed before that, and may still hold what left it meanwhile. */
  again?: boolean
}

/** Who asks, and what may be learned. Made anew for each answer, by definitions that are in force at that moment. */
export interface Caller {
  /** Absent: nobody in particular. */
  name?: string
  /** What makes up the view of who names no feed. */
  grants: readonly Grant[]
  /** What may be had besides, by its name only. */
  onRequest?: readonly Grant[]
  /** Something is missing among its grants: who names no feed has to ask elsewhere. */
  isPartial?: boolean
  /** Position of the newest act that gave or took feeds, of whomever, as it was read with the grants. Absent: acts do not concern this caller. */
  act?: number
  /**
   * Of articles that stand in no feed of the caller's any more, those of which it was ever given a version. Absent: nobody kept count, and all of
   * what its lost feeds held may be among them.
   */
  holds?: (refs: readonly Ref[]) => Promise<ReadonlySet<Ref>>
}

/** Tells who asks, by these definitions. Throws `Refused`. */
export type Who = (rules: Rules) => Promise<Caller>
