import type { Command } from 'commander'
import { uriOf } from '../article.ts'
import type { Site } from '../site.ts'
import type { Paging } from '../operate/page.ts'
import { readWire, type ReadWire } from '../operate/wire.ts'
import { withApp } from './context.ts'
import { momentOf } from './moment-of.ts'
import { addPaging, describeMore, readLimit } from './paging.ts'
import { hint, print, table } from './print.ts'

interface WireOptions extends Paging {
  feed?: string
  last?: number
  since?: string
}

export function add(command: Command): void {
  addPaging(command, 'cursor')
    .option('--feed <name>', 'of this feed alone, and what has left it')
    .option('--last <n>', 'the newest changes, as many as said', readLimit)
    .option('--since <date>', 'only changes that were made since then')
    .action(({ since, ...options }: WireOptions) =>
      withApp(command, async app => {
        const page = await readWire({ ...options, since: since === undefined ? undefined : momentOf(since) }, app)
        for (const sentence of page.lost) hint(sentence)
        print(command, page.document, () => describe(page, app.config.site))
      }),
    )
}

function describe({ document, shown, continuation }: ReadWire, { authority }: Site): string {
  const rows = document.changes.map(({ action, at = '', reason = '', feeds }, i) => {
    const { head, ref } = shown[i]!
    return [at, action, head.title, reason, feeds.join(' '), uriOf(authority, ref)]
  })
  const heading = ['time', 'action', 'title', 'reason', 'feeds', 'uri']
  return table(heading, rows, 'There is nothing on the wire after that.') + describeMore(continuation)
}
