import { instant, type Ref } from '../article.ts'
import type { Change } from '../store/commits.ts'
import { decodeFile, emptyFile, encodeFile } from '../store/files.ts'
import type { FolderSource } from '../source.ts'
import type { Desk } from './place.ts'
import { inclusion, stateOf } from './sources/folder.ts'

type FolderDesk = Desk & { source: FolderSource }

/** How long a file is missed before its articles are killed, in milliseconds: something may just be moving it. */
const patience = 10 * 60_000

/** So many files, and such a share of all, do not vanish by anybody's will: a disk is away, or a folder was. */
const suspicious = { files: 20, share: 0.1 }

/**
 * Files that are remembered and no longer there, or no longer wanted, in pieces. Their articles stay; what is known of
 * the file is kept aside, so that it is the same article when the file comes back, here or under another name.
 */
export async function* vanished({ source, store, now }: FolderDesk): AsyncGenerator<Change[]> {
  for await (const gone of missing({ source, store })) {
    yield gone.map(([path, text]) => {
      const record = decodeFile(text)
      return {
        source: source.name,
        filesWere: { [path]: text },
        files: { [path]: '' },
        ...(record.keys.length > 0 && { gone: { [path]: encodeFile({ ...record, goneSince: instant(now) }) } }),
        rejects: Object.fromEntries(record.rejects.map(name => [name, ''])),
        articles: [],
      }
    })
  }
}

async function* missing({
  source,
  store,
}: Pick<FolderDesk, 'source' | 'store'>): AsyncGenerator<[path: string, record: string][]> {
  const included = inclusion(source)
  for await (const piece of store.files.all(source.name)) {
    yield piece.filter(([path]) => !included(path) || stateOf(source, path) === undefined)
  }
}

/** Where a vanished file kills: throws when it looks like a fault rather than somebody's will. */
export async function refuseMassVanishing(desk: FolderDesk): Promise<void> {
  const { source, store } = desk
  const all = await store.files.count(source.name)
  const gone = new Set<string>()
  for await (const piece of missing(desk)) for (const [path] of piece) gone.add(path)
  const empty = gone.size === all
  if (!empty && (gone.size < suspicious.files || gone.size < all * suspicious.share)) return
  const what = empty ? `all ${all} files` : `${gone.size} of ${all} files`
  throw new Error(
    `${what} of ${source.folder} are gone at once: nothing is killed. If that is meant, set \`missing: keep\` and kill by command`,
  )
}

/** Articles whose file has been gone for long enough, with its path, in pieces. */
export async function* goneForGood({
  source,
  store,
  now,
}: FolderDesk): AsyncGenerator<{ path: string; refs: Ref[] }[]> {
  const before = instant(now - patience)
  for await (const piece of store.files.allGone(source.name)) {
    yield piece.flatMap(([path, text]) => {
      const { keys, goneSince } = decodeFile(text)
      const due = goneSince !== undefined && goneSince <= before
      return due ? [{ path, refs: keys.map(key => `${source.name}/${key}`) }] : []
    })
  }
}

/** Files that gave way to one which holds other bytes by now, or is gone: they may take its place. */
export async function* widowed({ source, store }: Desk): AsyncGenerator<string> {
  for (const { file, givesWayTo } of await store.files.rejects(source.name)) {
    if (givesWayTo === undefined) continue
    const record = await store.files.record(source.name, givesWayTo.file)
    const { digest, rejects } = decodeFile(record ?? emptyFile)
    if (digest !== givesWayTo.digest || rejects.includes(givesWayTo.file)) yield file.replace(/#\d+$/, '')
  }
}
