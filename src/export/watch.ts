import { setTimeout as pause } from 'node:timers/promises'
import type { Logger } from '../log.ts'
import type { Store } from '../store/store.ts'
import type { Exported } from './round.ts'

/** Milliseconds: between two looks at the store, and after how long all is gone over though nothing changed there: news grow old. */
const interval = 1000
const sweep = 600_000

/**
 * Runs the round whenever the store has moved on, until told to stop. While Redis is away files stay as they are.
 * `trusting`: the last round went through, and this is not the time to look after every file.
 */
export async function watchStore(
  round: (trusting: boolean) => Promise<Exported>,
  { store, feeds, log, signal }: { store: Store; feeds: readonly string[]; log: Logger; signal: AbortSignal },
): Promise<void> {
  let seen: string | undefined
  let swept = 0
  let said: string | undefined
  const say = (message: string) => {
    if (message !== said) log.warn(message)
    said = message
  }
  while (!signal.aborted) {
    const begun = performance.now()
    try {
      const found = await positionsOf(store, feeds)
      const thorough = seen === undefined || begun - swept > sweep
      if (thorough || found !== seen) {
        const { waiting, missing, ...counts } = await round(!thorough)
        if (waiting === undefined) {
          seen = found
          said = undefined
          if (thorough) swept = begun
          const ms = Math.round(performance.now() - begun)
          log[counts.written + counts.removed > 0 ? 'info' : 'debug']({ ...counts, missing, ms }, 'exported')
        } else say(waiting)
      }
    } catch (error) {
      seen = undefined
      say(`the export could not be brought up to date: ${error instanceof Error ? error.message : String(error)}`)
    }
    // In a long archive a round takes its time: it has the machine for half of it at the most.
    const rest = Math.max(interval, performance.now() - begun)
    await pause(rest, undefined, { signal }).catch(() => undefined)
  }
}

/** All that tells that there is something to export, as one text to compare. */
async function positionsOf({ definitions, editions, wire }: Store, feeds: readonly string[]): Promise<string> {
  const found = [wire.epoch(), wire.position(), definitions.revision(), ...feeds.map(name => editions.stampText(name))]
  return JSON.stringify(await Promise.all(found))
}
