import { hash } from 'node:crypto'
import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readSync, type Stats } from 'node:fs'
import { join } from 'node:path'
import picomatch from 'picomatch'
import { Unusable } from '../../errors.ts'
import type { FolderSource } from '../../source.ts'

/** Something found on a walk. */
export interface Entry {
  /** Relative to the source's folder, with `/` on every system. */
  path: string
  /** Why it is reported and not opened, where it is no plain file. */
  oddity?: string
  /** It is a folder that could not be listed: what lies in it is unknown, not gone. */
  hides?: true
}

/** A folder deeper than this is a trap, not an archive. */
const maxDepth = 64

/**
 * Walks the files of a source in an order that is the same on every machine, in pieces, holding one folder's names
 * at a time. Throws when the source's folder itself cannot be listed.
 */
export function* walk(source: FolderSource, pieceSize: number): Generator<Entry[]> {
  const included = inclusion(source)
  let piece: Entry[] = []
  for (const entry of list(source.folder, '', 0)) {
    if (entry.hides === undefined && !included(entry.path)) continue
    piece.push(entry)
    if (piece.length === pieceSize) {
      yield piece
      piece = []
    }
  }
  if (piece.length > 0) yield piece
}

/** Does a source want a path? */
export function inclusion(source: FolderSource): (path: string) => boolean {
  return picomatch([...source.include])
}

/** How many files a walk will find: for a progress bar. */
export function countFiles(source: FolderSource): number {
  let count = 0
  for (const piece of walk(source, 1000)) count += piece.length
  return count
}

function* list(root: string, below: string, depth: number): Generator<Entry> {
  let entries
  try {
    entries = readdirSync(join(root, below), { withFileTypes: true })
  } catch (error) {
    if (depth === 0) throw new Error(`the folder ${root} cannot be listed: ${reasonOf(error)}`, { cause: error })
    yield { path: below, oddity: `the folder cannot be listed: ${reasonOf(error)}`, hides: true }
    return
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1))
  for (const entry of entries) {
    // Names that begin with a dot are tools' own: temporary files, `.git`, `.DS_Store`.
    if (entry.name.startsWith('.')) continue
    const path = below === '' ? entry.name : `${below}/${entry.name}`
    if (entry.name.includes('\uFFFD')) yield { path, oddity: 'its name is not UTF-8' }
    else if (entry.isFile()) yield { path }
    else if (!entry.isDirectory()) yield { path, oddity: `${kindOf(entry)}: not followed, not read` }
    else if (depth === maxDepth) yield { path, oddity: `folders are nested deeper than ${maxDepth}`, hides: true }
    else yield* list(root, path, depth + 1)
  }
}

function kindOf(entry: { isSymbolicLink(): boolean; isFIFO(): boolean; isSocket(): boolean }): string {
  if (entry.isSymbolicLink()) return 'a symbolic link'
  if (entry.isFIFO()) return 'a pipe'
  return entry.isSocket() ? 'a socket' : 'a device'
}

/** Plain words for the usual faults of the file system. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const known: Record<string, string> = {
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    ENOENT: 'no such file or folder',
    ENOTDIR: 'it is not a folder',
    EIO: 'the disk reports an error',
    EMFILE: 'too many open files',
  }
  return known[code] ?? (error instanceof Error ? error.message : String(error))
}

/** The state of what lies at a path, in which any change of its bytes shows; undefined where there is nothing. Never throws. */
export function stateOf(source: FolderSource, path: string): string | undefined {
  try {
    const stats = lstatSync(join(source.folder, path), { throwIfNoEntry: false })
    if (stats === undefined) return undefined
    return stats.isFile() ? describe(stats) : 'no file'
  } catch (error) {
    return reasonOf(error)
  }
}

/**
 * A file changed within this time (milliseconds) before it was read could change again without a new time stamp:
 * some file systems count in two seconds. It is read once more.
 */
const racy = 2000

function describe(stats: Stats): string {
  return `${stats.size}:${stats.mtimeMs}:${stats.ctimeMs}`
}

export interface FileBytes {
  bytes: Buffer
  /** SHA-256. */
  digest: string
  /** As `stateOf` gives it; undefined where the file was changed so shortly before that its state proves nothing. */
  state: string | undefined
}

/** Undefined where the file is gone or changes while it is read: the next round sees to it. Throws `Unusable`. */
export function readFile(source: FolderSource, path: string): FileBytes | undefined {
  let file
  try {
    file = openSync(join(source.folder, path), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw new Unusable(`it cannot be opened: ${reasonOf(error)}`)
  }
  try {
    const before = fstatSync(file)
    if (!before.isFile()) return undefined
    if (before.size > source.maxBytes) {
      throw new Unusable(`it has ${before.size} bytes, more than the source's maxBytes (${source.maxBytes})`)
    }
    const bytes = readWhole(file, before.size)
    const state = describe(before)
    if (bytes === undefined || describe(fstatSync(file)) !== state) return undefined
    const digest = hash('sha256', bytes, 'base64url')
    return { bytes, digest, state: Date.now() - before.ctimeMs < racy ? undefined : state }
  } finally {
    closeSync(file)
  }
}

function readWhole(file: number, size: number): Buffer | undefined {
  const bytes = Buffer.allocUnsafe(size)
  for (let at = 0; at < size;) {
    const count = readSync(file, bytes, at, size - at, at)
    if (count === 0) return undefined
    at += count
  }
  return bytes
}

/** SHA-256 of what lies at a path now; undefined where it cannot be read. */
export function digestOf(source: FolderSource, path: string): string | undefined {
  try {
    return readFile(source, path)?.digest
  } catch (error) {
    if (error instanceof Unusable) return undefined
    throw error
  }
}
