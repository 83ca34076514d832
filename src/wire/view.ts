import { isDeepStrictEqual } from 'node:util'
import type { Feed } from '../feed.ts'
import type { GrantSpan } from '../store/views.ts'
import type { Caller, Grant } from './caller.ts'
import { Refused } from './refused.ts'

/** What a caller may see of the wire, or what it asks for of that. */
export interface View {
  caller: Caller
  /** In an order of their own: what a page names by number. */
  grants: readonly Grant[]
  /** Binds cursors to it: the feeds that were asked for, or the whole of this caller's. */
  binding: string
}

/** `feeds`: names, each once; undefined: all that the caller has. Throws `Refused` for one that it may not have. */
export function viewOf(caller: Caller, feeds: readonly string[] | undefined): View {
  if (feeds === undefined) {
    // Its cursor would pass by what another process shows.
    if (caller.isPartial === true)
      throw new Error('this process keeps back feeds that are public by the definitions in force')
    if (caller.name === undefined && caller.grants.length === 0)
      throw new Refused('token', 'There is no feed here without a token.')
    return { caller, grants: caller.grants, binding: bindingOf(caller, feeds) }
  }
  const all = [...caller.grants, ...(caller.onRequest ?? [])]
  const grants = all.filter(({ feed }) => feeds.includes(feed.name))
  const held = new Set(grants.filter(({ until }) => until === undefined).map(({ feed }) => feed.name))
  // Not by name: what was asked for stands in the address, and what exists is nobody's business.
  if (feeds.some(name => !held.has(name))) throw new Refused('feed', 'There is no such feed for you.', 'feed')
  return { caller, grants, binding: bindingOf(caller, feeds) }
}

function bindingOf({ name }: Caller, feeds: readonly string[] | undefined): string {
  return JSON.stringify([name ?? null, feeds?.toSorted() ?? null])
}

/** The feeds that the caller has now. */
export function feedsOf({ grants }: View): Feed[] {
  return grants.filter(isOpen).map(({ feed }) => feed as Feed)
}

function isOpen({ until }: Grant): boolean {
  return until === undefined
}

export function spansOf({ grants }: View): GrantSpan[] {
  return grants.map(({ feed, ...span }) => ({ feed: feed.name, ...span }))
}

/** Does the one hold what the other does? */
export function areAlike(one: View, other: View): boolean {
  return one.binding === other.binding && isDeepStrictEqual(spansOf(one), spansOf(other))
}
