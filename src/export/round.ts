import type { Config } from '../config.ts'
import type { Logger } from '../log.ts'
import type { TakedownList } from '../operate/takedown-list.ts'
import type { Store } from '../store/store.ts'
import type { Archives } from '../show/archive.ts'
import { feedsInForce } from '../show/feeds-in-force.ts'
import { publicFeeds } from '../feed.ts'
import { documentsOf } from './documents.ts'
import type { Counts, ExportFolder } from './folder.ts'

export interface RoundOptions {
  store: Store
  takedowns: TakedownList
  archives: Archives
  config: Config
  log: Logger
  clock: () => number
  /** These two as in `PutOptions`. */
  force?: boolean
  trusting?: boolean
  signal?: AbortSignal
  /** Is told of every document that is seen to. */
  progress?: (done: number, of: number) => void
}

/** What a round came to. */
export interface Exported extends Counts {
  /** Feeds that have no edition yet. */
  missing: string[]
  /** Nothing was done, and why: a sentence. */
  waiting?: string
}

/**
 * One round of an export: makes the folder hold all that is public now, by the definitions in force. A store that has
 * lost its data changes nothing there until its sources have been through: whole feeds are not given up for beginnings.
 */
export async function exportRound(folder: ExportFolder, options: RoundOptions): Promise<Exported> {
  const { store, config, log, clock } = options
  const [epoch, rules] = [await store.wire.epoch(), await store.definitions.inForce()]
  if (rules === undefined) return wait('nothing was published in this store yet: start a worker')
  // A restored store has what was taken away since then: put back before anything of it is shown.
  await options.takedowns.inForce()
  const { configured, granted } = feedsInForce(config.feeds, rules.feeds, new Set())
  const stamps = await Promise.all(publicFeeds(granted).map(({ name }) => store.editions.stampText(name)))
  const feeds = publicFeeds(granted).filter((_, at) => stamps[at] !== '')
  const missing = publicFeeds(granted)
    .filter((_, at) => stamps[at] === '')
    .map(({ name }) => name)
  const unfinished = folder.epoch === undefined || folder.epoch === epoch ? [] : await unfinishedSources(options)
  if (unfinished.length > 0 || missing.some(name => folder.has(`feeds/${name}.rss`)))
    return wait('the store has lost its data: files stay as they are until all is collected and published again')
  const newsstand = { ...options, site: rules.site, configured, feeds, now: clock() }
  const files = await documentsOf(newsstand)
  const leaveOut = (path: string, error: unknown) => log.error({ path, error: String(error) }, 'left out of the export')
  return { ...(await folder.put(files, { ...options, epoch, now: clock(), leaveOut })), missing }
}

function wait(waiting: string): Exported {
  return { written: 0, unchanged: 0, removed: 0, leftOut: 0, missing: [], waiting }
}

async function unfinishedSources({ store, config }: RoundOptions): Promise<string[]> {
  const rounds = await store.files.rounds()
  const folders = config.sources.filter(source => 'folder' in source).map(({ name }) => name)
  return folders.filter(name => rounds[name]?.succeeded === undefined)
}
