import { readSlug, refOf } from '../article.ts'
import { formats } from '../publish/formats/index.ts'
import { prefixOf } from '../show/addresses.ts'
import { articlePath } from './articles.ts'
import type { History, Newsstand } from './newsstand.ts'
import { plainFile, type StaticFile } from './static-file.ts'

/** What a web server has to know of addresses that are no more. */
export async function noticeFiles(
  history: History,
  newsstand: Newsstand,
  had: readonly string[],
): Promise<StaticFile[]> {
  const ended = newsstand.configured.filter(({ gone }) => gone).map(({ name }) => goneMark(`feeds/${name}.gone`))
  return [...ended, ...(await killedMarks(history, newsstand, had)), redirects(newsstand)]
}

/** An empty file: what was there answers 410. So nothing has to be reloaded for a kill. */
function goneMark(path: string): StaticFile {
  return plainFile(path, '')
}

/** Of articles that were here and have been killed. */
async function killedMarks({ heads }: History, { store }: Newsstand, had: readonly string[]): Promise<StaticFile[]> {
  const slugs = new Set(had.flatMap(path => /^articles\/([^.]+)\./.exec(path)?.[1] ?? []))
  const missing = [...slugs].flatMap(slug => readSlug(slug) ?? []).filter(named => !heads.has(refOf(named)))
  const found = await Promise.all(missing.map(named => store.articles.head(refOf(named))))
  return found.flatMap(head => (head?.pubStatus === 'canceled' ? goneMark(articlePath(head, 'gone')) : []))
}

/** Old names of public feeds as nginx takes them, to be included in its `server`: also one that has ended keeps its old names. */
function redirects({ site, configured }: Newsstand): StaticFile {
  const endings = Object.keys(formats).join('|')
  const old = configured
    .filter(({ access }) => access === 'public')
    .flatMap(({ name, formerly }) => formerly.map(was => ({ was, name })))
  const prefix = prefixOf(site)
  // Nothing else may stand in a regular expression of nginx as it is, or in what it sends.
  const written = /^[\w/-]*$/.test(prefix) ? old : []
  const lines = written.map(
    ({ was, name }) =>
      `location ~ "^${prefix}/feeds/${was}(?<rest>(?:/archive/[0-9]+)?\\.(?:${endings}))?$" { return 301 ${prefix}/feeds/${name}$rest; }\n`,
  )
  return plainFile(
    'nginx-redirects.conf',
    `# Old names of feeds, by \`feedwire export\`. Changes count after a reload of nginx.\n${lines.join('')}`,
  )
}
