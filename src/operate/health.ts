import { instant, type Instant } from '../article.ts'
import { refusalOf } from '../store/redis/refusal.ts'
import type { Round } from '../store/files.ts'
import type { Beat } from '../store/pulse.ts'
import type { Store } from '../store/store.ts'

/** Something that is wrong, for operators and for whoever asks a server whether it is well. */
export interface Problem {
  kind: 'redis' | 'worker' | 'clock' | 'source'
  /** Of the source. */
  name?: string
  /** A sentence that anyone may read. */
  reason: string
  /** More of it, for operators: it may name folders and addresses. */
  detail?: string
  /** When it was last well, where that is known. */
  since?: Instant
}

/** What is known, at one moment. */
export interface Facts {
  /** Why Redis does not take writes, where it does not. */
  refused?: string
  /** The processes that are there. */
  living: readonly Beat[]
  /** Sources of the configuration, each with its last round if it had one. */
  sources: readonly ({ name: string } & Partial<Round>)[]
}

/** Milliseconds that a clock may be late. */
const lateness = 5_000

/** What is wrong, worst first. */
export function assess({ refused, living, sources }: Facts): Problem[] {
  const problems: Problem[] = []
  const workers = living.filter(({ role }) => role === 'worker')
  // Where no writes are taken, no process can say that it is there.
  if (refused !== undefined) problems.push({ kind: 'redis', reason: refused })
  else if (workers.length === 0)
    problems.push({ kind: 'worker', reason: 'no worker is there: nothing is collected or published' })
  const [best] = workers.toSorted((a, b) => (a.late ?? 0) - (b.late ?? 0))
  if (best?.late !== undefined && best.late > lateness) {
    const reason = 'the clock does not tick: nothing is done by the schedule'
    problems.push({ kind: 'clock', reason, since: instant(best.at - best.late) })
  }
  for (const { name, error, succeeded } of sources) {
    if (error === undefined) continue
    const since = succeeded !== undefined && { since: succeeded }
    problems.push({ kind: 'source', name, reason: `the source ${name} fails`, detail: error, ...since })
  }
  return problems
}

/** Asks the store for the facts. `sources`: names of the configured ones. Throws where Redis is away. */
export async function readFacts(store: Store, sources: readonly string[]): Promise<Facts> {
  const [refused, living, rounds] = await Promise.all([refusedBy(store), store.pulse.living(), store.files.rounds()])
  return {
    ...(refused !== undefined && { refused }),
    living,
    sources: sources.map(name => ({ name, ...rounds[name] })),
  }
}

async function refusedBy(store: Store): Promise<string | undefined> {
  try {
    await store.pulse.try()
    return undefined
  } catch (error) {
    const refusal = refusalOf(error)
    if (refusal === undefined) throw error
    return refusal
  }
}

/** One line of it. */
export function describeProblem({ reason, detail, since }: Problem): string {
  return [reason, since && ` (well until ${since})`, detail && `: ${detail}`].filter(Boolean).join('')
}
