import type { Command } from 'commander'
import { AlreadySaid } from '../errors.ts'
import { readableText } from '../excerpt.ts'
import { withApp } from './context.ts'
import { readArticle } from '../operate/article.ts'
import { findArticle } from '../operate/find-article.ts'
import { hint, print } from './print.ts'

export function add(command: Command): void {
  command.option('--json', 'print one JSON document instead of text').action((uri: string) =>
    withApp(command, async app => {
      const head = await findArticle(uri, { site: app.config.site, store: app.store })
      const { article, ninjs, lost } = await readArticle(head, app)
      if (lost !== undefined) hint(lost)
      const text = [article.standfirst, readableText(article.html)].filter(Boolean).join('\n\n')
      print(command, ninjs, () =>
        [
          article.title || 'Killed: nothing is left of it',
          '',
          `${article.uri} version ${article.version}, ${article.pubStatus}`,
          ...(article.note === undefined || article.note === '' ? [] : [`note: ${article.note}`]),
          `published ${article.published}, changed ${article.changed}${head.heldUntil ? `, held until ${head.heldUntil}` : ''}`,
          `${article.section ?? 'no section'}, ${article.language}, by ${article.authors.map(({ name }) => name).join(', ') || 'nobody named'}`,
          `file ${head.file ?? 'unknown'}`,
          '',
          text,
        ].join('\n'),
      )
      if (lost !== undefined) throw new AlreadySaid(1)
    }),
  )
}
