import { refOf, uriOf, type Article } from '../article.ts'
import type { Config } from '../config.ts'
import { TextLost } from '../errors.ts'
import type { Head } from '../head.ts'
import { toNinjs } from '../publish/formats/ninjs.ts'
import type { Store } from '../store/store.ts'
import { withoutText } from '../wire/change.ts'

/** An article for an operator, also as ninjs 3.1. */
export interface ReadArticle {
  article: Article
  ninjs: object
  /** That its text is not in the store, in a sentence: this is what its head tells. */
  lost?: string
}

/** Reads the article of a head. That its text is lost is no reason to say nothing of it. */
export async function readArticle(
  head: Head,
  { config: { site }, store }: { config: Config; store: Store },
): Promise<ReadArticle> {
  try {
    const article = await store.articles.article(head, site.authority)
    return { article, ninjs: toNinjs(article, site) }
  } catch (error) {
    if (!(error instanceof TextLost)) throw error
    const article = withoutText(head, uriOf(site.authority, refOf(head)))
    const ninjs = {
      ...toNinjs(article, site),
      representationType: 'partial',
      descriptions: undefined,
      bodies: undefined,
    }
    return { article, ninjs, lost: error.message }
  }
}
