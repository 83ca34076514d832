import { randomUUID } from 'node:crypto'
import { lstat, mkdir, open, readdir, realpath, rename, rm, rmdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { UsageError } from '../errors.ts'
import { isAway } from '../store/redis/connect.ts'
import { Lock } from './lock.ts'
import { checkPath, readManifest, writeManifest, type Kept, type Manifest } from './manifest.ts'
import { suffixes, type Made, type StaticFile } from './static-file.ts'

/** What is for ourselves: the manifest, the lock, and files that are still being written. */
const ownFolder = '.feedwire-export'

const endings = Object.values(suffixes)

/** Documents made and written side by side. */
const atOnce = 8

/** What an export came to, in documents: each is a file with its `.gz` and its `.br`. */
export interface Counts {
  written: number
  unchanged: number
  removed: number
  /** Could not be made. */
  leftOut: number
}

export interface PutOptions {
  /** Of the store that the files come from. */
  epoch: string
  /** Milliseconds since 1970. */
  now: number
  /** Makes everything again, also what its recipe says is the same. */
  force?: boolean
  /** Does not look whether what was written before is still there: this process has seen it. */
  trusting?: boolean
  signal?: AbortSignal
  /** Is told of every document that is seen to. */
  progress?: (done: number, of: number) => void
  /** Is told of every document that could not be made. */
  leaveOut: (path: string, error: unknown) => void
}

/**
 * A folder of static files, written file by file and each at once: whoever reads it finds a whole file, the old or the new.
 * Files are not forced to disk, since an export can be made again at any time: after a power cut the next one finds the
 * damaged ones by their size. Only what an export wrote is ever removed, and no link is followed out of the folder.
 */
export class ExportFolder implements AsyncDisposable {
  readonly #root: string
  readonly #lock: Lock
  #manifest: Manifest | undefined
  /** Folders below it that are known to be real ones. */
  #real = new Set<string>()
  /** The manifest on disk is older than the one here. */
  #stale = false

  private constructor(root: string, lock: Lock, manifest: Manifest | undefined) {
    this.#root = root
    this.#lock = lock
    this.#manifest = manifest
  }

  /** Makes the folder where there is none. Throws while another export writes into it. */
  static async open(path: string): Promise<ExportFolder> {
    await mkdir(path, { recursive: true })
    const root = await realpath(path)
    const own = join(root, ownFolder)
    await makeReal(own)
    const lock = await Lock.take(join(own, 'lock'))
    if (lock === undefined)
      throw new Error(`another export writes into ${path}, or one was killed there within the last 30 seconds`)
    try {
      for (const left of (await readdir(own)).filter(name => name.endsWith('.tmp'))) await rm(join(own, left))
      return new ExportFolder(root, lock, await readManifest(join(own, 'manifest')))
    } catch (error) {
      await lock[Symbol.asyncDispose]()
      throw error
    }
  }

  /** Of the store whose documents are here; undefined for a folder without any. */
  get epoch(): string | undefined {
    return this.#manifest?.epoch
  }

  /** Is a document of this path here? */
  has(path: string): boolean {
    return this.#manifest?.kept.has(path) ?? false
  }

  /** Makes the folder hold these documents and no others of ours, in this order. What is to go goes first. */
  async put(files: readonly StaticFile[], options: PutOptions): Promise<Counts> {
    this.#real = new Set()
    const kept = await this.#begin(files, options)
    const wanted = new Set(files.map(({ path }) => path))
    const leaving = [...kept.keys()].filter(path => !wanted.has(path))
    for (const path of leaving) await this.#remove(path, kept)
    for (const folder of new Set(leaving.map(path => dirname(path)))) await this.#removeEmpty(folder)
    const counts = { written: 0, unchanged: 0, removed: leaving.length, leftOut: 0 }
    for (let at = 0; at < files.length && !options.signal?.aborted; at += atOnce) {
      const outcomes = await Promise.all(files.slice(at, at + atOnce).map(file => this.#putOne(file, kept, options)))
      for (const outcome of outcomes) counts[outcome]++
      options.progress?.(Math.min(at + atOnce, files.length), files.length)
    }
    if (this.#stale) await this.#save({ epoch: options.epoch, kept })
    return counts
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#lock[Symbol.asyncDispose]()
  }

  /** Notes what is going to be here before it is: a process that dies in between leaves nothing that nobody knows of. */
  async #begin(files: readonly StaticFile[], { epoch }: PutOptions): Promise<Map<string, Kept>> {
    if (this.#manifest === undefined) await this.#refuseForeign(files)
    const kept = new Map(this.#manifest?.kept)
    const coming = files.filter(({ path }) => !kept.has(checkPath(path)))
    for (const { path } of coming) kept.set(path, { recipe: '', hash: '', modified: 0, sizes: [] })
    if (coming.length > 0 || this.#manifest?.epoch !== epoch) await this.#save({ epoch, kept })
    return kept
  }

  /** A folder that is no export yet may hold other files, but none where ours would go. */
  async #refuseForeign(files: readonly StaticFile[]): Promise<void> {
    for (const { path } of files) {
      for (const ending of endings) {
        if ((await lstat(join(this.#root, path + ending)).catch(() => undefined)) !== undefined)
          throw new UsageError(`${join(this.#root, path + ending)} was not written by an export: give another folder`)
      }
    }
  }

  async #save(manifest: Manifest): Promise<void> {
    this.#lock.check()
    await writeManifest(join(this.#root, ownFolder, 'manifest'), manifest)
    this.#manifest = manifest
    this.#stale = false
  }

  async #putOne(file: StaticFile, kept: Map<string, Kept>, options: PutOptions): Promise<keyof Counts> {
    const before = kept.get(file.path)!
    const whole = (options.trusting && before.hash !== '') || (await this.#isWhole(file.path, before))
    if (whole && before.recipe === file.recipe && !options.force) return 'unchanged'
    const made = await file.make().catch((error: unknown) => {
      if (isAway(error)) throw error
      options.leaveOut(file.path, error)
      return undefined
    })
    if (made === undefined) {
      await this.#remove(file.path, kept)
      return 'leftOut'
    }
    const same = before.hash === made.hash
    const modified = same ? before.modified : timeOf(made, before, options.now)
    if (!same || !whole) await this.#write(file.path, made, modified)
    kept.set(file.path, { recipe: file.recipe, hash: made.hash, modified, sizes: sizesOf(made) })
    this.#stale = true
    return same && whole ? 'unchanged' : 'written'
  }

  /** Are all files of a document there, as they were written? */
  async #isWhole(path: string, { modified, sizes }: Kept): Promise<boolean> {
    const found = await Promise.all(
      sizes.map((_, at) => lstat(join(this.#root, path + endings[at])).catch(() => undefined)),
    )
    return (
      found.length > 0 &&
      found.every((file, at) => file?.isFile() && file.size === sizes[at] && file.mtimeMs === modified * 1000)
    )
  }

  async #write(path: string, { bodies }: Made, modified: number): Promise<void> {
    this.#lock.check()
    await this.#makeFolders(dirname(path))
    for (const [coding, body] of Object.entries(bodies)) {
      const temporary = join(this.#root, ownFolder, `${randomUUID()}.tmp`)
      try {
        await writeWhole(temporary, body, modified)
        // Takes the place of a link, and does not follow it.
        await rename(temporary, join(this.#root, path + suffixes[coding as keyof typeof suffixes]))
      } catch (error) {
        await rm(temporary, { force: true })
        throw error
      }
    }
  }

  async #remove(path: string, kept: Map<string, Kept>): Promise<void> {
    this.#lock.check()
    if (await this.#isReal(dirname(path)))
      for (const ending of endings) await rm(join(this.#root, path + ending), { force: true })
    kept.delete(path)
    this.#stale = true
  }

  /** The folder, and those above it, as far as nothing is in them. */
  async #removeEmpty(folder: string): Promise<void> {
    if (folder === '.' || !(await this.#isReal(folder))) return
    this.#real.delete(folder)
    const gone = await rmdir(join(this.#root, folder)).then(
      () => true,
      () => false,
    )
    if (gone) await this.#removeEmpty(dirname(folder))
  }

  /** Makes `feeds/all/archive`, each of them a folder of our own: a link there could lead anywhere. */
  async #makeFolders(folder: string): Promise<void> {
    if (folder === '.' || this.#real.has(folder)) return
    await this.#makeFolders(dirname(folder))
    await makeReal(join(this.#root, folder))
    this.#real.add(folder)
  }

  async #isReal(folder: string): Promise<boolean> {
    if (folder === '.' || this.#real.has(folder)) return true
    const found = await lstat(join(this.#root, folder)).catch(() => undefined)
    return (await this.#isReal(dirname(folder))) && found?.isDirectory() === true
  }
}

/**
 * When the bytes changed: a server tells editions apart by this second and by their length, so each change has one of its
 * own, whatever the clock says.
 */
function timeOf(made: Made, before: Kept, now: number): number {
  return Math.max(made.modified ?? Math.floor(now / 1000), before.modified + 1)
}

function sizesOf({ bodies }: Made): number[] {
  return Object.keys(suffixes).flatMap(coding => bodies[coding as keyof typeof suffixes]?.length ?? [])
}

async function writeWhole(path: string, body: Buffer, modified: number): Promise<void> {
  const file = await open(path, 'wx')
  try {
    await file.writeFile(body)
    await file.utimes(modified, modified)
  } finally {
    await file.close()
  }
}

/** Makes a folder where there is none. Throws where something else is in its place, as a link to a folder. */
async function makeReal(path: string): Promise<void> {
  await mkdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  if (!(await lstat(path)).isDirectory())
    throw new Error(`${path} is in the way: expected a folder, and no link to one`)
}
