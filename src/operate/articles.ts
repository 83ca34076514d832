import { refFromUri, refOf, uriOf } from '../article.ts'
import type { Config } from '../config.ts'
import { UsageError } from '../errors.ts'
import type { Head } from '../head.ts'
import type { Store } from '../store/store.ts'
import { pageOf, type Continuation, type Paging } from './page.ts'

/** An article as a list names it. */
export interface ListedArticle extends Pick<
  Head,
  'version' | 'pubStatus' | 'published' | 'changed' | 'heldUntil' | 'title' | 'file'
> {
  uri: string
}

export type Articles = { articles: ListedArticle[] } & Continuation

/** The articles in the order of their uris. Throws `UsageError` where `after` is no uri of this installation. */
export async function listArticles(
  { limit, after }: Paging,
  { config, store }: { config: Config; store: Store },
): Promise<Articles> {
  const { authority } = config.site
  const ref = after === undefined ? undefined : refFromUri(authority, after)
  if (after !== undefined && ref === undefined)
    throw new UsageError(`--after “${after}” is no uri of this installation`)
  const heads = await store.articles.list({ limit: limit + 1, ...(ref !== undefined && { after: ref }) })
  const { page, continuation } = pageOf(heads, limit, head => uriOf(authority, refOf(head)))
  const articles = page.map(head => {
    const { version, pubStatus, published, changed, heldUntil, title, file } = head
    const uri = uriOf(authority, refOf(head))
    return { uri, version, pubStatus, published, changed, heldUntil, title, file }
  })
  return { articles, ...continuation }
}
