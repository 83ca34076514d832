import type { FolderSource } from '../../source.ts'
import { watchFolder } from '../sources/watch.ts'

interface WatchedOptions {
  /** One round of what lies at these paths below the folder. Does not reject. */
  collect: (paths: readonly string[]) => Promise<void>
  /** Is called where a round of the whole folder has to see to it. */
  whole: () => void
  /** No round begins after it. */
  signal: AbortSignal
}

/**
 * Collects what a folder's watcher names here and now, one round after the other: what is named meanwhile goes together.
 * Disposing of it waits for the round that runs.
 */
export function collectWatched(source: FolderSource, { collect, whole, signal }: WatchedOptions): AsyncDisposable {
  const named = new Set<string>()
  let running: Promise<void> | undefined
  const run = async () => {
    while (named.size > 0 && !signal.aborted) {
      const paths = [...named]
      named.clear()
      await collect(paths)
    }
    running = undefined
  }
  const watcher = watchFolder(source, paths => {
    if (paths === undefined) return whole()
    for (const path of paths) named.add(path)
    running ??= run()
  })
  return {
    async [Symbol.asyncDispose]() {
      await watcher[Symbol.asyncDispose]()
      await running
    },
  }
}
