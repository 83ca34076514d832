import { instant, type Instant } from '../article.ts'
import type { Head } from '../feed.ts'
import type { Source } from '../source.ts'
import { bodyOf, type Body } from '../store/articles.ts'
import type { ArticleChange } from '../store/commits.ts'
import type { Reading } from './read.ts'

/** Where a reading belongs: its article's KEY, and the head that stands there. */
export interface Place {
  reading: Reading
  key: string
  was?: Head
}

/** `waits`: the reading is an update under embargo. */
interface Step {
  kind: 'new' | 'updated' | 'unchanged' | 'waits'
  change?: ArticleChange
  body?: Body
}

/** The head that follows the one that stands, where there is anything to change. `now` in milliseconds since 1970. */
export function nextVersion(
  { reading, key, was }: Place,
  path: string,
  { source, now }: { source: Source; now: number },
): Step {
  const ref = `${source.name}/${key}`
  const released = was !== undefined && was.heldUntil === undefined
  const published = (released ? was.published : reading.content.published) ?? instant(now)
  const { embargoed } = reading.content
  const due = embargoed !== undefined && embargoed > published ? embargoed : published
  const heldUntil = Date.parse(due) > now ? due : undefined
  if (was?.pubStatus === 'canceled') return { kind: 'unchanged' }
  if (released && heldUntil !== undefined) return { kind: 'waits' }

  const body = bodyOf(ref, { ...reading.content, published })
  if (was !== undefined && was.body === body.digest && was.heldUntil === heldUntil) {
    return was.file === path
      ? { kind: 'unchanged' }
      : { kind: 'unchanged', change: { ref, was, head: { ...was, file: path } } }
  }
  const { title, language, section, keywords, ownId, modified } = reading.content
  const head: Head = {
    source: source.name,
    key,
    version: released ? was.version + 1 : 1,
    pubStatus: was?.pubStatus ?? 'usable',
    title,
    language,
    section,
    keywords,
    published,
    body: body.digest,
    file: path,
    ownId,
    heldUntil,
    changed: changedAt(released ? was.changed : undefined, published, modified, now),
  }
  const visible = heldUntil === undefined && head.pubStatus === 'usable'
  const action = visible ? (released ? 'update' : 'publish') : undefined
  return {
    kind: was === undefined ? 'new' : 'updated',
    body,
    change: { ref, ...(was && { was }), head, ...(action && { action }) },
  }
}

/** Design, "Identity and versions": when a version came about. */
function changedAt(
  before: Instant | undefined,
  published: Instant,
  modified: Instant | undefined,
  now: number,
): Instant {
  const said = modified !== undefined && Date.parse(modified) <= now ? modified : undefined
  if (before === undefined) return said !== undefined && said > published ? said : published
  if (said !== undefined && said > before) return said
  const committed = instant(now)
  return committed > before ? committed : before
}
