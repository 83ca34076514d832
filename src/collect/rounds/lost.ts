import type { Ref } from '../../article.ts'
import { TextLost } from '../../errors.ts'
import type { Head } from '../../head.ts'
import type { Stamp } from '../../store/editions.ts'
import { decodeFile, emptyFile, encodeFile } from '../../store/files.ts'
import type { Store } from '../../store/store.ts'

/** A feed whose editions go without articles of a source. */
interface Incomplete {
  feed: string
  stamp: Stamp
  refs: Ref[]
}

/** `now` in milliseconds since 1970. */
interface LostOptions {
  store: Store
  now: number
}

/**
 * Makes the round that follows read again what feeds go without since its text is lost. To be called after it: has the
 * feeds that are the better for it published anew.
 */
export async function seekLost(source: string, options: LostOptions): Promise<() => Promise<void>> {
  const { store } = options
  const incomplete = await incompleteFeeds(source, store)
  const lost = new Set<Ref>()
  for (const ref of new Set(incomplete.flatMap(({ refs }) => refs))) {
    const head = await store.articles.head(ref)
    if (head === undefined || !(await isLost(head, store))) continue
    lost.add(ref)
    await forgetFile(head, options)
  }
  return async () => {
    for (const { feed, stamp, refs } of incomplete) {
      const found = await Promise.all(refs.filter(ref => lost.has(ref)).map(ref => isFound(ref, store)))
      // As if it stood before every change.
      if (found.includes(true)) await store.editions.markPublished(feed, { ...stamp, position: 0 })
    }
  }
}

async function incompleteFeeds(source: string, { definitions, editions }: Store): Promise<Incomplete[]> {
  const names = await editions.incomplete()
  if (names.length === 0) return []
  const { feeds } = await definitions.current()
  const all = await Promise.all(
    names
      .filter(name => feeds.has(name))
      .map(async feed => {
        const refs = (await editions.leftOut(feed)).map(({ ref }) => ref).filter(ref => ref.startsWith(`${source}/`))
        const standing = refs.length === 0 ? undefined : await editions.standing(feed)
        return standing === undefined ? [] : [{ feed, stamp: standing.stamp, refs }]
      }),
  )
  return all.flat()
}

/** An article may be left out for another reason. */
async function isLost(head: Head, { articles }: Store): Promise<boolean> {
  try {
    await articles.article(head, '')
    return false
  } catch (error) {
    if (error instanceof TextLost) return true
    throw error
  }
}

async function isFound(ref: Ref, store: Store): Promise<boolean> {
  const head = await store.articles.head(ref)
  return head !== undefined && !(await isLost(head, store))
}

/** The file of an article, or the page that another site gave, is as if it had not been read. */
async function forgetFile({ source, key, file = '' }: Head, { store, now }: LostOptions): Promise<void> {
  const was = (await store.files.record(source, file)) ?? emptyFile
  const record = decodeFile(was)
  // What it no longer gives, reading it does not bring back.
  if (!record.keys.includes(key)) return
  const files = { [file]: encodeFile({ ...record, signature: '' }) }
  const again = await store.followed.wantedAgain(source)
  await store.commits.commit([{ source, filesWere: { [file]: was }, files, ...again, articles: [] }], now)
  const state = await store.polls.get(source)
  if (state === undefined) return
  await store.polls.keep(source, { ...state, etag: undefined, lastModified: undefined, digest: undefined })
}
