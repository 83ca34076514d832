import type { Command } from 'commander'
import type { Ref } from '../article.ts'
import { changeArticle, type ChangedArticle } from '../operate/change-article.ts'
import type { Head } from '../head.ts'
import type { LifeOptions } from '../operate/life.ts'
import type { TwinsOptions } from '../operate/twins.ts'
import { withDeclaredApp } from './context.ts'
import { operator } from './operator.ts'
import { print } from './print.ts'

/** What a change of an article's life is called, and what is said when it was so already. */
interface Wording {
  done: string
  already: string
}

/** Changes an article, and says what came of it. */
export function changeAndSay(
  command: Command,
  name: string,
  { done, already }: Wording,
  change: (ref: Ref, options: LifeOptions) => Promise<boolean>,
  others?: (ref: Ref, options: TwinsOptions) => Promise<Head[]>,
): Promise<void> {
  return withDeclaredApp(command, async app => {
    const { config, store, takedowns, clock } = app
    const publish = (feed: string) => app.publish(feed)
    const result = await changeArticle(
      name,
      change,
      { config, store, takedowns, clock, publish, operator: operator(), act: command.name() },
      others,
    )
    const { changed, feeds, uri, lifts = [], also = [] } = result
    const where = feeds.length > 0 ? `; changed in ${feeds.join(', ')}` : ''
    const said = changed ? `${done}${where}.${liftedOf(uri, lifts)}` : `${already}.`
    const more = also.length > 0 ? ` With it, as the same under another uri: ${also.join(', ')}.` : ''
    print(command, result, () => [said + more, ...startedBy(result)].join('\n'))
  })
}

/** What is on its way with it, in words. */
function startedBy({ takedown, purge = [] }: ChangedArticle): string[] {
  const holders =
    takedown && `Held by ${takedown.holders.join(', ')}: feedwire takedown show ${takedown.id} says who was told.`
  return [
    ...(holders === undefined ? [] : [holders]),
    ...(purge.length > 0 ? [`Keys of shared caches: ${purge.join(' ')}`] : []),
  ]
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
