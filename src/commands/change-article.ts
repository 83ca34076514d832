import type { Command } from 'commander'
import type { App } from '../app.ts'
import { refOf, uriOf, type Ref } from '../article.ts'
import { withDeclaredApp } from './context.ts'
import { behindFor } from '../operate/behind-for.ts'
import { findArticle } from '../operate/find-article.ts'
import { print } from './print.ts'

/** What a change of an article's life is called, and what is said when it was so already. */
interface Wording {
  done: string
  already: string
}

/**
 * Changes an article, and publishes every feed that it touches before it returns: what an operator takes away is gone
 * then, whether a worker runs or not. Other feeds that wait are left to the workers: a kill waits for nobody.
 */
export function changeArticle(
  command: Command,
  name: string,
  { done, already }: Wording,
  change: (ref: Ref, app: App) => Promise<boolean>,
): Promise<void> {
  return withDeclaredApp(command, async app => {
    // In a store that was restored it may not be known yet.
    await app.takedowns.inForce()
    const was = await findArticle(name, { site: app.config.site, store: app.store })
    const ref = refOf(was)
    const stood = await app.store.takedowns.of(ref)
    const changed = await change(ref, app)
    // The list of takedowns on this machine is told too.
    await app.takedowns.inForce()
    const head = (await app.store.articles.head(ref)) ?? was
    const editions = []
    for (const feed of await behindFor([was, head], app.store)) editions.push(...(await app.publish(feed)))
    const feeds = [...new Set(editions.filter(edition => edition.changed).map(({ feed }) => feed))]
    const uri = uriOf(app.config.site.authority, ref)
    const now = await app.store.takedowns.of(ref)
    const lifts = stood !== undefined && now?.action === 'release' && stood.action !== 'release' ? stood.binds : []
    const result = { uri, changed, version: head.version, pubStatus: head.pubStatus, feeds, ...(lifts[0] && { lifts }) }
    print(command, result, () =>
      changed
        ? `${done}${feeds.length > 0 ? `; changed in ${feeds.join(', ')}` : ''}.${liftedOf(uri, lifts)}`
        : `${already}.`,
    )
  })
}

/** What may come again with a release, in words. */
function liftedOf(uri: string, binds: readonly string[]): string {
  if (binds.length === 0) return ''
  const ofKind = (kind: string) => binds.filter(bind => bind.startsWith(`${kind}:`))
  const also = [
    ...(ofKind('bytes').length > 0 ? [`the bytes of ${ofKind('bytes').length} file(s)`] : []),
    ...(ofKind('text').length > 0 ? [`${ofKind('text').length} text(s)`] : []),
    ...ofKind('id').map(bind => `the id “${bind.slice('id:'.length)}”`),
  ]
  return ` No longer refused: ${[uri, ...also].join(', ')}.`
}
