import { mintKey } from '../../article.ts'
import { Unusable } from '../../errors.ts'
import type { Head } from '../../head.ts'
import type { Source } from '../../source.ts'
import { decodeFile, type FileRecord, type Reject } from '../../store/files.ts'
import type { Store } from '../../store/store.ts'
import type { PackedReading } from '../reading/packed.ts'
import type { Prober } from '../probing/prober.ts'
import type { Cancellation } from '../reading/read.ts'
import { compareVersions, type Place } from './next-version.ts'

/** What identity asks of the place where a source's files lie. */
export interface Origin {
  isThere: (path: string) => boolean
  /** SHA-256 of what lies there now, where it can be read. */
  digestOf: (path: string) => string | undefined
}

/** What a round works with. */
export interface Desk {
  /** Where another's wire is followed: how far, and whether it still stands so; throws where it does not. */
  followed?: { were: Record<string, string>; confirm: () => Promise<void> }
  source: Source
  origin: Origin
  store: Store
  /** Where the source wants its media probed. */
  prober?: Prober | undefined
  /** Milliseconds since 1970. */
  now: number
}

/** Another file has the better right to the article, as long as it is there with these bytes. */
export class GivesWay extends Unusable {
  constructor(
    message: string,
    readonly to: NonNullable<Reject['givesWayTo']>,
  ) {
    super(message)
  }
}

/**
 * Finds the article that a reading is about: the one that its file had, the one of its own id, or a new KEY (design,
 * "Identity and versions"). `known` is what the file gave before. Throws `GivesWay` where the id is another file's.
 */
export async function place(
  reading: PackedReading | Cancellation,
  path: string,
  known: FileRecord | undefined,
  alone: boolean,
  desk: Desk,
): Promise<Place> {
  const source = desk.source.name
  const headOf = (key: string) => desk.store.articles.head(`${source}/${key}`)
  const [knownKey] = alone ? (known?.keys ?? []) : []
  if (knownKey !== undefined) {
    const was = await headOf(knownKey)
    if (was && (was.ownId === undefined || was.ownId === reading.ownId)) {
      // While the file was away another may have come with the same id.
      if (was.ownId !== undefined) await yieldToFirst(reading, was, path, desk)
      return { source, reading, key: knownKey, was }
    }
  }
  const minted = mintKey(identityOf(reading, known?.firstPath ?? path, alone))
  for (let suffix = 1; ; suffix++) {
    const key = suffix === 1 ? minted : `${minted}-${suffix}`
    const was = await headOf(key)
    if (was === undefined) return { source, reading, key }
    const same =
      reading.ownId === undefined ? was.ownId === undefined && was.file === path : was.ownId === reading.ownId
    if (same) {
      await yieldToFirst(reading, was, path, desk)
      return { source, reading, key, was }
    }
  }
}

/** Of several articles of one file, those without an id of their own are told apart by their titles. */
function identityOf(reading: PackedReading | Cancellation, path: string, alone: boolean): string {
  if (reading.ownId !== undefined) return reading.ownId
  return alone || reading.pubStatus === 'canceled' ? path : `${path}#${reading.told.title}`
}

/** Of two files with one id, versions decide where they differ; else the file that came first has it. */
async function yieldToFirst(
  { ownId, ownVersion }: PackedReading | Cancellation,
  was: Head,
  path: string,
  { source, origin, store }: Desk,
): Promise<void> {
  if (was.file === undefined || was.file === path) return
  if (ownVersion !== undefined && was.ownVersion !== undefined && compareVersions(ownVersion, was.ownVersion) !== 0)
    return
  const text = await store.files.record(source.name, was.file)
  if (text === null || !origin.isThere(was.file)) return
  const { keys, digest } = decodeFile(text)
  if (keys.includes(was.key))
    throw new GivesWay(`its id “${ownId}” is already that of ${was.file}`, { file: was.file, digest })
}

/**
 * Are these bytes still in the file that stood for them? Of a copy that was there before, only the file's record says
 * so: it is for that file to say first whether it has become another story, is broken or is gone.
 */
export async function stillHolds(
  { source, origin, store }: Desk,
  path: string,
  { digest, wasCopy }: { digest: string; wasCopy: boolean },
): Promise<boolean> {
  const text = await store.files.record(source.name, path)
  if (text === null) return false
  const record = decodeFile(text)
  if (record.digest !== digest) return false
  return origin.digestOf(path) === digest || (wasCopy && origin.isThere(path) && !record.rejects.includes(path))
}

/** The name under which a file is kept among those that are gone, once another was moved to its path. */
export function asideOf(path: string, digest: string): string {
  // Neither a path nor a URL has this character.
  return `${path}\0${digest}`
}

/** The path of a file, also of one that is kept aside. */
export function pathOf(name: string): string {
  return name.split('\0', 1)[0]!
}
