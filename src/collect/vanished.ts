import type { Change } from '../store/commits.ts'
import { decodeFile } from '../store/files.ts'
import type { Desk } from './resolve.ts'
import { stateOf } from './sources/folder.ts'

/**
 * Files that are remembered and no longer there, in pieces. Their articles stay; what is known of the file is kept
 * aside, so that it is the same article when the file comes back, here or under another name.
 */
export async function* vanished({ source, store }: Desk): AsyncGenerator<Change[]> {
  for await (const piece of store.files.all(source.name)) {
    const gone = piece.filter(([path]) => stateOf(source, path) === undefined)
    yield gone.map(([path, record]) => ({
      source: source.name,
      filesWere: { [path]: record },
      files: { [path]: '' },
      gone: { [path]: decodeFile(record).keys.length > 0 ? record : '' },
      rejects: { [path]: '' },
      articles: [],
    }))
  }
}

/** Rejects that gave way to a file which holds other bytes by now, or is gone: they may take its place. */
export async function* widowed({ source, store }: Desk): AsyncGenerator<string> {
  for (const { file, givesWayTo } of await store.files.rejects(source.name)) {
    if (givesWayTo === undefined) continue
    const record = await store.files.record(source.name, givesWayTo.file)
    if (record === null || decodeFile(record).digest !== givesWayTo.digest) yield file
  }
}
