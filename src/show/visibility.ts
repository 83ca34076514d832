import type { Feed } from '../feed.ts'
import { mostOf, type Fullness } from '../fullness.ts'
import type { Head } from '../head.ts'
import { prepareSelection, type Selection } from '../selection.ts'

/** `killed`: say so; `hidden`: as if it did not exist. */
export type Visibility = Fullness | 'killed' | 'hidden'

/** What whoever may have these feeds may see of an article: the most that any of them which holds it grants. */
export function visibilityOf(head: Head, feeds: readonly Feed[]): Visibility {
  if (head.pubStatus === 'canceled') return 'killed'
  const granted = feedsOf(head, feeds)
  if (granted.length === 0) return 'hidden'
  return mostOf(granted)
}

/** Those of the feeds that hold it, on their newest pages or further back. */
export function feedsOf(head: Head, feeds: readonly Feed[]): readonly Feed[] {
  return selectionOf(feeds)(head)
}

/** Prepared once for all that is asked of the same feeds. */
const selections = new WeakMap<readonly Feed[], Selection>()

function selectionOf(feeds: readonly Feed[]): Selection {
  const prepared = selections.get(feeds) ?? prepareSelection(feeds)
  selections.set(feeds, prepared)
  return prepared
}
