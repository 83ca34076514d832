import { instant, type Instant, type Ref } from '../../article.ts'
import type { Head } from '../../head.ts'
import { packBody, shortDigest, unpackBody, type Body } from '../../store/body.ts'
import type { ArticleChange } from '../../store/commits.ts'
import { changeOf } from '../../store/article-change.ts'
import { killed } from '../../operate/life.ts'
import { isShown, nextMoment } from '../../shown.ts'
import type { PackedReading, TimedKind } from '../reading/packed.ts'
import type { Cancellation } from '../reading/read.ts'

/** Where a reading belongs: its article's KEY, and the head that stands there. */
export interface Place {
  source: string
  key: string
  reading: PackedReading | Cancellation
  was?: Head
  /** Digest of what the source told, where the reading says more by now. */
  said?: string
  /** More may be learned the next time that it is read. */
  later?: boolean
}

/** `waits`: the reading is an update under embargo. */
export interface Step {
  kind: 'new' | 'updated' | 'unchanged' | 'killed' | 'waits'
  change?: ArticleChange
  /** Also of what is unchanged: its text may be lost. */
  body?: Body & { ref: Ref }
}

/** The head that follows the one that stands, where there is anything to change. `now` in milliseconds since 1970. */
export function nextVersion(place: Place, path: string, now: number): Step {
  const { reading, was } = place
  // A killed article does not come back by collecting, and an older version is history.
  if (was?.pubStatus === 'canceled' || isOlder(reading, was)) return { kind: 'unchanged' }
  return reading.pubStatus === 'canceled' ? cancel(place, reading, path, now) : write(place, reading, path, now)
}

/** Design, "The same own id from two files": the higher version wins, in whatever order they are read. */
function isOlder({ ownVersion }: PackedReading | Cancellation, was: Head | undefined): boolean {
  return ownVersion !== undefined && was?.ownVersion !== undefined && compareVersions(ownVersion, was.ownVersion) < 0
}

/** As numbers where both are, else as text. */
export function compareVersions(a: string, b: string): number {
  const number = /^\d{1,15}(\.\d{1,15})?$/
  const difference = number.test(a) && number.test(b) ? Number(a) - Number(b) : 0
  if (difference !== 0 || a === b) return difference
  return a < b ? -1 : 1
}

function cancel({ source, key, was }: Place, { ownId, ownVersion }: Cancellation, file: string, now: number): Step {
  const told = { file, ownId, ...(ownVersion !== undefined && { ownVersion }) }
  if (was !== undefined) return { kind: 'killed', change: changeOf(was, { ...killed(was, now), ...told }) }
  // A kill may be read before what it kills: then it stands in its way.
  const moment = instant(now)
  const nothing = { title: '', language: 'und', keywords: [], body: '', published: moment, changed: moment }
  return {
    kind: 'killed',
    change: changeOf(was, { source, key, version: 1, pubStatus: 'canceled', ...nothing, ...told }),
  }
}

function write({ source, key, was, said }: Place, reading: PackedReading, file: string, now: number): Step {
  const { told } = reading
  const known = was?.onWire === true
  const published = (known ? undefined : told.published) ?? was?.published ?? instant(now)
  const heldUntil = dueAt(published, told.embargoed, now)
  if (known && heldUntil !== undefined) return { kind: 'waits' }

  const isBack = reading.pubStatus === 'withheld' || hasExpired(told, now)
  const withheldBy = was?.withheldBy === 'operator' ? 'operator' : isBack ? 'source' : undefined
  const changed = known ? laterChange(was.changed, saidChange(reading, was), now) : firstChange(published, told, now)
  const body = { ref: `${source}/${key}`, ...bodyOf(reading, published) }
  const head: Head = {
    source,
    key,
    version: known ? was.version + 1 : 1,
    pubStatus: withheldBy === undefined ? 'usable' : 'withheld',
    withheldBy,
    title: told.title,
    language: told.language,
    section: told.section,
    keywords: told.keywords,
    ...turned(told, now),
    published,
    changed,
    heldUntil,
    expires: told.expires,
    body: body.digest,
    said,
    file,
    ownId: reading.ownId,
    ownVersion: reading.ownVersion,
    note: told.correction ?? was?.note,
    notedAt: told.correction === undefined ? was?.notedAt : changed,
  }
  if (was === undefined || !saysTheSame(was, head, said ?? reading.body.digest)) {
    return { kind: was === undefined ? 'new' : 'updated', body, change: changeOf(was, head) }
  }
  // The text goes where that head looks for it.
  if (shortDigest(was.body) === body.digest) body.digest = was.body
  if (was.file === file && was.ownVersion === head.ownVersion) return { kind: 'unchanged', body }
  // Nobody outside has to know from which file it comes now.
  const moved: ArticleChange = { ref: body.ref, was, head: { ...was, file, ownVersion: head.ownVersion } }
  return { kind: 'unchanged', body, change: moved }
}

/** Has the moment come from which it is withheld? */
export function hasExpired({ expires }: { expires?: Instant | undefined }, now: number): boolean {
  return expires !== undefined && Date.parse(expires) <= now
}

/** What a head says of the media that are shown now, and until when. */
export function turned(
  content: { expires?: Instant | undefined; media: readonly TimedKind[] },
  now: number,
): Pick<Head, 'media' | 'nextMoment'> {
  const next = nextMoment(content, now)
  const kinds = content.media.filter(medium => isShown(medium, next)).map(({ kind }) => kind)
  return { media: kinds.length === 0 ? undefined : [...new Set(kinds)], nextMoment: next }
}

/** Packed when it was read, unless its date is known by the store alone. */
export function bodyOf({ told, body }: PackedReading, published: Instant): Body {
  return told.published === published ? body : packBody({ ...unpackBody(body.packed), published })
}

/** `said`: by its source. What was learned beside it does not count against it. */
function saysTheSame(was: Head, head: Head, said: string): boolean {
  return (
    (shortDigest(was.body) === head.body || (was.said !== undefined && shortDigest(was.said) === said)) &&
    was.heldUntil === head.heldUntil &&
    was.pubStatus === head.pubStatus
  )
}

/** Until when an article is held back; undefined: it is due. */
export function dueAt(published: Instant, embargoed: Instant | undefined, now: number): Instant | undefined {
  const due = embargoed !== undefined && embargoed > published ? embargoed : published
  return Date.parse(due) > now ? due : undefined
}

/**
 * When version 1 came about (design, "Identity and versions"): when the source says that it changed it, not before it
 * could be seen. It does not depend on the moment at which it is collected.
 */
function firstChange(published: Instant, { modified, embargoed }: PackedReading['told'], now: number): Instant {
  const said = modified !== undefined && Date.parse(modified) <= now ? modified : published
  return [published, said, embargoed ?? published].reduce((a, b) => (a > b ? a : b))
}

/** When the source says that it changed it. Of a version that is new by its number the date is that of the version. */
function saidChange({ told, ownVersion }: PackedReading, was: Head): Instant | undefined {
  const isVersion = ownVersion !== undefined && ownVersion !== was.ownVersion
  return told.modified ?? (isVersion ? told.published : undefined)
}

/** When a later version came about: when the source says, if that is newer, else now. */
function laterChange(before: Instant, modified: Instant | undefined, now: number): Instant {
  const said = modified !== undefined && Date.parse(modified) <= now ? modified : undefined
  if (said !== undefined && said > before) return said
  const committed = instant(now)
  return committed > before ? committed : before
}
