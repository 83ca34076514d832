import type { Feed } from '../feed.ts'
import type { Rules } from '../store/definitions.ts'
import type { Store } from '../store/store.ts'
import type { Caller, Grant, Who } from './caller.ts'

/**
 * Who comes without a token: the public feeds in force, and what was public before. `own` are this process's feeds: what its configuration
 * keeps for partners is not shown here.
 */
export function publicCaller(store: Store, own: readonly Feed[]): Who {
  const keptBack = new Set(own.filter(({ access, gone }) => access === 'partners' || gone).map(({ name }) => name))
  const known = new WeakMap<Rules, Promise<Caller>>()
  return rules => {
    const caller = known.get(rules) ?? callerBy(rules, keptBack, store)
    known.set(rules, caller)
    caller.catch(() => known.delete(rules))
    return caller
  }
}

async function callerBy(rules: Rules, keptBack: ReadonlySet<string>, { views }: Store): Promise<Caller> {
  const spans = await views.opened()
  const grants = spans.map(({ feed: name, ...span }): Grant => ({ feed: rules.feeds.get(name) ?? { name }, ...span }))
  const shown = grants.filter(({ feed, until }) => until !== undefined || !keptBack.has(feed.name))
  return { grants: shown, isPartial: shown.length < grants.length }
}
