import { refOf } from '../article.ts'
import type { Head } from '../head.ts'
import { bytesBind, textBind } from '../takedown.ts'
import { decodeFile } from './files.ts'
import type { Store } from './store.ts'

/**
 * What leads to an article besides its uri and its own id: the bytes of its file where that holds nothing else, what it
 * says and said before, and what it was taken away with already.
 */
export async function bindsOf(head: Head, { articles, files, takedowns }: Store): Promise<string[]> {
  const { source, key, file } = head
  const [past, here, gone, told] = await Promise.all([
    articles.past(refOf(head)),
    file === undefined ? null : files.record(source, file),
    file === undefined ? null : files.goneRecord(source, file),
    takedowns.of(refOf(head)),
  ])
  const records = [here, gone].flatMap(text => (text === null ? [] : [decodeFile(text)]))
  const alone = records.filter(({ keys, digest }) => digest !== '' && keys.length === 1 && keys[0] === key)
  const texts = [head, ...past].map(({ said, body }) => said ?? body).filter(text => text !== '')
  const before = told === undefined || told.action === 'release' ? [] : told.binds
  return [...new Set([...before, ...alone.map(({ digest }) => bytesBind(digest)), ...texts.map(textBind)])]
}
