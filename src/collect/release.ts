import { instant } from '../article.ts'
import type { Head } from '../feed.ts'
import type { Store } from '../store/store.ts'

/** Articles released by one commit. */
const pieceSize = 100

/** One round: publishes every held article whose moment has come (`now` in milliseconds). Returns how many. */
export async function release(store: Store, now: number): Promise<number> {
  let released = 0
  for (;;) {
    const refs = await store.articles.due(now, pieceSize)
    const heads = await Promise.all(refs.map(async ref => ({ ref, was: await store.articles.head(ref) })))
    const changes = heads.flatMap(({ ref, was }) =>
      was === undefined
        ? []
        : [{ source: was.source, articles: [{ ref, was, head: openly(was), action: 'publish' as const }] }],
    )
    const outcomes = await store.commits.commit(changes, now)
    const done = outcomes.filter(({ committed }) => committed).length
    released += done
    if (refs.length < pieceSize || done === 0) return released
  }
}

/** A head without its hold: it came about when it was due, if not later. */
function openly({ heldUntil, ...head }: Head): Head {
  const due = heldUntil ?? instant(0)
  return { ...head, changed: due > head.changed ? due : head.changed }
}
