import { changeOf } from '../../store/article-change.ts'
import type { Change } from '../../store/commits.ts'
import { decodeFile, encodeFile } from '../../store/files.ts'
import type { Desk } from '../identity/place.ts'
import { withdrawn } from '../identity/followed-version.ts'

/** Changes that go together, and how many articles they withhold. */
interface Piece {
  changes: Change[]
  articles: number
}

/**
 * What a walk through all of a wire has not told, in pieces: whatever was known of it and has not the mark of that walk. Its articles are withheld;
 * what could not become one is no reject any longer.
 */
export async function* unseen(desk: Desk, mark: string): AsyncGenerator<Piece> {
  const { source, store } = desk
  for await (const piece of store.files.all(source.name)) {
    const left = piece.filter(([, text]) => markOf(decodeFile(text).signature) !== mark)
    const changes = await Promise.all(left.map(([path, text]) => passOver(path, text, mark, desk)))
    if (changes.length > 0) yield { changes, articles: changes.reduce((sum, { articles }) => sum + articles.length, 0) }
  }
}

/** The record of what the other one shows no more: if it comes again it is read anew. */
async function passOver(path: string, text: string, mark: string, { source, store, now }: Desk): Promise<Change> {
  const record = decodeFile(text)
  const { keys, digest, rejects, signature } = record
  const heads = await Promise.all(keys.map(key => store.articles.head(`${source.name}/${key}`)))
  const shown = heads.filter(head => head?.pubStatus === 'usable').flatMap(head => head ?? [])
  const seen = `${signature.slice(0, signature.indexOf(':') + 1)}${mark}`
  const after = keys.length === 0 ? '' : encodeFile({ ...record, signature: seen, digest: '', rejects: [] })
  return {
    source: source.name,
    filesWere: { [path]: text },
    files: { [path]: after },
    ...(digest !== '' && { bytes: { [digest]: '' } }),
    rejects: Object.fromEntries(rejects.map(name => [name, ''])),
    warnings: { [path]: '' },
    articles: shown.map(head => changeOf(head, withdrawn(head, { version: Number(head.ownVersion) }, now))),
  }
}

/** Which walk it was seen by last: `SETTINGS:MARK`. */
function markOf(signature: string): string {
  return signature.slice(signature.indexOf(':') + 1)
}
