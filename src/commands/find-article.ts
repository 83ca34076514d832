import type { App } from '../app.ts'
import { readSlug, refFromUri, refOf } from '../article.ts'
import { UsageError } from '../errors.ts'
import type { Head } from '../head.ts'

/** The newest version of the article that an operator names: by its uri, or as `SOURCE-KEY` by the address of its page. */
export async function findArticle({ config, store }: App, name: string): Promise<Head> {
  const slug = readSlug(name)
  const ref = slug === undefined ? refFromUri(config.site.authority, name) : refOf(slug)
  const head = ref === undefined ? undefined : await store.articles.head(ref)
  if (head === undefined) throw new UsageError(`there is no article “${name}”`)
  return head
}
