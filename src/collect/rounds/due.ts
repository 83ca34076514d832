import type { Head } from '../../head.ts'
import type { Store } from '../../store/store.ts'
import { changeOf } from '../../store/article-change.ts'
import { idBind, textBind } from '../../takedown.ts'

/** Articles released by one commit. */
const pieceSize = 100

/** One round: publishes every held article whose moment has come (`now` in milliseconds). Returns how many. */
export async function publishDue(store: Store, now: number): Promise<number> {
  let released = 0
  for (;;) {
    const refs = await store.articles.due(now, pieceSize)
    const heads = await Promise.all(refs.map(ref => store.articles.head(ref)))
    const held = heads.filter(was => was !== undefined)
    const changes = held.map(was => ({
      source: was.source,
      // What is withheld by now shows nothing by becoming due, and is bound itself.
      ...(was.pubStatus === 'usable' && { takedownsWere: nothingTaken(was) }),
      articles: [changeOf(was, openly(was))],
    }))
    const outcomes = await store.commits.commit(changes, now)
    const done = outcomes.filter(({ committed }) => committed).length
    released += done
    if (refs.length < pieceSize || done === 0) return released
  }
}

/** The same text, or the same id, may have been taken away elsewhere since: then it stays where it is. */
function nothingTaken({ said, body, ownId }: Head): Record<string, string> {
  return { [textBind(said ?? body)]: '', ...(ownId !== undefined && { [idBind(ownId)]: '' }) }
}

/** A head without its hold: it came about when it was due, if not later. */
function openly({ heldUntil, ...head }: Head): Head {
  return heldUntil !== undefined && heldUntil > head.changed ? { ...head, changed: heldUntil } : head
}
