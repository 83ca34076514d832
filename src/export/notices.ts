import { formats } from '../publish/formats/index.ts'
import { prefixOf } from '../show/addresses.ts'
import { styleHash } from '../show/pages/style.ts'
import { articlePath } from './articles.ts'
import type { Newsstand } from './newsstand.ts'
import { plainFile, type StaticFile } from './static-file.ts'

/** What a web server has to know of addresses that are no more. */
export async function noticeFiles(newsstand: Newsstand): Promise<StaticFile[]> {
  const ended = newsstand.configured.filter(({ gone }) => gone).map(({ name }) => goneMark(`feeds/${name}.gone`))
  return [...ended, ...(await killedMarks(newsstand)), redirects(newsstand), headers(newsstand)]
}

/** An empty file: what was there answers 410. So nothing has to be reloaded for a kill. */
function goneMark(path: string): StaticFile {
  return plainFile(path, '')
}

/** Of all articles that were killed: somebody may have their addresses from an edge, or from another export. */
async function killedMarks({ store }: Newsstand): Promise<StaticFile[]> {
  const { takedowns } = await store.takedowns.all()
  return takedowns.flatMap(({ action, ref }) => {
    const [source = '', key = ''] = ref.split('/')
    return action === 'kill' ? goneMark(articlePath({ source, key }, 'gone')) : []
  })
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

/** What nginx may be given as it is, between quotes. */
const harmless = /^[\w.~:/?#@!&*+,;=%[\]-]*$/

/** What headers say of this installation, as variables of nginx, to be included in its `server`. */
function headers({ site }: Newsstand): StaticFile {
  const { origin } = new URL(site.url)
  const hub = site.hub !== undefined && harmless.test(site.hub) ? `, <${site.hub}>; rel="hub"` : ''
  const lines = [
    `set $feedwire_origin "${harmless.test(origin) ? origin : ''}";`,
    `set $feedwire_hub '${hub}';`,
    `set $feedwire_style "${styleHash}";`,
  ]
  return plainFile(
    'nginx-headers.conf',
    `# Of this installation, by \`feedwire export\`. Changes count after a reload of nginx.\n${lines.join('\n')}\n`,
  )
}
