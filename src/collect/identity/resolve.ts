import { instant, refOf, type Ref } from '../../article.ts'
import { Unusable } from '../../errors.ts'
import { pathsSayTheSame } from '../parsers/file-name.ts'
import { bytesBind } from '../../takedown.ts'
import type { Body } from '../../store/body.ts'
import type { Change } from '../../store/commits.ts'
import { decodeFile, encodeFile, type FileRecord } from '../../store/files.ts'
import { learn } from '../probing/learn.ts'
import { rejectOf, warningsOf } from './listed.ts'
import { asideOf, GivesWay, pathOf, place, stillHolds, type Desk } from './place.ts'
import type { Input } from '../reading/inputs.ts'
import type { PackedOutcome } from '../reading/packed.ts'
import { followedVersion } from './followed-version.ts'
import { nextVersion, type Place, type Step } from './next-version.ts'
import { bindsOfReading, keepDown, refuseTakenDown, TakenDown } from './taken-down.ts'

export type Kind = 'new' | 'updated' | 'unchanged' | 'rejected' | 'killed'

/** What has to be done for one input. */
export interface Resolution {
  input: Input
  /** One for each article and each reject that it came to. */
  kinds: Kind[]
  change: Change
  /** To be written before the change is committed. */
  bodies: (Body & { ref: Ref })[]
  /** Whose past is to be forgotten after it. */
  killed: Ref[]
}

/** An input beside what the store knows of its file. */
interface Case {
  input: Input
  desk: Desk
  /** The file's record as it stands; '' for none. */
  was: string
  record: FileRecord | undefined
  /** The path that stands for these bytes; '' for none. */
  standsFor: string
}

/**
 * Decides what an input means for the store as it stands: a new article, a new version, a rename, a copy, a reject.
 * Whatever was read here and has changed by the time of the commit makes the commit refuse, and the input is resolved
 * again.
 */
export async function resolve(input: Input, desk: Desk): Promise<Resolution> {
  const { source, store } = desk
  const { path, digest, outcome } = input
  const [was, standsFor] = await Promise.all([
    store.files.record(source.name, path),
    digest === '' ? null : store.files.pathOfBytes(source.name, digest),
  ])
  const record = was === null ? undefined : decodeFile(was)
  const one: Case = { input, desk, was: was ?? '', record, standsFor: standsFor ?? '' }
  if (!Array.isArray(outcome)) return await reject(one, new Unusable(outcome.reason, outcome.line))
  if (record !== undefined && isOnlyTouched(record, input)) return touch(one, record)
  if (one.standsFor !== '' && one.standsFor !== path) {
    if (await stillHolds(desk, one.standsFor, { digest, wasCopy: record?.digest === digest })) {
      return await reject(one, await whyCopy(one))
    }
    const renamed = await rename(one, outcome)
    if (renamed) return renamed
  }
  return await write(one, outcome)
}

/** Of what was taken away, that is the reason. */
async function whyCopy({ input: { digest }, desk: { store }, standsFor }: Case): Promise<Unusable> {
  try {
    await refuseTakenDown([bytesBind(digest)], [], store)
    return new GivesWay(`it is a copy of ${standsFor}`, { file: standsFor, digest })
  } catch (error) {
    if (error instanceof TakenDown) return error
    throw error
  }
}

/** Have these bytes another path, as far as the store knows? */
export async function isElsewhere({ path, digest }: Input, { source, store }: Desk): Promise<boolean> {
  const standsFor = digest === '' ? null : await store.files.pathOfBytes(source.name, digest)
  return standsFor !== null && standsFor !== path
}

/** The part of a signature that stands for the source's settings comes first. */
function settingsOf(signature: string): string {
  return signature.slice(0, signature.indexOf(':') + 1)
}

/** Rejects are looked at again, since their reason may lie elsewhere. */
function isOnlyTouched({ rejects, digest, signature }: FileRecord, input: Input): boolean {
  return rejects.length === 0 && digest === input.digest && settingsOf(signature) === settingsOf(input.signature)
}

function touch({ input, desk, was }: Case, record: FileRecord): Resolution {
  const { path, signature } = input
  const files = { [path]: encodeFile({ ...record, signature }) }
  const change: Change = { source: desk.source.name, filesWere: { [path]: was }, files, articles: [] }
  return { input, kinds: record.keys.map(() => 'unchanged'), change, bodies: [], killed: [] }
}

/** The bytes have moved from another path: the articles keep their uris, and nobody outside learns of it. */
async function rename(
  { input, desk, was, record, standsFor: from }: Case,
  outcomes: readonly PackedOutcome[],
): Promise<Resolution | undefined> {
  const { path, digest, signature } = input
  const { source, store } = desk
  const [there, gone] = await Promise.all([
    store.files.record(source.name, from),
    store.files.goneRecord(source.name, from),
  ])
  const moved = [there, gone].find(text => text !== null && decodeFile(text).digest === digest)
  if (moved === undefined || moved === null) return undefined
  const before = decodeFile(moved)
  const { keys, rejects, firstPath = pathOf(from) } = before
  // Bytes that cannot be used may lie at the old path by now: their reject stays.
  const stays = rejects.includes(from)
  // Rejects of single articles are named after their file: the next round lists them under its new name.
  const again =
    settingsOf(before.signature) !== settingsOf(signature) ||
    outcomes.some(outcome => 'reason' in outcome) ||
    !pathsSayTheSame(pathOf(from), path) ||
    rejects.some(name => name !== from)
  const [heads, displaced, warned] = await Promise.all([
    Promise.all(keys.map(key => store.articles.head(`${source.name}/${key}`))),
    displace({ input, desk, was, record }),
    warningsOf(input, desk, record !== undefined),
  ])
  const change: Change = {
    source: source.name,
    filesWere: { [path]: was, [from]: there ?? '' },
    bytesWere: { ...displaced.bytesWere, [digest]: from },
    files: {
      ...(moved === there && { [from]: stays ? encodeFile({ ...before, digest: '', keys: [] }) : '' }),
      [path]: encodeFile({ signature: again ? '' : signature, digest, keys, rejects: [], firstPath }),
    },
    gone: { ...displaced.gone, ...(moved === gone && { [from]: '' }) },
    bytes: { ...displaced.bytes, [digest]: path },
    rejects: { ...clear(record), ...(moved === there && !stays && clear(before)) },
    warnings: { ...(moved === there && { [from]: '' }), ...warned },
    // A newer version of an article may have come from another file by now: then that is where it comes from.
    articles: heads
      .filter(head => head?.file === pathOf(from))
      .map(head => ({ ref: refOf(head!), was: head!, head: { ...head!, file: path } })),
  }
  return { input, kinds: keys.map(() => 'unchanged'), change, bodies: [], killed: [] }
}

/** What was known of the path to which a file has been moved is kept aside: those bytes may turn up elsewhere, or have vanished. */
async function displace({
  input: { path, digest },
  desk: { source, store, now },
  was,
  record,
}: Omit<Case, 'standsFor'>): Promise<Pick<Change, 'bytesWere' | 'gone' | 'bytes'>> {
  const text = record === undefined ? await store.files.goneRecord(source.name, path) : was
  if (text === null) return {}
  const displaced = decodeFile(text)
  const { digest: before, keys, goneSince = instant(now) } = displaced
  if (keys.length === 0 || before === digest) return { gone: { [path]: '' } }
  const aside = asideOf(path, before)
  const standsFor = (await store.files.pathOfBytes(source.name, before)) ?? ''
  return {
    bytesWere: { [before]: standsFor },
    gone: { [path]: '', [aside]: encodeFile({ ...displaced, goneSince }) },
    ...(standsFor === path && { bytes: { [before]: aside } }),
  }
}

async function write(one: Case, outcomes: readonly PackedOutcome[]): Promise<Resolution> {
  const { input, desk, was, record, standsFor } = one
  const { path, digest, signature } = input
  const source = desk.source.name
  const gone = record === undefined ? await desk.store.files.goneRecord(source, path) : null
  const known = record ?? (gone === null ? undefined : decodeFile(gone))
  const { places: found, refused, takedownsWere } = await placeAll(one, outcomes, known)
  const whole = refused.get(path)
  if (whole !== undefined) return await reject(one, whole)
  const places = await learn(found, desk.prober)
  const steps = places.map(at => stepOf(at, path, desk.now))
  const ofOne = places.length === 1 && refused.size === 0 ? digest : ''
  const changes = await Promise.all(places.map((at, i) => keepDown(at, steps[i]?.change, ofOne, desk.store)))
  const rejects = await Promise.all([...refused].map(([name, why]) => rejectOf(name, why, desk)))
  const outdated = await outdatedBytes(one, known)
  const after: FileRecord = {
    // An update under embargo is read again each round, until it is due; so is what the prober had no time for.
    signature: steps.some(({ kind }) => kind === 'waits') || places.some(({ later }) => later) ? '' : signature,
    digest,
    keys: places.map(({ key }) => key),
    rejects: rejects.map(({ file }) => file),
    ...firstPathOf(known),
  }
  // What is unchanged has its text already, unless it is read as if it were new.
  const written = steps.filter(({ kind }) => kind !== 'unchanged' || known?.signature === '')
  return {
    input,
    kinds: [
      ...steps.map(({ kind }) => (kind === 'waits' ? 'unchanged' : kind)),
      ...rejects.map(() => 'rejected' as const),
    ],
    change: {
      source,
      filesWere: { [path]: was },
      takedownsWere,
      bytesWere: { [digest]: standsFor },
      files: { [path]: encodeFile(after) },
      ...(gone !== null && { gone: { [path]: '' } }),
      bytes: { ...(outdated !== undefined && { [outdated]: '' }), [digest]: path },
      rejects: { ...clear(record), ...Object.fromEntries(rejects.map(each => [each.file, JSON.stringify(each)])) },
      warnings: await warningsOf(input, desk, record !== undefined),
      articles: changes.flatMap(change => change ?? []),
    },
    bodies: written.flatMap(({ body }) => body ?? []),
    killed: steps.flatMap(({ kind, change }) => (kind === 'killed' && change ? [change.ref] : [])),
  }
}

function stepOf(at: Place, path: string, now: number): Step {
  const { followed } = at.reading
  return followed === undefined ? nextVersion(at, path, now) : followedVersion(at, followed, path, now)
}

/** It outlives what the file holds. */
function firstPathOf(known: FileRecord | undefined): Pick<FileRecord, 'firstPath'> {
  return known?.firstPath === undefined ? {} : { firstPath: known.firstPath }
}

/** The bytes that the file held before, if it stood for them. */
async function outdatedBytes({ input: { path, digest }, desk }: Case, known: FileRecord | undefined) {
  if (known === undefined || known.digest === digest) return undefined
  const standsFor = await desk.store.files.pathOfBytes(desk.source.name, known.digest)
  return standsFor === path ? known.digest : undefined
}

/** Where each article of an input belongs, and why some belong nowhere: by the name that the reject gets. */
async function placeAll(
  { input: { path, digest }, desk }: Case,
  outcomes: readonly PackedOutcome[],
  known: FileRecord | undefined,
): Promise<{ places: Place[]; refused: Map<string, Unusable>; takedownsWere: Record<string, string> }> {
  // What another site's feed says tomorrow may be another story, also where it says one thing at a time.
  const alone = outcomes.length === 1 && !('url' in desk.source)
  const places = new Map<string, Place>()
  const refused = new Map<string, Unusable>()
  const takedownsWere: Record<string, string> = {}
  for (const [index, outcome] of outcomes.entries()) {
    try {
      if ('reason' in outcome) throw new Unusable(outcome.reason, outcome.line)
      const found = await place(outcome, path, known, alone, desk)
      if (places.has(found.key)) throw new Unusable('it has the same id as another article of this file')
      const ref = `${found.source}/${found.key}`
      // A kill always passes, and what has its article passes to it; but what another Feedwire killed it may release.
      const isKilled = found.was?.pubStatus === 'canceled' && found.was.withheldBy !== 'source'
      if (outcome.pubStatus !== 'canceled' && !isKilled)
        Object.assign(takedownsWere, await refuseTakenDown(bindsOfReading(outcome, digest), [ref], desk.store))
      places.set(found.key, found)
    } catch (error) {
      if (!(error instanceof Unusable)) throw error
      refused.set(alone ? path : `${path}#${index + 1}`, error)
    }
  }
  return { places: [...places.values()], refused, takedownsWere }
}

/** Keeps a whole input aside with its reason. The articles that its file gave before stay as they were. */
async function reject({ input, desk, was, record }: Case, why: Unusable): Promise<Resolution> {
  const { path, digest, signature } = input
  const gone = record === undefined ? await desk.store.files.goneRecord(desk.source.name, path) : null
  const known = record ?? (gone === null ? undefined : decodeFile(gone))
  // The digest stays that of the bytes that gave the articles, so that they are not taken for another file's.
  const kept = known !== undefined && known.keys.length > 0 ? known : { digest, keys: [] }
  const after = { signature, digest: kept.digest, keys: kept.keys, rejects: [path], ...firstPathOf(known) }
  const change: Change = {
    source: desk.source.name,
    filesWere: { [path]: was },
    files: { [path]: encodeFile(after) },
    ...(gone !== null && { gone: { [path]: '' } }),
    rejects: { ...clear(record), [path]: JSON.stringify(await rejectOf(path, why, desk)) },
    ...(record !== undefined && { warnings: { [path]: '' } }),
    articles: [],
  }
  return { input, kinds: ['rejected'], change, bodies: [], killed: [] }
}

/** The rejects that a file gave before. */
function clear(record: FileRecord | undefined): Record<string, string> {
  return Object.fromEntries((record?.rejects ?? []).map(name => [name, '']))
}
