import type { Command } from 'commander'
import type { App } from '../app.ts'
import { refOf, uriOf, type Ref } from '../article.ts'
import type { Head } from '../head.ts'
import { withDeclaredApp } from './context.ts'
import { findArticle } from '../operate/find-article.ts'
import { print } from './print.ts'

/** What a change of an article's life is called, and what is said when it was so already. */
interface Wording {
  done: string
  already: string
}

/**
 * Changes an article, and with it what `others` finds and changes, and publishes every feed that it touches before it returns: what an operator takes away is gone
 * then, whether a worker runs or not. Other feeds that wait are left to the workers: a kill waits for nobody.
 */
export function changeArticle(
  command: Command,
  name: string,
  { done, already }: Wording,
  change: (ref: Ref, app: App) => Promise<boolean>,
  others: (ref: Ref, app: App) => Promise<Head[]> = () => Promise.resolve([]),
): Promise<void> {
  return withDeclaredApp(command, async app => {
    // In a store that was restored it may not be known yet.
    await app.takedowns.inForce()
    const was = await findArticle(name, { site: app.config.site, store: app.store })
    const ref = refOf(was)
    const stood = await app.store.takedowns.of(ref)
    const changed = await change(ref, app)
    const twins = await others(ref, app)
    // The list of takedowns on this machine is told too.
    await app.takedowns.inForce()
    const head = (await app.store.articles.head(ref)) ?? was
    const editions = []
    for (const heads of [[was, head] as const, ...twins.map(twin => [twin] as const)]) {
      for (const feed of await app.behindFor([...heads])) editions.push(...(await app.publish(feed)))
    }
    const feeds = [...new Set(editions.filter(edition => edition.changed).map(({ feed }) => feed))]
    const uri = uriOf(app.config.site.authority, ref)
    const now = await app.store.takedowns.of(ref)
    const lifts = stood !== undefined && now?.action === 'release' && stood.action !== 'release' ? stood.binds : []
    const also = twins.map(twin => uriOf(app.config.site.authority, refOf(twin)))
    const more = { ...(lifts[0] && { lifts }), ...(also[0] && { also }) }
    const result = { uri, changed, version: head.version, pubStatus: head.pubStatus, feeds, ...more }
    print(command, result, () =>
      [
        changed ? `${done}${feeds.length > 0 ? `; changed in ${feeds.join(', ')}` : ''}.` : `${already}.`,
        ...(lifts.length > 0 ? [liftedOf(uri, lifts)] : []),
        ...(also.length > 0 ? [`With it, as the same under another uri: ${also.join(', ')}.`] : []),
      ].join(' '),
    )
  })
}

/** What may come again with a release, in words. */
function liftedOf(uri: string, binds: readonly string[]): string {
  const ofKind = (kind: string) => binds.filter(bind => bind.startsWith(`${kind}:`))
  const also = [
    ...(ofKind('bytes').length > 0 ? [`the bytes of ${ofKind('bytes').length} file(s)`] : []),
    ...(ofKind('text').length > 0 ? [`${ofKind('text').length} text(s)`] : []),
    ...ofKind('id').map(bind => `the id “${bind.slice('id:'.length)}”`),
  ]
  return `No longer refused: ${[uri, ...also].join(', ')}.`
}
