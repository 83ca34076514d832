import { etagOf, type Changes } from '../edition.ts'
import { UsageError } from '../errors.ts'
import type { Logger } from '../log.ts'
import type { Assembled, Stamp, Standing } from '../store/editions.ts'
import type { Store } from '../store/store.ts'
import type { Entries } from './entries.ts'
import { formats, type FormatName } from './formats/index.ts'
import { formatNames, render, type Rendered } from './render.ts'
import type { Sealer } from './sealer.ts'

/** What a round did with one edition. */
export interface Published {
  feed: string
  format: FormatName
  /** Of the bytes without coding, quotes included. */
  etag: string
  changed: boolean
}

export interface PublishOptions {
  store: Store
  entries: Entries
  sealer: Sealer
  log: Logger
  clock: () => number
  /** Renders also what stands at the newest position already, and kept entries too. */
  force?: boolean
}

/**
 * One round of a feed: renders its editions where the wire has moved on for it, and replaces those whose bytes
 * changed. Safe to run twice at once: editions follow those that they were compared with, or the round begins anew.
 */
export async function publish(name: string, options: PublishOptions): Promise<Published[]> {
  const { store, force = false } = options
  for (;;) {
    // What stands is compared again when it is replaced: these may be read side by side.
    const [selection, standing] = await Promise.all([store.members.select(name), store.editions.standing(name)])
    if (selection === undefined) throw new UsageError(`there is no feed “${name}”`)
    const { epoch } = selection
    const stamp: Stamp = { epoch, revision: selection.rules.revision, position: selection.position }
    const before = standing?.stamp.epoch === epoch ? standing : undefined
    if (
      standing &&
      (isLater(standing.stamp, stamp) || (!force && isWhole(standing) && isSame(standing.stamp, stamp)))
    ) {
      await store.editions.markPublished(name, standing.stamp)
      return before === undefined ? [] : asTheyStand(name, before)
    }
    const { texts, leftOut, gone } = await render(selection, { ...options, force })
    const taken = before !== undefined && (await tookAway(name, before, texts, store))
    const changed = await sealChanged(name, texts, {
      before,
      taken,
      now: options.clock(),
      sealer: options.sealer,
      ...(gone && { gone }),
    })
    if (await store.editions.replace(name, standing?.stamp, { stamp, formats: formatNames, changed, leftOut })) {
      const formatsChanged = new Set(changed.map(({ format }) => format))
      return [...texts].map(([format, { hash }]) => {
        return { feed: name, format, etag: etagOf(hash, 'identity'), changed: formatsChanged.has(format) }
      })
    }
  }
}

/** What had to be left out is tried again each time: its text may be back. */
function isWhole({ leftOut }: Standing): boolean {
  return leftOut.length === 0
}

function isSame(a: Stamp, b: Stamp): boolean {
  return a.epoch === b.epoch && a.revision === b.revision && a.position === b.position
}

/** Of two stamps of one store: does the first come from a later moment? */
function isLater(a: Stamp, b: Stamp): boolean {
  if (a.epoch !== b.epoch) return false
  return a.revision === b.revision ? a.position > b.position : Number(a.revision) > Number(b.revision)
}

function asTheyStand(feed: string, { metas }: Standing): Published[] {
  return formatNames.flatMap(format => {
    const meta = metas.get(format)
    return meta ? [{ feed, format, etag: etagOf(meta.hash, 'identity'), changed: false }] : []
  })
}

/** Is an article gone that stood there, other than behind newer ones? */
async function tookAway(
  feed: string,
  { parts }: Standing,
  texts: Rendered['texts'],
  { members }: Store,
): Promise<boolean> {
  const stood = [...parts.values()].flat().map(({ ref }) => ref)
  const stands = new Set([...texts.values()].flatMap(text => text.parts).map(({ ref }) => ref))
  const missing = new Set(stood.filter(ref => !stands.has(ref)))
  const least = Math.min(...[...texts.values()].map(text => text.parts.length))
  return missing.size > 0 && (least === 0 || !(await members.holds(feed, [...missing])))
}

interface Sealing {
  before: Standing | undefined
  /** An article was taken away. */
  taken: boolean
  /** Milliseconds since 1970. */
  now: number
  sealer: Sealer
  gone?: Changes['gone']
}

/** The editions whose bytes are others than those that stand. */
async function sealChanged(
  feed: string,
  texts: Rendered['texts'],
  { before, taken, now, sealer, gone }: Sealing,
): Promise<Assembled[]> {
  const changed = [...texts].filter(([format, { hash }]) => before?.metas.get(format)?.hash !== hash)
  const bodies = await sealer.seal(changed.map(([, { bytes }]) => bytes))
  return changed.map(([format, { hash, parts }], at) => {
    const meta = before?.metas.get(format)
    // Whole seconds are all that HTTP dates tell: two changes within one must still show.
    const modified = Math.max(Math.floor(now / 1000), (meta?.modified ?? 0) + 1)
    const since = new Map(before?.parts.get(format)?.map(part => [part.name, part.since]))
    const changes = {
      parts: parts.map(part => ({ ...part, since: since.get(part.name) ?? modified })),
      cut: taken || meta === undefined ? modified : meta.cut,
      ...(gone && { gone }),
    }
    const { contentType } = formats[format]
    return { feed, format, contentType, hash, modified, bodies: bodies[at]!, changes }
  })
}
