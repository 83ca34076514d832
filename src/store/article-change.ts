import { refOf } from '../article.ts'
import type { Head, WireAction } from '../head.ts'
import type { ArticleChange } from './commits.ts'

/** The change from one head to the next, with what the wire has to say of it. */
export function changeOf(was: Head | undefined, next: Head): ArticleChange {
  const action = actionOf(was, next)
  const told = action ?? was?.action
  const head = { ...next, onWire: was?.onWire === true || action !== undefined, ...(told && { action: told }) }
  return { ref: refOf(head), ...(was && { was }), head, ...(action && { action }) }
}

/** Nothing is said of what nobody outside has seen. */
function actionOf(was: Head | undefined, next: Head): WireAction | undefined {
  const known = was?.onWire === true
  if (next.pubStatus === 'canceled') return known ? 'kill' : undefined
  if (next.heldUntil !== undefined) return undefined
  if (next.pubStatus === 'withheld') return known && was.pubStatus === 'usable' ? 'withhold' : undefined
  if (!known) return 'publish'
  if (was.pubStatus !== 'usable') return 'release'
  const noted = next.note !== was.note || next.notedAt !== was.notedAt
  return next.note !== undefined && noted ? 'correct' : 'update'
}
