import type { Config } from '../config.ts'
import type { Round } from '../store/files.ts'
import type { Store } from '../store/store.ts'

/** A source of the configuration, or one that is in the store and has left it. */
export interface KnownSource extends Partial<Round> {
  name: string
  configured: boolean
}

/** Every source that this installation knows of, with its last round: first the configured ones, in their order. */
export async function knownSources({ config, store }: { config: Config; store: Store }): Promise<KnownSource[]> {
  const rounds = await store.files.rounds()
  const configured = config.sources.map(({ name }) => name)
  const names = [...new Set([...configured, ...Object.keys(rounds).toSorted()])]
  return names.map(name => ({ name, configured: configured.includes(name), ...rounds[name] }))
}

/** What a table says of a source that is not collected any more. */
export const notConfigured = 'not in the configuration any more'
