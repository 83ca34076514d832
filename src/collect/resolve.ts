import { instant, mintKey } from '../article.ts'
import { Unusable } from '../errors.ts'
import type { Head } from '../feed.ts'
import type { FolderSource } from '../source.ts'
import type { Body } from '../store/articles.ts'
import type { ArticleChange, Change } from '../store/commits.ts'
import { decodeFile, encodeFile, type FileRecord, type Reject } from '../store/files.ts'
import type { Store } from '../store/store.ts'
import type { Reading } from './read.ts'
import { readFile, stateOf } from './sources/folder.ts'
import { nextVersion, type Place } from './version.ts'

/** One file as it was read. */
export interface Input {
  path: string
  /** State and settings, as the file's record keeps them. */
  signature: string
  /** SHA-256 of the bytes; '' where it could not be opened. */
  digest: string
  /** What it says, or why it says nothing. */
  outcome: Reading[] | Unusable
}

export type Kind = 'new' | 'updated' | 'unchanged' | 'rejected'

/** What has to be done for one input. */
export interface Resolution {
  input: Input
  kind: Kind
  change: Change
  /** To be written before the change is committed. */
  bodies: Body[]
}

export interface Desk {
  source: FolderSource
  store: Store
  /** Milliseconds since 1970. */
  now: number
}

/**
 * Decides what an input means for the store as it stands: a new article, a new version, a rename, a copy, a reject.
 * Identity and versions are those of the design; whatever was read here and has changed by the time of the commit
 * makes the commit refuse, and the input is resolved again.
 */
export async function resolve(input: Input, desk: Desk): Promise<Resolution> {
  const { source, store } = desk
  const { path, digest } = input
  const [was, standsFor] = await Promise.all([
    store.files.record(source.name, path),
    digest === '' ? null : store.files.pathOfBytes(source.name, digest),
  ])
  const filesWere = { [path]: was ?? '' }
  const record = was === null ? undefined : decodeFile(was)
  try {
    if (input.outcome instanceof Unusable) throw input.outcome
    if (record !== undefined && sameInput(record, input)) {
      const files = { [path]: encodeFile({ ...record, signature: input.signature }) }
      return { input, kind: 'unchanged', change: { source: source.name, filesWere, files, articles: [] }, bodies: [] }
    }
    if (standsFor !== null && standsFor !== path) {
      if (await stillHolds(desk, standsFor, digest))
        throw new GivesWay(`it is a copy of ${standsFor}`, { file: standsFor, digest })
      const renamed = await rename(input, desk, filesWere, standsFor)
      if (renamed) return renamed
    }
    return await write(input, input.outcome, desk, filesWere, standsFor, record)
  } catch (error) {
    if (error instanceof Unusable) return await reject(input, error, desk, filesWere, record)
    throw error
  }
}

/** Another file has the better right to the article, as long as it is there with these bytes. */
class GivesWay extends Unusable {
  constructor(
    message: string,
    readonly to: NonNullable<Reject['givesWayTo']>,
  ) {
    super(message)
  }
}

/** The part of a signature that stands for the source's settings comes first, and alone where the file has to be read again. */
function settingsOf(signature: string): string {
  return signature.slice(0, signature.indexOf(':') + 1)
}

function sameInput(record: FileRecord, input: Input): boolean {
  return (
    !record.rejected && record.digest === input.digest && settingsOf(record.signature) === settingsOf(input.signature)
  )
}

/** Are these bytes still in the file that stood for them? */
async function stillHolds({ source, store }: Desk, path: string, digest: string): Promise<boolean> {
  const record = await store.files.record(source.name, path)
  if (record === null || decodeFile(record).digest !== digest) return false
  if (stateOf(source, path) === undefined) return false
  try {
    return readFile(source, path)?.digest === digest
  } catch {
    return false
  }
}

/** The bytes have moved from another path: the articles keep their uris, and nobody outside learns of it. */
async function rename(
  { path, ...input }: Input,
  { source, store }: Desk,
  filesWere: Record<string, string>,
  from: string,
): Promise<Resolution | undefined> {
  const [there, gone] = await Promise.all([
    store.files.record(source.name, from),
    store.files.goneRecord(source.name, from),
  ])
  const moved = [there, gone].find(text => text !== null && decodeFile(text).digest === input.digest)
  if (moved === undefined || moved === null) return undefined
  const { keys: articles } = decodeFile(moved)
  const changes = await Promise.all(
    articles.map(async key => {
      const ref = `${source.name}/${key}`
      const was = await store.articles.head(ref)
      if (was === undefined) throw new Error(`article ${ref} of file ${from} is not in the store`)
      // A newer version of it may have come from another file.
      return { ref, was, head: was.file === from ? { ...was, file: path } : was } satisfies ArticleChange
    }),
  )
  const record = encodeFile({ signature: input.signature, digest: input.digest, keys: articles, rejected: false })
  const change: Change = {
    source: source.name,
    filesWere: { ...filesWere, [from]: there ?? '' },
    bytesWere: { [input.digest]: from },
    files: { ...(moved === there && { [from]: '' }), [path]: record },
    gone: { [path]: '', ...(moved === gone && { [from]: '' }) },
    bytes: { [input.digest]: path },
    rejects: { [path]: '' },
    articles: changes,
  }
  return { input: { path, ...input }, kind: 'unchanged', change, bodies: [] }
}

async function write(
  input: Input,
  readings: Reading[],
  desk: Desk,
  filesWere: Record<string, string>,
  standsFor: string | null,
  record: FileRecord | undefined,
): Promise<Resolution> {
  const { source, store } = desk
  const { path, digest, signature } = input
  const gone = record === undefined ? await store.files.goneRecord(source.name, path) : null
  const known = record ?? (gone === null ? undefined : decodeFile(gone))
  const places = await Promise.all(
    readings.map((reading, index) => {
      const identity = reading.ownId ?? (readings.length === 1 ? path : `${path}#${index + 1}`)
      return place(reading, identity, path, desk, known?.keys[index])
    }),
  )
  const written = places.map(at => nextVersion(at, path, desk))
  // An update under embargo is read again each round, until it is due.
  const waits = written.some(({ kind }) => kind === 'waits')
  // The bytes of a reject that gave no article are another file's.
  const outdated = known !== undefined && known.keys.length > 0 && known.digest !== digest ? known.digest : undefined
  return {
    input,
    kind: written.map(({ kind }) => kind).find(kind => kind === 'new' || kind === 'updated') ?? 'unchanged',
    change: {
      source: source.name,
      filesWere,
      bytesWere: { [digest]: standsFor ?? '' },
      files: {
        [path]: encodeFile({
          signature: waits ? settingsOf(signature) : signature,
          digest,
          keys: places.map(({ key }) => key),
          rejected: false,
        }),
      },
      ...(gone !== null && { gone: { [path]: '' } }),
      bytes: { ...(outdated !== undefined && { [outdated]: '' }), [digest]: path },
      ...(record?.rejected && { rejects: { [path]: '' } }),
      articles: written.flatMap(({ change }) => change ?? []),
    },
    bodies: written.flatMap(({ body }) => body ?? []),
  }
}

/** Finds the article that a reading is about: the one its file had, the one of its own id, or a new KEY. */
async function place(reading: Reading, identity: string, path: string, desk: Desk, knownKey?: string): Promise<Place> {
  const { source, store } = desk
  const headOf = (key: string) => store.articles.head(`${source.name}/${key}`)
  if (knownKey !== undefined) {
    const was = await headOf(knownKey)
    if (was && (was.ownId === undefined || was.ownId === reading.ownId)) return { reading, key: knownKey, was }
  }
  const minted = mintKey(identity)
  for (let suffix = 1; ; suffix++) {
    const key = suffix === 1 ? minted : `${minted}-${suffix}`
    const was = await headOf(key)
    if (was === undefined) return { reading, key }
    if (reading.ownId === undefined ? was.ownId === undefined && was.file === path : was.ownId === reading.ownId) {
      const first = was.file === path ? undefined : await giverOf(was, desk)
      if (first !== undefined) throw new GivesWay(`its id “${reading.ownId}” is already that of ${first.file}`, first)
      return { reading, key, was }
    }
  }
}

/** The file that an article was read from, if it is there and still gives it. */
async function giverOf({ file, key }: Head, { source, store }: Desk): Promise<GivesWay['to'] | undefined> {
  const text = file === undefined ? null : await store.files.record(source.name, file)
  if (file === undefined || text === null || stateOf(source, file) === undefined) return undefined
  const { keys, digest } = decodeFile(text)
  return keys.includes(key) ? { file, digest } : undefined
}

/** Keeps the input aside with its reason. An article that its file gave before stays as it was. */
async function reject(
  input: Input,
  why: Unusable,
  { source, store, now }: Desk,
  filesWere: Record<string, string>,
  record: FileRecord | undefined,
): Promise<Resolution> {
  const { path, signature } = input
  const standing = await store.files.reject(source.name, path)
  const value: Reject = {
    source: source.name,
    file: path,
    reason: why.message,
    ...(why.line !== undefined && { line: why.line }),
    since: standing?.since ?? instant(now),
    ...(why instanceof GivesWay && { givesWayTo: why.to }),
  }
  const keys = record?.keys ?? []
  return {
    input,
    kind: 'rejected',
    change: {
      source: source.name,
      filesWere,
      articles: [],
      // The digest stays that of the bytes that gave the articles, so that they are not taken for another file's.
      files: { [path]: encodeFile({ signature, digest: record?.digest ?? input.digest, keys, rejected: true }) },
      ...(record === undefined && { gone: { [path]: '' } }),
      rejects: { [path]: JSON.stringify(value) },
    },
    bodies: [],
  }
}
