import type { Ref } from '../article.ts'
import type { Grant as Given } from '../partner.ts'
import type { Caller, Grant, Who } from '../wire/caller.ts'
import { Refused } from '../wire/refused.ts'
import type { Ledger } from './ledger.ts'
import type { Known, PartnerList } from './partner-list.ts'

interface Parts {
  partners: PartnerList
  ledger: Ledger
  everybody: Who
}

/**
 * A partner on the wire: their own feeds, and by their names those of everybody. Refused from the moment on in which
 * the token is good for nothing.
 */
export function partnerCaller(known: Known, { partners, ledger, everybody }: Parts): Who {
  return async rules => {
    await partners.inForce()
    const partner = partners.named(known.partner.name)
    if (partner === undefined || !partners.stillKnows(known))
      throw new Refused('token', 'This token is good for nothing any more.')
    const { act } = partners
    const given = spansOf(partner.grants)
    const grants = given.map(({ feed: name, ...span }): Grant => ({ feed: rules.feeds.get(name) ?? { name }, ...span }))
    const onRequest = (await everybody(rules)).grants.filter(({ feed }) => !isHeld(given, feed.name))
    const holds = (refs: readonly Ref[]) => ledger.holds(partner.name, refs)
    return { name: partner.name, grants, onRequest, act, holds } satisfies Caller
  }
}

function isHeld(grants: readonly Given[], feed: string): boolean {
  return grants.some(grant => grant.feed === feed && grant.until === undefined)
}

/** A feed that was taken is one span, however often it was: from when it was given first until it was taken last. */
function spansOf(grants: readonly Given[]): (Given & { again?: boolean })[] {
  const taken = new Map<string, Given>()
  const held: (Given & { again?: boolean })[] = []
  for (const grant of grants) {
    const { feed } = grant
    const before = taken.get(feed)
    // In the order in which they were given.
    if (grant.until !== undefined) taken.set(feed, { ...grant, from: before?.from ?? grant.from })
    else held.push({ ...grant, ...(before && { again: true }) })
  }
  return [...taken.values(), ...held]
}
