import type { Config } from '../config.ts'
import type { Store } from '../store/store.ts'
import type { TakedownList } from './takedown-list.ts'

interface Declaring {
  config: Config
  store: Store
  takedowns: TakedownList
}

/** Puts this configuration's site and feeds in force for everybody: a worker's right. */
export async function declare({ config, store, takedowns }: Declaring): Promise<void> {
  await store.definitions.declare(config.site, config.feeds)
  // Before anything is collected into a store that has lost its data.
  await takedowns.inForce()
}

/**
 * For a command beside the workers. Their definitions stay; with `feeds` those of this configuration take their
 * place, but not the public address: an operator's shell seldom has the environment of the service.
 */
export async function joinDefinitions(declaring: Declaring, { feeds = false } = {}): Promise<void> {
  const { config, store } = declaring
  const inForce = await store.definitions.inForce()
  if (inForce === undefined) return await declare(declaring)
  if (!feeds) return
  const site = { ...config.site, url: inForce.site.url }
  await store.definitions.declare(site, config.feeds)
}
