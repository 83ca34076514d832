import { instant, type Instant } from '../../article.ts'
import type { Head } from '../../head.ts'
import { killed } from '../../operate/life.ts'
import { changeOf } from '../../store/article-change.ts'
import { shortDigest } from '../../store/body.ts'
import type { Followed } from '../parsers/draft.ts'
import type { PackedReading } from '../reading/packed.ts'
import { bodyOf, dueAt, hasExpired, turned, type Place, type Step } from './next-version.ts'

/**
 * The head that follows when another Feedwire tells of an article. Its wire is in order by itself, and who follows it is held to that
 * order by the commit: so its word counts also where its version is lower than before, as it is once its store was put back. What was
 * taken away here by hand stays so.
 */
export function followedVersion(place: Place, told: Followed, file: string, now: number): Step {
  const { reading, was } = place
  if (was?.pubStatus === 'canceled' && (was.withheldBy !== 'source' || reading.pubStatus === 'canceled'))
    return { kind: 'unchanged' }
  if (reading.pubStatus !== 'canceled') return takeOver(place, reading, told, file, now)
  // Of what was never here nothing has to go.
  if (was === undefined) return { kind: 'unchanged' }
  if (!told.isHeld) return kill(was, told, now)
  return was.pubStatus === 'withheld'
    ? { kind: 'unchanged' }
    : { kind: 'updated', change: changeOf(was, withdrawn(was, told, now)) }
}

function kill(was: Head, told: Followed, now: number): Step {
  const head: Head = {
    ...killed(was, now),
    version: versionOf(was, told.version),
    ownVersion: String(told.version),
    // What was withheld here by hand does not come back by their release.
    withheldBy: was.withheldBy === 'operator' ? undefined : 'source',
    note: told.reason,
  }
  return { kind: 'killed', change: changeOf(was, head) }
}

/** The head of an article that the other one shows no more. Its text goes: it comes again with their release. */
export function withdrawn(was: Head, told: Pick<Followed, 'version'>, now: number): Head {
  const moment = instant(now)
  return {
    ...was,
    version: versionOf(was, told.version),
    ownVersion: String(told.version),
    pubStatus: 'withheld',
    withheldBy: 'source',
    body: '',
    said: undefined,
    nextMoment: undefined,
    heldUntil: undefined,
    changed: moment > was.changed ? moment : was.changed,
  }
}

function takeOver(
  { source, key, was, said }: Place,
  reading: PackedReading,
  told: Followed,
  file: string,
  now: number,
): Step {
  const { told: facts } = reading
  const known = was?.onWire === true
  const published = (known ? was.published : facts.published) ?? instant(now)
  const body = { ref: `${source}/${key}`, ...bodyOf(reading, published) }
  const isByHand = was?.withheldBy === 'operator'
  const withheldBy = isByHand ? 'operator' : hasExpired(facts, now) ? 'source' : undefined
  const version = versionOf(was, told.version)
  const head: Head = {
    source,
    key,
    version,
    pubStatus: withheldBy === undefined ? 'usable' : 'withheld',
    withheldBy,
    title: facts.title,
    language: facts.language,
    section: facts.section,
    keywords: facts.keywords,
    ...turned(facts, now),
    published,
    changed: was?.version === version ? was.changed : changedAt(told, published, now),
    // It shows what it shows: only where this clock is behind theirs something new waits for it.
    heldUntil: known ? undefined : dueAt(published, facts.embargoed, now),
    expires: facts.expires,
    body: body.digest,
    said,
    file,
    ownId: reading.ownId,
    ownVersion: String(told.version),
    ...noteOf(was, told),
  }
  if (was === undefined) return { kind: 'new', body, change: changeOf(was, head) }
  if (shortDigest(was.body) === shortDigest(body.digest)) {
    // The text goes where that head looks for it.
    body.digest = was.body
    head.body = was.body
  }
  if (!saysTheSame(was, head, said ?? reading.body.digest))
    return { kind: 'updated', body, change: changeOf(was, head) }
  if (was.ownVersion === head.ownVersion && was.file === file) return { kind: 'unchanged', body }
  return {
    kind: 'unchanged',
    body,
    change: { ref: body.ref, was, head: { ...was, file, ownVersion: head.ownVersion } },
  }
}

/**
 * Theirs, as long as nobody here has counted on: by hand, or since it expired. A number that readers know stands for one text: one
 * more then, until theirs are ahead.
 */
function versionOf(was: Head | undefined, theirs: number): number {
  if (was?.onWire !== true || was.ownVersion === String(was.version) || theirs > was.version) return theirs
  if (was.ownVersion === String(theirs)) return was.version
  return theirs === was.version && was.pubStatus !== 'usable' ? theirs : was.version + 1
}

/** A clock that is ahead of ours dates nothing into the future. */
function changedAt({ changed }: Followed, published: Instant, now: number): Instant {
  const moment = instant(now)
  const said = changed !== undefined && changed <= moment ? changed : moment
  return said > published ? said : published
}

/** The correction that stands with it: theirs, unless a newer one was made here. */
function noteOf(was: Head | undefined, { correction }: Followed): Pick<Head, 'note' | 'notedAt'> {
  const isOurs = was?.note !== undefined && was.pubStatus !== 'canceled' && was.ownVersion !== String(was.version)
  if (isOurs && (correction === undefined || (was.notedAt ?? '') > correction.at))
    return { note: was.note, notedAt: was.notedAt }
  return { note: correction?.note, notedAt: correction?.at }
}

/** `said`: by its source. What was learned beside it does not count against it. */
function saysTheSame(was: Head, head: Head, said: string): boolean {
  return (
    (was.body === head.body || (was.said !== undefined && shortDigest(was.said) === shortDigest(said))) &&
    was.version === head.version &&
    was.pubStatus === head.pubStatus &&
    was.heldUntil === head.heldUntil &&
    was.note === head.note &&
    was.notedAt === head.notedAt
  )
}
