import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { App } from '../dist/app.js'
import { readConfig } from '../dist/config.js'
import { articleOf, articles, sections, writeArchive } from './archive.js'
import { timeHugo } from './hugo.js'

/**
 * Twenty thousand page dumps in fifty sections: files to wire, to fifty-two feeds in three formats, compressed; then a
 * round in which nothing changed, and one in which a headline did. Redis is the local one, which writes every commit
 * to disk before it answers. Beside it, where there is one, Hugo with the same articles.
 */
export async function benchCollect() {
  process.stdout.write(`\ncollect: ${articles} page dumps in ${sections} sections, ${sections + 2} feeds\n\n`)
  const hugo = await timeHugo(2)
  const home = await mkdtemp(join(tmpdir(), 'feedwire-bench-'))
  await writeHome(home)
  const threads = Math.max(1, availableParallelism() - 1)
  const app = await App.open(readConfig({ FEEDWIRE_HOME: home, LOG_LEVEL: 'warn' }), { process: 'bench', threads })
  try {
    await measure(app, home, hugo)
  } finally {
    await app[Symbol.asyncDispose]()
    await rm(home, { recursive: true, force: true })
  }
}

async function measure(app, home, hugo) {
  await app.declare()
  const first = await timed(() => app.collect('dumps'))
  const publishing = await timed(() => publishAll(app))
  const unchanged = await timed(() => app.collect('dumps'))
  await writeFile(join(home, 'archive/s7/7.txt'), dump(articleOf(7, 'Another headline')))
  const changed = await timed(async () => {
    await app.collect('dumps')
    await publishAll(app)
  })
  print([
    ['files to wire', first, `${Math.round(articles / first)} articles a second`],
    ['wire to editions', publishing, `${(sections + 2) * 3} editions`],
    ['a second round, nothing changed', unchanged, `${percent(unchanged / first)} of the first`],
    ['a third, one headline changed, published', changed, `${percent(changed / (first + publishing))} of the first`],
  ])
  process.stdout.write(`peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB\n\n`)
  if (hugo === undefined)
    process.stdout.write('Hugo is not installed: nothing to compare with (Debian: apt install hugo)\n')
  else {
    print([
      [
        'Hugo: Markdown to 52 RSS feeds',
        hugo,
        `files to editions take ${((first + publishing) / hugo).toFixed(2)} of it`,
      ],
      ['a changed headline', changed, `takes ${(changed / hugo).toFixed(3)} of it`],
    ])
  }
}

/** Side by side, as a worker does. */
async function publishAll(app) {
  const feeds = await app.behind()
  const lane = async () => {
    for (let feed = feeds.pop(); feed !== undefined; feed = feeds.pop()) await app.publish(feed)
  }
  await Promise.all([lane(), lane(), lane(), lane()])
}

/** Seconds. */
async function timed(run) {
  const begun = performance.now()
  await run()
  return (performance.now() - begun) / 1000
}

async function writeHome(home) {
  await mkdir(join(home, 'config'))
  await mkdir(join(home, 'feeds'))
  await writeFile(
    join(home, 'config/feedwire.yaml'),
    `site: { title: Bench, authority: "bench.example,2024", url: "https://bench.example" }
sources: [{ name: dumps, folder: ../archive, format: page-dump, publisher: Bench Agency }]
`,
  )
  for (let section = 0; section < sections; section++) {
    await writeFile(
      join(home, `feeds/s${section}.yaml`),
      `title: Section ${section}\nselect: { sections: [Section ${section}] }\n`,
    )
  }
  await writeFile(join(home, 'feeds/all.yaml'), 'title: All\n')
  await writeFile(join(home, 'feeds/dumps.yaml'), 'title: Dumps\nselect: { sources: [dumps] }\n')
  await writeArchive(join(home, 'archive'), 'txt', dump)
}

/** As a newsroom stores it. */
function dump({ title, number, section, date, paragraphs }) {
  const printed = `${two(date.getUTCDate())}/${two(date.getUTCMonth() + 1)}/${date.getUTCFullYear()} ${two(date.getUTCHours())}h00`
  return `${title}\n\nhttps://images.bench.example/${number}?v=${number}\nBench Agency\nSection ${section}\n${printed}\n\n${paragraphs.join('\n\n')}\n\nRelated\n`
}

function percent(share) {
  return `${(share * 100).toFixed(1)} %`
}

function print(rows) {
  for (const [what, seconds, remark] of rows) {
    process.stdout.write(`${what.padEnd(42)} ${seconds.toFixed(2).padStart(7)} s   ${remark}\n`)
  }
}

function two(number) {
  return String(number).padStart(2, '0')
}
