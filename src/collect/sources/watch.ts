import { watch } from 'chokidar'
import type { FolderSource } from '../../source.ts'

/** Milliseconds in which a file's size has to stay as it is: then it is written to its end. */
const settled = { stabilityThreshold: 300, pollInterval: 50 }

/** Calls `changed` when a file of a source was added, has changed or went. Disposing of it ends it. */
export function watchFolder(source: FolderSource, changed: () => void): AsyncDisposable {
  const watcher = watch(source.folder, {
    ignoreInitial: true,
    followSymlinks: false,
    awaitWriteFinish: settled,
    ignored: path => /(^|[\\/])\.[^\\/]+$/.test(path.slice(source.folder.length)),
  })
  watcher.on('add', changed).on('change', changed).on('unlink', changed)
  // What cannot be watched is still collected by the schedule.
  watcher.on('error', () => undefined)
  return { [Symbol.asyncDispose]: () => watcher.close() }
}
