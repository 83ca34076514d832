import type { Instant } from '../../article.ts'
import { TextLost } from '../../errors.ts'
import type { Head } from '../../head.ts'
import type { ArticleChange } from '../../store/commits.ts'
import type { Store } from '../../store/store.ts'
import { changeOf } from '../../store/article-change.ts'
import { idBind, textBind } from '../../takedown.ts'
import { hasExpired, turned } from '../identity/next-version.ts'

/** Articles released by one commit. */
const pieceSize = 100

/**
 * One round for every article whose moment has come (`now` in milliseconds): what was held is published, what has expired is withheld,
 * pictures are shown from the end of their embargo on. Returns how many.
 */
export async function publishDue(store: Store, now: number): Promise<number> {
  let released = 0
  for (;;) {
    const refs = await store.articles.due(now, pieceSize)
    const heads = await Promise.all(refs.map(ref => store.articles.head(ref)))
    const known = heads.filter(was => was !== undefined)
    const changes = (await Promise.all(known.map(was => changeAt(was, store, now)))).flatMap(change => change ?? [])
    const outcomes = await store.commits.commit(
      changes.map(change => ({
        source: change.head.source,
        // What is withheld by now shows nothing by becoming due, and is bound itself.
        ...(change.action === 'publish' && { takedownsWere: nothingTaken(change.head) }),
        articles: [change],
      })),
      now,
    )
    const done = outcomes.filter(({ committed }) => committed).length
    released += done
    if (refs.length < pieceSize || done === 0) return released
  }
}

/** The same text, or the same id, may have been taken away elsewhere since: then it stays where it is. */
function nothingTaken({ said, body, ownId }: Head): Record<string, string> {
  return { [textBind(said ?? body)]: '', ...(ownId !== undefined && { [idBind(ownId)]: '' }) }
}

/** Undefined where its text is lost: what it may show then cannot be told, and it stays as it is until the text is back. */
async function changeAt(was: Head, store: Store, now: number): Promise<ArticleChange | undefined> {
  const opened = hasCome(was.heldUntil, now) ? openly(was) : was
  if (!hasCome(was.nextMoment, now)) return changeOf(was, opened)
  // It says nothing that a moment could change.
  if (was.body === '') return changeOf(was, { ...opened, nextMoment: undefined })
  try {
    return changeOf(was, turn(opened, turned(await store.articles.content(was), now), now))
  } catch (error) {
    if (error instanceof TextLost) return undefined
    throw error
  }
}

function hasCome(moment: Instant | undefined, now: number): boolean {
  return moment !== undefined && Date.parse(moment) <= now
}

/** A head without its hold: it came about when it was due, if not later. */
function openly({ heldUntil, ...head }: Head): Head {
  return heldUntil !== undefined && heldUntil > head.changed ? { ...head, changed: heldUntil } : head
}

/** The head behind its next moment: another version to those who know of it, which came about at that moment. */
function turn(was: Head, shown: Pick<Head, 'media' | 'nextMoment'>, now: number): Head {
  const head = { ...was, ...shown }
  if (was.pubStatus !== 'usable' || was.heldUntil !== undefined) return head
  const moment = was.nextMoment !== undefined && was.nextMoment > was.changed ? was.nextMoment : was.changed
  return {
    ...head,
    ...(hasExpired(was, now) && { pubStatus: 'withheld', withheldBy: 'source' }),
    ...(was.onWire === true && { version: was.version + 1, changed: moment }),
  }
}
