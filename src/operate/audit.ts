import { instant, refOf, uriOf, type Instant, type Ref } from '../article.ts'
import type { Way } from '../parcel.ts'
import type { Site } from '../site.ts'
import type { Act } from '../store/audit.ts'
import type { Store } from '../store/store.ts'
import { findArticle } from './find-article.ts'

/** What is asked of the audit. */
export interface AuditQuestion {
  /** An article, as operators name it. */
  article?: string
  partner?: string
  /** Milliseconds since 1970. */
  since?: number
  /** The newest so many. */
  limit: number
}

/** An article in a partner's hands. */
export interface AuditEntry {
  partner: string
  uri: string
  version: number
  /** How: edition, delta, archive, page, wire, stream. */
  way: Way
  at: Instant
}

/** Oldest first. `acts`: what operators did to what was asked for. */
export interface AuditDocument {
  entries: AuditEntry[]
  acts: Act[]
}

/** Who was given what, and what operators did. Throws `UsageError` for an article that there never was. */
export async function readAudit(
  { article, partner, since = 0, limit }: AuditQuestion,
  { site, store }: { site: Site; store: Store },
): Promise<AuditDocument> {
  const ref = article === undefined ? undefined : refOf(await findArticle(article, { site, store }))
  const wanted = { ...(partner !== undefined && { partner }), ...(ref !== undefined && { ref }) }
  const entries: AuditEntry[] = []
  for await (const { partner: to, ref: given, version, way, at } of store.audit.given(since, wanted)) {
    entries.push({ partner: to, uri: uriOf(site.authority, given), version, way, at: instant(at) })
    // Few are asked for, out of all that there ever was.
    if (entries.length >= 2 * limit) entries.splice(0, entries.length - limit)
  }
  const about = aboutOf({ ref, partner }, site)
  const acts = (await store.audit.acts(since)).filter(act => about === undefined || about.includes(act.about))
  return { entries: entries.slice(-limit), acts: acts.slice(-limit) }
}

function aboutOf({ ref, partner }: { ref?: Ref | undefined; partner?: string | undefined }, { authority }: Site) {
  if (ref === undefined && partner === undefined) return undefined
  return [...(ref === undefined ? [] : [uriOf(authority, ref)]), ...(partner === undefined ? [] : [partner])]
}
