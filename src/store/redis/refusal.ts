import { isAway } from './connect.ts'

/** How Redis says that it takes no writes, and what that means to an operator (redis: src/server.c, `processCommand`). */
const refusals: readonly (readonly [code: string, meaning: string])[] = [
  ['OOM', 'its memory is full: raise maxmemory, or let `feedwire prune` keep less'],
  ['MISCONF', 'it cannot write to its disk: see its log'],
  ['NOREPLICAS', 'too few of its replicas are there (min-replicas-to-write)'],
  ['READONLY', 'it is a replica: REDIS_URL has to lead to the master'],
]

/** Why Redis does not take writes, in a sentence; undefined where this failed for another reason. */
export function refusalOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  // Behind a script's own words, as behind BullMQ's, stands the code.
  const found = refusals.find(([code]) => new RegExp(`(?:^|[^A-Za-z])${code} `).test(error.message))
  return found === undefined ? refusalOf(error.cause) : `Redis takes no writes, ${found[1]}`
}

/** Did this fail because Redis is away, or takes no writes? Either is told once, and not by each thing that it stops. */
export function isOutage(error: unknown): boolean {
  return isAway(error) || refusalOf(error) !== undefined
}
