import type { Pruned } from '../store/prune.ts'
import type { SoleStage, Works } from './stage.ts'

/** What the configuration no longer keeps is dropped. */
export const pruneStage: SoleStage = {
  name: 'prune',
  clock: 'prune',
  async round(works) {
    works.log.info(await pruneStore(works), 'pruned')
  },
}

/** One round of pruning, by what the configuration keeps. */
export function pruneStore({ store, clock, config: { keep } }: Works): Promise<Pruned> {
  return store.prune({ now: clock(), keep })
}
