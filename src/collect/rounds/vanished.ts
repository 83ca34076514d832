import { instant, refOf, type Ref } from '../../article.ts'
import type { Change } from '../../store/commits.ts'
import { decodeFile, emptyFile, encodeFile } from '../../store/files.ts'
import type { FolderSource } from '../../source.ts'
import { pathOf, type Desk } from '../identity/place.ts'
import { inclusion, stateOf } from '../sources/folder.ts'

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
        warnings: { [path]: '' },
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
  if (empty || looksLikeFault(gone.size, all))
    throw refusal(empty ? `all ${all} files` : `${gone.size} of ${all} files`, 'gone', source)
}

function looksLikeFault(count: number, all: number): boolean {
  return count >= suspicious.files && count >= all * suspicious.share
}

function refusal(what: string, how: string, { folder }: FolderSource): Error {
  return new Error(
    `${what} of ${folder} are ${how} at once: nothing is killed. If that is meant, set \`missing: keep\` and kill by command`,
  )
}

/** A file that has been gone for long enough, and the articles that come from nowhere else by now. */
interface Vanished {
  /** Its path, or the name under which it is kept aside. */
  name: string
  refs: Ref[]
}

/** Throws where so many were overwritten by others at once that it looks like a fault. */
export async function goneForGood(desk: FolderDesk): Promise<Vanished[]> {
  const { source, store, now } = desk
  const before = instant(now - patience)
  const found: Vanished[] = []
  for await (const piece of store.files.allGone(source.name)) {
    for (const [name, text] of piece) {
      const { keys, goneSince } = decodeFile(text)
      if (goneSince !== undefined && goneSince <= before) found.push({ name, refs: await orphans(name, keys, desk) })
    }
  }
  const overwritten = found.filter(({ name, refs }) => name !== pathOf(name) && refs.length > 0).length
  const all = overwritten + (await store.files.count(source.name))
  if (looksLikeFault(overwritten, all)) throw refusal(`${overwritten} of ${all} files`, 'overwritten by others', source)
  return found
}

/** Another file may give the article by now, or its own path again. */
async function orphans(name: string, keys: readonly string[], { source, store }: Desk): Promise<Ref[]> {
  const path = pathOf(name)
  const { keys: given } = decodeFile((await store.files.record(source.name, path)) ?? emptyFile)
  const heads = await Promise.all(keys.map(key => store.articles.head(`${source.name}/${key}`)))
  return heads.flatMap(head => {
    const from = head?.pubStatus !== 'canceled' && head?.file === path && !given.includes(head.key)
    return from ? refOf(head) : []
  })
}

/** Files that gave way to one which holds other bytes by now, or is gone: they may take its place. And those whose takedown was lifted. */
export async function* widowed({ source, store }: Desk): AsyncGenerator<string> {
  for (const { file, givesWayTo, takenDown } of await store.files.rejects(source.name)) {
    if (takenDown !== undefined && (await store.takedowns.boundTo(takenDown)) === undefined) yield pathOfReject(file)
    if (givesWayTo === undefined) continue
    const record = await store.files.record(source.name, givesWayTo.file)
    const { digest, rejects } = decodeFile(record ?? emptyFile)
    if (digest !== givesWayTo.digest || rejects.includes(givesWayTo.file)) yield pathOfReject(file)
  }
}

function pathOfReject(name: string): string {
  return name.replace(/#\d+$/, '')
}
