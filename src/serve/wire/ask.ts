import type { NinjsVersion } from '../../wire/envelopes.ts'
import { Refused } from '../../wire/refused.ts'

/** What may be asked of the wire. */
export interface Ask {
  /** Names, each once, sorted; absent: all that the caller has. */
  feeds?: string[]
  after?: string
  limit: number
  /** Seconds. */
  wait: number
  version: NinjsVersion
}

export type Parameter = 'feed' | 'after' | 'limit' | 'wait' | 'version'

const usualLimit = 100
const most = { limit: 500, wait: 30 }

/** What was asked last, by target, whose path says what may be asked: at the end of a wire thousands ask the same, again and again. */
const recent = new Map<string, Readonly<Ask>>()
const mostRecent = 100

/** Reads the query of a request's target, of which only these may be there. Throws `Refused` with the parameter at fault. */
export function readAsk(target: string, parameters: readonly Parameter[]): Readonly<Ask> {
  const known = recent.get(target)
  if (known !== undefined) return known
  const ask = readQuery(target, parameters)
  const [oldest] = recent.size < mostRecent ? [] : recent.keys()
  if (oldest !== undefined) recent.delete(oldest)
  recent.set(target, ask)
  return ask
}

function readQuery(target: string, parameters: readonly Parameter[]): Ask {
  const query = new URLSearchParams(target.slice(target.indexOf('?') + 1 || target.length))
  for (const name of query.keys()) {
    if (!parameters.includes(name as Parameter))
      throw new Refused('parameter', `There is no parameter of this name here: ${parameters.join(', ')}.`, name)
  }
  const feeds = [...new Set(query.getAll('feed'))].toSorted()
  const after = only(query, 'after')
  return {
    ...(feeds.length > 0 && { feeds }),
    ...(after !== undefined && { after }),
    limit: numberIn(query, 'limit', 1) ?? usualLimit,
    wait: numberIn(query, 'wait', 0) ?? 0,
    version: versionIn(query),
  }
}

function only(query: URLSearchParams, name: Parameter): string | undefined {
  const [value, second] = query.getAll(name)
  if (second !== undefined) throw new Refused('parameter', 'It may be given once.', name)
  return value
}

function numberIn(query: URLSearchParams, name: 'limit' | 'wait', least: number): number | undefined {
  const text = only(query, name)
  if (text === undefined) return undefined
  const number = /^\d{1,4}$/.test(text) ? Number(text) : -1
  if (number < least || number > most[name])
    throw new Refused('parameter', `It is a whole number from ${least} to ${most[name]}.`, name)
  return number
}

function versionIn(query: URLSearchParams): NinjsVersion {
  const text = only(query, 'version') ?? '3.1'
  if (text !== '3.1' && text !== '2.2') throw new Refused('parameter', 'ninjs is told in 3.1 or 2.2.', 'version')
  return text
}
