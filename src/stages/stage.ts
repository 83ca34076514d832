import type { Readers } from '../collect/reading/readers.ts'
import type { Config } from '../config.ts'
import type { Logger } from '../log.ts'
import type { TakedownList } from '../operate/takedown-list.ts'
import type { Entries } from '../publish/entries.ts'
import type { Sealer } from '../publish/sealer.ts'
import type { Stage as Queued } from '../store/nudges.ts'
import type { Pings } from './pings.ts'
import type { RedisClient } from '../store/redis/connect.ts'
import type { Store } from '../store/store.ts'

/** What rounds are done with: the app has built it, and closes it. */
export interface Works {
  config: Config
  log: Logger
  store: Store
  takedowns: TakedownList
  /** Milliseconds since 1970. */
  clock: () => number
  /** Loaded by the first who asks. */
  readers: () => Promise<Readers>
  entries: () => Promise<Entries>
  sealer: () => Promise<Sealer>
  /** For the hub that public feeds name. */
  pings: () => Promise<Pings>
  /** A connection of its own, to be told of what is published on channels. */
  listen: () => RedisClient
}

/** How a round is tied to the worker that does it. */
export interface Turn {
  /** The worker is to end. */
  signal: AbortSignal
  /** The wire has moved on: what stands behind it now is nudged. Rejects where the nudges cannot be given. */
  moved: () => Promise<void>
}

interface Planned {
  /** Which pattern of `schedule` in the configuration brings its rounds on. */
  clock?: keyof Omit<Config['schedule'], 'timezone'>
}

/** A stage with a round for each of many names. Its rounds are done when they are nudged, by any worker. */
export interface NudgedStage extends Planned {
  name: Queued
  /** Rounds side by side in one process. */
  concurrency: number
  /** All that it has rounds for. */
  names: (config: Config) => string[]
  /** Those of them that stand before the newest change, where the store can tell. */
  behind?: (store: Store) => Promise<string[]>
  /** Safe to run twice at once. What it throws is told, and its next round comes. */
  round: (name: string, works: Works, turn: Turn) => Promise<void>
  /** Begins to look for what need not wait for the clock, until it is disposed of. `nudge`: a hint that may be lost. */
  watch?: (works: Works, turn: Turn & { nudge: (names: readonly string[]) => void }) => readonly AsyncDisposable[]
}

/** A stage of one round, done by the worker whose clock is first; without a clock, by each at every look at the store. */
export interface SoleStage extends Planned {
  name: string
  round: (works: Works, turn: Turn) => Promise<void>
}

export type Stage = NudgedStage | SoleStage

export function isNudged(stage: Stage): stage is NudgedStage {
  return 'concurrency' in stage
}
