import { instant, refOf, type Instant, type Ref } from '../article.ts'
import { UsageError } from '../errors.ts'
import type { Head } from '../head.ts'
import type { Change } from '../store/commits.ts'
import { decodeFile, encodeFile } from '../store/files.ts'
import type { Store } from '../store/store.ts'
import { changeOf } from '../store/article-change.ts'
import { bindsOf } from '../store/takedown-binds.ts'
import { takedownOf, type Takedown, type Told } from '../takedown.ts'
import { oneLine } from '../text.ts'

export interface LifeOptions {
  store: Store
  /** Milliseconds since 1970. */
  now: number
}

/** How often a change is tried again when another was quicker. */
const attempts = 10

/**
 * Takes an article away everywhere and for ever: its text, its history and its headline leave the store, and it does
 * not come back by collecting. `reason` goes out with the kill. False: it was killed before.
 */
export async function kill(ref: Ref, reason: string, options: LifeOptions): Promise<boolean> {
  const note = cleanNote(reason)
  const done = await change(ref, options, was => {
    if (was.pubStatus !== 'canceled') return { ...killed(was, options.now), note }
    // Its source's kill would end with its source's word.
    return was.withheldBy === 'source' ? { ...was, withheldBy: undefined, note } : undefined
  })
  // Also after an earlier kill that was cut short here.
  await options.store.articles.forgetPast(ref)
  return done
}

/** The head of a killed article: nothing of what it said. */
export function killed(was: Head, now: number): Head {
  const { source, key, version, language, published, file, ownId, ownVersion } = was
  return {
    source,
    key,
    version: version + 1,
    pubStatus: 'canceled',
    title: '',
    language,
    keywords: [],
    published,
    changed: laterOf(was.changed, now),
    body: '',
    file,
    ownId,
    ownVersion,
  }
}

/** UTF-16 units: a sentence or a few, not an article. */
const longestNote = 2_000

/** It goes out in every format. Throws `UsageError` where nothing is left of it, or too much. */
function cleanNote(text: string): string {
  const note = oneLine(text)
  if (note === '') throw new UsageError('the text says nothing')
  if (note.length > longestNote) throw new UsageError(`the text is longer than ${longestNote} characters`)
  return note
}

/** Hides an article until it is released. False: it is hidden already. */
export function withhold(ref: Ref, options: LifeOptions): Promise<boolean> {
  return change(ref, options, was => {
    if (was.pubStatus === 'canceled') throw new UsageError('the article was killed: there is nothing to withhold')
    if (was.withheldBy === 'operator') return undefined
    return withheld(was, options.now)
  })
}

/** The head of an article that an operator hides. */
export function withheld(was: Head, now: number): Head {
  return { ...next(was, now), pubStatus: 'withheld', withheldBy: 'operator' }
}

/**
 * Shows a withheld article again, or lifts the block of a killed one: the next round brings its text, if its file is
 * still there. False: there is nothing to release.
 */
export function release(ref: Ref, options: LifeOptions): Promise<boolean> {
  return change(ref, options, was => released(was, options.now))
}

/** The head of an article that is released; undefined where there is nothing to release. */
export function released(was: Head, now: number): Head | undefined {
  if (was.pubStatus === 'canceled') return { ...was, pubStatus: 'withheld', withheldBy: undefined, note: undefined }
  // What was withheld and has lost its text gets it by the next round, as what was killed does.
  if (was.body === '' && was.withheldBy === 'operator') return { ...was, withheldBy: undefined }
  if (was.pubStatus === 'usable' || was.body === '') return undefined
  // The source's own word on how long it stands outlives an operator's.
  if (was.expires !== undefined && Date.parse(was.expires) <= now) {
    return was.withheldBy === 'operator' ? { ...was, withheldBy: 'source' } : undefined
  }
  return { ...next(was, now), pubStatus: 'usable', withheldBy: undefined }
}

/** Publishes an editor's note with the article, where it stays until another takes its place. */
export function correct(ref: Ref, text: string, options: LifeOptions): Promise<boolean> {
  const note = cleanNote(text)
  return change(ref, options, was => {
    if (was.pubStatus !== 'usable') throw new UsageError(`the article is ${was.pubStatus}: there is nothing to correct`)
    const corrected = next(was, options.now)
    return { ...corrected, note, notedAt: corrected.changed }
  })
}

function next(was: Head, now: number): Head {
  return { ...was, version: was.version + 1, changed: laterOf(was.changed, now) }
}

function laterOf(before: Instant, now: number): Instant {
  const moment = instant(now)
  return moment > before ? moment : before
}

async function change(ref: Ref, { store, now }: LifeOptions, make: (was: Head) => Head | undefined): Promise<boolean> {
  for (let left = attempts; left > 0; left--) {
    const was = await store.articles.head(ref)
    if (was === undefined) throw new UsageError(`there is no article ${ref}`)
    const head = make(was)
    if (head === undefined) return false
    const takedown = await takedownBetween(was, head, store)
    const articles = [{ ...changeOf(was, head), ...(takedown && { takedown }) }]
    const again = was.body === '' ? await readAgain(was, store) : {}
    const [outcome] = await store.commits.commit([{ source: was.source, articles, ...again }], now)
    if (outcome?.committed) return true
  }
  throw new Error(`article ${ref} is being changed by others all the time`)
}

/** What a change takes away, or releases: with all that leads to it. */
async function takedownBetween(was: Head, head: Head, store: Store): Promise<Told | undefined> {
  const [before, after] = [stateOf(was), stateOf(head)]
  // Whose kill it is outlives the store too.
  if (after === before && (after !== 'kill' || was.withheldBy === head.withheldBy)) return undefined
  const binds = after === 'release' ? ((await store.takedowns.of(refOf(was)))?.binds ?? []) : await bindsOf(was, store)
  return takedownOf(head, after, binds)
}

/** The word that stands behind a head. */
export function stateOf({ pubStatus, withheldBy }: Head): Takedown['action'] {
  if (pubStatus === 'canceled') return 'kill'
  return withheldBy === 'operator' ? 'withhold' : 'release'
}

/** Makes the next round read the article's file, though it has not changed. */
export async function readAgain({ source, file }: Head, store: Store): Promise<Partial<Change>> {
  const [text, again] = await Promise.all([
    file === undefined ? null : store.files.record(source, file),
    store.followed.wantedAgain(source),
  ])
  if (file === undefined || text === null) return again
  const record = decodeFile(text)
  const files = { [file]: encodeFile({ ...record, signature: '' }) }
  return { filesWere: { [file]: text }, files, ...again }
}
