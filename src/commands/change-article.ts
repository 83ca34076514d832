import type { Command } from 'commander'
import type { App } from '../app.ts'
import { refOf, uriOf, type Ref } from '../article.ts'
import { withDeclaredApp } from './context.ts'
import { findArticle } from './find-article.ts'
import { print } from './print.ts'

/** What a change of an article's life is called, and what is said when it was so already. */
interface Wording {
  done: string
  already: string
}

/**
 * Changes an article, and publishes every feed that it touches before it returns: what an operator takes away is gone
 * then, whether a worker runs or not.
 */
export function changeArticle(
  command: Command,
  name: string,
  { done, already }: Wording,
  change: (ref: Ref, app: App) => Promise<boolean>,
): Promise<void> {
  return withDeclaredApp(command, async app => {
    const ref = refOf(await findArticle(app, name))
    const changed = await change(ref, app)
    const editions = []
    for (const feed of await app.behind()) editions.push(...(await app.publish(feed)))
    const head = await app.store.articles.head(ref)
    const feeds = [...new Set(editions.filter(edition => edition.changed).map(({ feed }) => feed))]
    const uri = uriOf(app.config.site.authority, ref)
    print(command, { uri, changed, version: head?.version, pubStatus: head?.pubStatus, feeds }, () =>
      changed ? `${done}${feeds.length > 0 ? `; changed in ${feeds.join(', ')}` : ''}.` : `${already}.`,
    )
  })
}
