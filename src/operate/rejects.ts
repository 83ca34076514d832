import type { Instant } from '../article.ts'
import type { Config } from '../config.ts'
import type { Reject } from '../store/files.ts'
import type { Store } from '../store/store.ts'
import { knownSources, type KnownSource } from './known-sources.ts'
import { pageOf, type Continuation, type Paging } from './page.ts'

/** What was read of an input in spite of a fault. */
interface Warned {
  source: string
  /** As of a reject. */
  file: string
  warning: string
  since: Instant
}

export type Rejects = { rejects: Reject[]; warnings: Warned[] } & Continuation

/**
 * The inputs that could not become an article, and those that were read in spite of a fault, each in the order of
 * `SOURCE/FILE`; beside them the sources that this installation knows of. A page counts files.
 */
export async function listRejects(
  { limit, after = '' }: Paging,
  installation: { config: Config; store: Store },
): Promise<{ document: Rejects; sources: KnownSource[] }> {
  const sources = await knownSources(installation)
  const found = await Promise.all(sources.map(({ name }) => entriesOf(name, installation.store)))
  const files = new Map<string, (Reject | Warned)[]>()
  for (const entry of found.flat()) files.set(nameOf(entry), [...(files.get(nameOf(entry)) ?? []), entry])
  const following = [...files.keys()].filter(name => name > after).toSorted((a, b) => (a < b ? -1 : 1))
  const { page, continuation } = pageOf(following, limit, name => name)
  const entries = page.flatMap(name => files.get(name) ?? [])
  const rejects = entries.flatMap(entry => ('reason' in entry ? withoutTies(entry) : []))
  const warnings = entries.flatMap(entry => ('warning' in entry ? entry : []))
  return { document: { rejects, warnings, ...continuation }, sources }
}

async function entriesOf(source: string, { files }: Store): Promise<(Reject | Warned)[]> {
  const [rejects, warned] = await Promise.all([files.rejects(source), files.warnings(source)])
  const warnings = warned.flatMap(([path, { warnings: ofFile, since }]) =>
    ofFile.map(({ warning, item }) => ({
      source,
      file: item === undefined ? path : `${path}#${item}`,
      warning,
      since,
    })),
  )
  return [...rejects, ...warnings]
}

function withoutTies({ source, file, reason, line, since }: Reject): Reject {
  return { source, file, reason, ...(line !== undefined && { line }), since }
}

function nameOf({ source, file }: Reject | Warned): string {
  return `${source}/${file}`
}
