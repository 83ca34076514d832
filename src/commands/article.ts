import type { Command } from 'commander'
import { refFromUri } from '../article.ts'
import { UsageError } from '../errors.ts'
import { excerptOf } from '../excerpt.ts'
import { toNinjs } from '../publish/formats/ninjs.ts'
import { print, withApp } from './context.ts'

export function addArticle(program: Command): void {
  program
    .command('article <uri>')
    .description('one article; with --json as ninjs 3.1')
    .option('--json', 'print one JSON document instead of text')
    .action((uri: string, _options, command: Command) =>
      withApp(command, async ({ config, store }) => {
        const { authority } = config.site
        const ref = refFromUri(authority, uri)
        const head = ref === undefined ? undefined : await store.articles.head(ref)
        if (head === undefined) throw new UsageError(`there is no article “${uri}”`)
        const article = await store.articles.article(head, authority)
        print(command, toNinjs(article, config.site), () =>
          [
            article.title,
            '',
            `${article.uri} version ${article.version}, ${article.pubStatus}`,
            `published ${article.published}, changed ${article.changed}${head.heldUntil ? `, held until ${head.heldUntil}` : ''}`,
            `${article.section ?? 'no section'}, ${article.language}, by ${article.authors.map(({ name }) => name).join(', ') || 'nobody named'}`,
            `file ${head.file ?? 'unknown'}`,
            '',
            excerptOf(article),
          ].join('\n'),
        )
      }),
    )
}
