import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { App } from '../dist/app.js'
import { instant, mintKey } from '../dist/article.js'
import { changeOf } from '../dist/store/article-change.js'
import { readConfig } from '../dist/config.js'
import { packBody } from '../dist/store/body.js'
import { articleOf } from './archive.js'
import { sideBySide } from './side-by-side.js'

const sizes = { small: 10_000, large: 1_000_000 }
const rounds = { idle: 20, measured: 101 }
/** What one commit takes with it when an archive is filled. */
const portion = 1_000
/** How much longer publishing may take in the large archive. */
const allowed = 1.2

/**
 * Publishing after one new article, beside an archive of ten thousand articles and beside one of a million, each with a
 * local Redis of its own; rounds take turns. Fails where the large one takes more than 1.2 times as long.
 */
export async function benchGrowth() {
  const small = await fill(sizes.small)
  try {
    const large = await fill(sizes.large)
    try {
      report(await sideBySide(large.addOne, small.addOne, rounds))
    } finally {
      await large.end()
    }
  } finally {
    await small.end()
  }
}

function report({ ours: large, theirs: small, ratio }) {
  process.stdout.write('\npublishing after one new article\n')
  process.stdout.write(`  of ${sizes.small.toLocaleString('en')}: ${small.toFixed(2)} ms\n`)
  process.stdout.write(`  of ${sizes.large.toLocaleString('en')}: ${large.toFixed(2)} ms\n`)
  process.stdout.write(`  ${ratio.toFixed(2)} times (median of ${rounds.measured} rounds; at most ${allowed})\n`)
  if (ratio > allowed) process.exitCode = 1
}

/** A store with so many articles, all in one feed. `addOne` adds one more, publishes, and says how long that took. */
async function fill(size) {
  const home = await mkdtemp(join(tmpdir(), 'feedwire-bench-'))
  await writeHome(home)
  const app = await App.open(readConfig({ FEEDWIRE_HOME: home, LOG_LEVEL: 'warn' }), { process: 'bench' })
  const end = async () => {
    await app[Symbol.asyncDispose]()
    await rm(home, { recursive: true, force: true })
  }
  try {
    await app.declare()
    let next = 0
    while (next < size) {
      await add(app.store, next, (next = Math.min(size, next + portion)))
      if (process.stdout.isTTY) process.stdout.write(`\rfilling: ${next.toLocaleString('en')}  `)
    }
    if (process.stdout.isTTY) process.stdout.write('\n')
    await app.publish('all')
    const addOne = async () => {
      await add(app.store, next, ++next)
      const begun = performance.now()
      await app.publish('all')
      return performance.now() - begun
    }
    return { addOne, end }
  } catch (error) {
    await end()
    throw error
  }
}

async function add({ articles, commits }, from, to) {
  const made = Array.from({ length: to - from }, (_, i) => makeArticle(from + i))
  await articles.keepBodies(made.map(({ ref, body }) => ({ ref, ...body })))
  const changes = made.map(({ change }) => ({ source: 'desk', articles: [change] }))
  const outcomes = await commits.commit(changes, Date.now())
  if (!outcomes.every(({ committed }) => committed)) throw new Error('an article was not committed')
}

/** As collect would commit it, from a minute of its own: each is newer than all before. */
function makeArticle(i) {
  const { title, section, paragraphs } = articleOf(i, `Headline number ${i}`)
  const published = instant(Date.UTC(2020, 0, 1) + i * 60_000)
  const said = { title, language: 'en', published, section: `Section ${section}`, keywords: [] }
  const body = packBody({ ...said, html: paragraphs.map(text => `<p>${text}</p>`).join(''), authors: [], media: [] })
  const head = { ...said, source: 'desk', key: mintKey(String(i)), version: 1, pubStatus: 'usable', changed: published }
  const change = changeOf(undefined, { ...head, body: body.digest, file: `${i}.txt` })
  return { ref: change.ref, body, change }
}

async function writeHome(home) {
  await mkdir(join(home, 'config'))
  await mkdir(join(home, 'feeds'))
  await writeFile(
    join(home, 'config/feedwire.yaml'),
    'site: { title: Bench, authority: "bench.example,2024", url: "https://bench.example" }\n',
  )
  await writeFile(join(home, 'feeds/all.yaml'), 'title: All\n')
}
