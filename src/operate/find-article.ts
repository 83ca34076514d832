import { readSlug, refFromUri, refOf, uriOf, type Ref } from '../article.ts'
import { UsageError } from '../errors.ts'
import type { Head } from '../head.ts'
import type { Site } from '../site.ts'
import type { Store } from '../store/store.ts'

/** Names that a refusal lists. */
const mostListed = 5

/**
 * The newest version of the article that an operator names: by its uri, as `SOURCE-KEY`, by the address of its page, or by
 * its own id where that names one alone. Throws `UsageError` where none is named, or several are.
 */
export async function findArticle(name: string, { site, store }: { site: Site; store: Store }): Promise<Head> {
  const ref = refFromUri(site.authority, name) ?? refInAddress(name, site)
  const head = ref === undefined ? undefined : await store.articles.head(ref)
  if (head !== undefined) return head
  const [found, ...others] = await store.articles.ofOwnId(name, mostListed)
  if (found === undefined) throw new UsageError(`there is no article “${name}”`)
  if (others.length === 0) return found
  const uris = [found, ...others].map(each => uriOf(site.authority, refOf(each)))
  throw new UsageError(`“${name}” is the id of several articles; name one of them: ${uris.join(', ')}`)
}

/** `SOURCE-KEY`, alone or as the last part of the address of its page, or of its ninjs. */
function refInAddress(name: string, site: Site): Ref | undefined {
  const pages = `${site.url}/articles/`
  const slug = readSlug(name.startsWith(pages) ? name.slice(pages.length).replace(/\.json$/, '') : name)
  return slug && refOf(slug)
}
