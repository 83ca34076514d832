import type { App } from '../app.ts'
import { refOf, uriOf, type Article } from '../article.ts'
import { TextLost } from '../errors.ts'
import type { Head } from '../head.ts'
import { toNinjs } from '../publish/formats/ninjs.ts'
import { hint } from './print.ts'

/** An article for an operator, also as ninjs 3.1. */
interface ReadArticle {
  article: Article
  ninjs: object
  /** Its text is not in the store: this is what its head tells. */
  lost: boolean
}

/** Reads the article of a head. That its text is lost is said on standard error, and is no reason to say nothing of it. */
export async function readArticle(head: Head, { config: { site }, store }: App): Promise<ReadArticle> {
  try {
    const article = await store.articles.article(head, site.authority)
    return { article, ninjs: toNinjs(article, site), lost: false }
  } catch (error) {
    if (!(error instanceof TextLost)) throw error
    hint(error.message)
    const article = withoutText(head, uriOf(site.authority, refOf(head)))
    const ninjs = {
      ...toNinjs(article, site),
      representationType: 'partial',
      descriptions: undefined,
      bodies: undefined,
    }
    return { article, ninjs, lost: true }
  }
}

function withoutText(head: Head, uri: string): Article {
  const { source, key, version, pubStatus, title, language, section, keywords, published, changed, note, notedAt } =
    head
  const noted = { ...(note !== undefined && { note }), ...(notedAt !== undefined && { notedAt }) }
  const identity = { uri, source, key, version, pubStatus, changed, ...noted }
  const said = { title, language, published, keywords, ...(section !== undefined && { section }) }
  return { ...identity, ...said, html: '', authors: [], media: [] }
}
