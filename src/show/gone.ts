import { refOf, uriOf } from '../article.ts'
import type { Gone } from '../publish/formats/format.ts'
import type { Selection } from '../store/members.ts'
import type { Store } from '../store/store.ts'
import type { Away } from '../store/tellings.ts'

/** What was taken away from a feed, newest first: killed, withheld, or moved to another. What happened after the selection is for the next. */
export async function goneFrom(
  { feed, rules: { site }, position: newest }: Selection,
  { members }: Store,
): Promise<(Away & { notice: Gone })[]> {
  const gone = await members.gone(feed.name)
  return gone
    .filter(({ position }) => position <= newest)
    .map(({ head, position }) => {
      const { version, published, changed, note } = head
      const isKilled = head.pubStatus === 'canceled'
      const ref = refOf(head)
      const pubStatus = isKilled ? ('canceled' as const) : ('withheld' as const)
      const reason = isKilled && note !== undefined ? { note } : {}
      return {
        ref,
        position,
        notice: { uri: uriOf(site.authority, ref), version, pubStatus, published, changed, ...reason },
      }
    })
}
