import { lstatSync, readdirSync, watch, type FSWatcher, type Stats } from 'node:fs'
import { join } from 'node:path'
import type { FolderSource } from '../../source.ts'
import { stateOf } from './folder.ts'

/** Milliseconds in which a file has to stay as it is: then it is written to its end. */
const rest = 100

/** So many paths at once are told as “everything”: a walk is cheaper. */
const flood = 2000

/** Paths below the source's folder that were added, have changed or went; undefined where it may be any. */
export type Changed = (paths: readonly string[] | undefined) => void

/**
 * Tells what changes in a source's folder: a file that is moved into place at once, one that is being written when it
 * has come to rest. It watches folders, not files, so that it costs nothing how many there are. Disposing of it ends it.
 */
export function watchFolder(source: FolderSource, changed: Changed): AsyncDisposable {
  const watching = new Watching(source, changed)
  watching.begin()
  return { [Symbol.asyncDispose]: () => Promise.resolve(watching.end()) }
}

class Watching {
  readonly #source: FolderSource
  readonly #changed: Changed
  readonly #watchers = new Map<string, FSWatcher>()
  /** Paths that have to come to rest, each with its state when it was last named. */
  readonly #waiting = new Map<string, { state: string | undefined; timer: NodeJS.Timeout }>()
  readonly #rested = new Set<string>()
  #flooded = false

  constructor(source: FolderSource, changed: Changed) {
    this.#source = source
    this.#changed = changed
  }

  begin(): void {
    this.#watch('')
  }

  end(): void {
    for (const watcher of this.#watchers.values()) watcher.close()
    for (const { timer } of this.#waiting.values()) clearTimeout(timer)
    this.#watchers.clear()
    this.#waiting.clear()
  }

  /** What cannot be watched is still collected by the schedule. Returns the paths of what lies there. */
  #watch(folder: string): string[] {
    const root = join(this.#source.folder, folder)
    try {
      if (!this.#watchers.has(folder)) {
        const watcher = watch(root, (event, name) => this.#notice(event, folder, name))
        watcher.on('error', () => this.#unwatch(folder))
        this.#watchers.set(folder, watcher)
      }
      const entries = readdirSync(root, { withFileTypes: true }).filter(({ name }) => !name.startsWith('.'))
      return entries.flatMap(entry => {
        const path = below(folder, entry.name)
        return entry.isDirectory() ? this.#watch(path) : [path]
      })
    } catch {
      return []
    }
  }

  #unwatch(folder: string): void {
    for (const [path, watcher] of this.#watchers) {
      if (path !== folder && !path.startsWith(`${folder}/`)) continue
      watcher.close()
      this.#watchers.delete(path)
    }
  }

  #notice(event: string, folder: string, name: string | null): void {
    if (name === null) return this.#tellAll()
    if (name.startsWith('.')) return
    const path = below(folder, name)
    const stats = statsOf(join(this.#source.folder, path))
    if (stats === 'unknown') this.#tellAll()
    else if (stats?.isDirectory()) {
      // One that took another's place is another to the system.
      if (event === 'rename') this.#unwatch(path)
      for (const inside of this.#watch(path)) this.#wait(inside)
    } else if (stats === undefined && this.#watchers.has(path)) {
      this.#unwatch(path)
      this.#tellAll()
    } else if (event === 'rename' && stats && stats.ctimeMs > stats.mtimeMs && this.#waiting.size === 0) {
      // Moved into place: a write would have left both alike. Beside others that wait it must not come before them.
      this.#tell(path)
    } else this.#wait(path)
  }

  #wait(path: string): void {
    clearTimeout(this.#waiting.get(path)?.timer)
    const state = stateOf(this.#source, path)
    const timer = setTimeout(() => {
      if (stateOf(this.#source, path) !== state) return this.#wait(path)
      this.#waiting.delete(path)
      this.#tell(path)
    }, rest)
    this.#waiting.set(path, { state, timer })
  }

  /** What comes in one turn is told together: the two ends of a rename belong to each other. */
  #tell(path: string): void {
    if (this.#rested.size === 0 && !this.#flooded) setImmediate(() => this.#flush())
    this.#rested.add(path)
    this.#flooded ||= this.#rested.size > flood
  }

  #tellAll(): void {
    if (this.#rested.size === 0 && !this.#flooded) setImmediate(() => this.#flush())
    this.#flooded = true
  }

  #flush(): void {
    const paths = this.#flooded ? undefined : [...this.#rested]
    this.#rested.clear()
    this.#flooded = false
    this.#changed(paths)
  }
}

/** Undefined where nothing lies there; `unknown` where the system does not say. */
function statsOf(path: string): Stats | 'unknown' | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false })
  } catch {
    return 'unknown'
  }
}

function below(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`
}
