import type { Config } from '../config.ts'
import type { Reject } from '../store/files.ts'
import type { Store } from '../store/store.ts'
import { knownSources, type KnownSource } from './known-sources.ts'
import { pageOf, type Continuation, type Paging } from './page.ts'

export type Rejects = { rejects: Reject[] } & Continuation

/**
 * The inputs that could not become an article, in the order of `SOURCE/FILE`; beside them the sources that this
 * installation knows of.
 */
export async function listRejects(
  { limit, after = '' }: Paging,
  installation: { config: Config; store: Store },
): Promise<{ document: Rejects; sources: KnownSource[] }> {
  const sources = await knownSources(installation)
  const all = await Promise.all(sources.map(({ name }) => installation.store.files.rejects(name)))
  const following = all
    .flat()
    .filter(reject => nameOf(reject) > after)
    .toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
  const { page, continuation } = pageOf(following, limit, nameOf)
  const rejects = page.map(({ source, file, reason, line, since }) => ({ source, file, reason, line, since }))
  return { document: { rejects, ...continuation }, sources }
}

function nameOf({ source, file }: Reject): string {
  return `${source}/${file}`
}
