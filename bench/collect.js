import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { App } from '../dist/app.js'
import { readConfig } from '../dist/config.js'

const articles = 20_000
const sections = 50

/**
 * Twenty thousand page dumps in fifty sections: files to wire, to fifty-two feeds in three formats, compressed; then a
 * round in which nothing changed, and one in which a headline did. Redis is the local one, which writes every commit
 * to disk before it answers.
 */
export async function benchCollect() {
  const home = await mkdtemp(join(tmpdir(), 'feedwire-bench-'))
  process.stdout.write(`\ncollect: ${articles} page dumps in ${sections} sections, ${sections + 2} feeds\n\n`)
  await writeHome(home)
  const app = await App.open(readConfig({ FEEDWIRE_HOME: home, LOG_LEVEL: 'warn' }), { process: 'bench' })
  try {
    await measure(app, home)
  } finally {
    await app[Symbol.asyncDispose]()
    await rm(home, { recursive: true, force: true })
  }
}

async function measure(app, home) {
  await app.declare()
  const first = await timed(() => app.collect('dumps'))
  const publishing = await timed(() => publishAll(app))
  const unchanged = await timed(() => app.collect('dumps'))
  await writeFile(join(home, 'archive/7/7.txt'), dump(7, 'Another headline'))
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
  process.stdout.write(`peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB\n`)
}

async function publishAll(app) {
  for (const feed of await app.behind()) await app.publish(feed)
}

/** Seconds. */
async function timed(run) {
  const begun = performance.now()
  await run()
  return (performance.now() - begun) / 1000
}

async function writeHome(home) {
  for (let section = 0; section < sections; section++)
    await mkdir(join(home, 'archive', String(section)), { recursive: true })
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
  for (let i = 0; i < articles; i++) await writeFile(join(home, 'archive', String(i % sections), `${i}.txt`), dump(i))
}

const words =
  'harbour council bridge winter report quiet engine market river school minister orchard signal copper'.split(' ')

/** About 4 kB, as a newsroom's dump; every article is another. */
function dump(i, headline = `Headline number ${i} of the archive`) {
  const date = new Date(Date.UTC(2021, 0, 1) + i * 3_600_000)
  const printed = `${two(date.getUTCDate())}/${two(date.getUTCMonth() + 1)}/${date.getUTCFullYear()} ${two(date.getUTCHours())}h00`
  const sentence = n =>
    `The ${words[(i + n) % 14]} of the ${words[(i * 3 + n) % 14]} was seen near the ${words[(i * 5 + n * 2) % 14]} on day ${i + n}.`
  const paragraphs = Array.from({ length: 12 }, (_, p) =>
    Array.from({ length: 5 }, (__, s) => sentence(p * 5 + s)).join(' '),
  )
  return `${headline}\n\nhttps://images.bench.example/${i}?v=${i}\nBench Agency\nSection ${i % sections}\n${printed}\n\n${paragraphs.join('\n\n')}\n\nRelated\n`
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
