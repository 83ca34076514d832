import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { writeArchive } from './archive.js'

const run = promisify(execFile)

/** Fifty-two feeds: one a section, and two of everything. Whole texts, fifty articles each, no pages. */
const config = `baseURL: https://bench.example/
title: Bench
disableKinds: [taxonomy, term, sitemap, robotsTXT, "404"]
outputFormats: { All: { mediaType: application/rss+xml, baseName: all } }
outputs: { home: [RSS, All], section: [RSS], page: [] }
services: { rss: { limit: 50 } }
`

const layout = `{{- $pages := first 50 .RegularPages.ByDate.Reverse -}}
{{- if .IsHome -}}{{- $pages = first 50 .Site.RegularPages.ByDate.Reverse -}}{{- end -}}
<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>{{ .Title }}</title><link>{{ .Permalink }}</link>
<description>{{ .Title }}</description>{{ range $pages }}
<item><title>{{ .Title }}</title><link>{{ .Permalink }}</link><guid>{{ .Permalink }}</guid>
<pubDate>{{ .Date.Format "Mon, 02 Jan 2006 15:04:05 -0700" }}</pubDate>
<description>{{ .Summary | html }}</description><content:encoded>{{ .Content | html }}</content:encoded></item>{{ end }}
</channel></rss>
`

/**
 * Seconds that Hugo takes for the same articles in Markdown, rendered to fifty-two RSS feeds, not compressed; the best
 * of `times`. Undefined where there is no Hugo.
 */
export async function timeHugo(times) {
  const version = await run('hugo', ['version']).catch(() => undefined)
  if (version === undefined) return undefined
  const home = await mkdtemp(join(tmpdir(), 'feedwire-hugo-'))
  try {
    await writeSite(home)
    const seconds = []
    for (let i = 0; i < times; i++) {
      await rm(join(home, 'public'), { recursive: true, force: true })
      const begun = performance.now()
      await run('hugo', ['--source', home, '--quiet'])
      seconds.push((performance.now() - begun) / 1000)
    }
    const feeds = (await readdir(join(home, 'public'), { recursive: true })).filter(file => file.endsWith('.xml'))
    if (feeds.length !== 52) throw new Error(`Hugo wrote ${feeds.length} feeds, not 52`)
    return Math.min(...seconds)
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}

async function writeSite(home) {
  await mkdir(join(home, 'layouts/_default'), { recursive: true })
  await writeFile(join(home, 'config.yaml'), config)
  await writeFile(join(home, 'layouts/_default/rss.xml'), layout)
  await writeFile(join(home, 'layouts/_default/list.all.xml'), layout)
  await writeArchive(
    join(home, 'content'),
    'md',
    ({ title, date, paragraphs }) =>
      `---\ntitle: ${title}\ndate: ${date.toISOString()}\n---\n\n${paragraphs.join('\n\n')}\n`,
  )
}
