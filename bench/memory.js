import { readdirSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { App } from '../dist/app.js'
import { readConfig } from '../dist/config.js'
import { connect, disconnect } from '../dist/store/redis/connect.js'

const articles = 5_000
const sections = 20

/** Bytes of an article's own file, about. */
const wanted = 4_800

/** What a key belongs to, by how it begins; the rest is `others`. */
const families = [
  ['texts', /^body:/],
  ['heads', /^\{wire\}:heads$/],
  ['files', /^\{wire\}:files:/],
  ['bytes', /^\{wire\}:bytes:/],
  ['feeds', /^\{wire\}:feed:/],
  ['places', /^\{wire\}:places:/],
  ['wire', /^\{wire\}:told/],
  ['editions', /^(edition|known):/],
]

/**
 * Bytes in Redis of each article, by part, beside the bytes of its own file: dumps of about 4.8 kB in natural words,
 * each in a feed of its section and in one of all. Editions are not published: they belong to feeds, not to articles.
 */
export async function benchMemory() {
  process.stdout.write(`\nmemory: ${articles} page dumps of natural text, each in two of ${sections + 1} feeds\n\n`)
  const home = await mkdtemp(join(tmpdir(), 'feedwire-bench-'))
  const own = (await writeHome(home)) / articles
  const app = await App.open(readConfig({ FEEDWIRE_HOME: home, LOG_LEVEL: 'warn' }), { process: 'bench', threads: 1 })
  const redis = connect(process.env.REDIS_URL ?? join(home, '.feedwire/redis/redis.sock'), app.log, 'ask')
  try {
    await app.declare()
    const before = await usedMemory(redis)
    await app.collect('dumps')
    const grown = (await usedMemory(redis)) - before
    const parts = await measure(redis)
    for (const [part, bytes] of parts) print(part, bytes / articles, own)
    print('all keys', sum(parts.values()) / articles, own)
    print('used_memory grown by', grown / articles, own)
    const begun = process.cpuUsage()
    await app.prune()
    const { user, system } = process.cpuUsage(begun)
    const pruned = await measure(redis)
    print('pruned: texts', pruned.get('texts') / articles, own)
    print('pruned: all keys', sum(pruned.values()) / articles, own)
    process.stdout.write(
      `pruning took ${((user + system) / 1000 / articles).toFixed(1)} ms of processor time an article\n`,
    )
    process.stdout.write(`${'the article itself'.padEnd(24)} ${own.toFixed(0).padStart(7)}\n`)
  } finally {
    disconnect(redis)
    await app[Symbol.asyncDispose]()
    await rm(home, { recursive: true, force: true })
  }
}

async function usedMemory(redis) {
  return Number(/used_memory:(\d+)/.exec(await redis.info('memory'))[1])
}

/** Part -> bytes, overhead of the keys included. */
async function measure(redis) {
  const parts = new Map()
  let cursor = '0'
  do {
    const [next, keys] = await redis.scan(cursor, 'COUNT', 1000)
    cursor = next
    const sizes = await Promise.all(keys.map(key => redis.memory('USAGE', key, 'SAMPLES', 0)))
    for (const [at, key] of keys.entries()) {
      const part = families.find(([, begins]) => begins.test(key))?.[0] ?? 'others'
      parts.set(part, (parts.get(part) ?? 0) + Number(sizes[at]))
    }
  } while (cursor !== '0')
  return parts
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
  await writeFile(join(home, 'feeds/all.yaml'), 'title: All\n')
  for (let section = 0; section < sections; section++) {
    await mkdir(join(home, `archive/2024/s${section}`), { recursive: true })
    await writeFile(
      join(home, `feeds/s${section}.yaml`),
      `title: Section ${section}\nselect: { sections: [Section ${section}] }\n`,
    )
  }
  const random = randomFrom(7)
  const pool = sentences()
  let written = 0
  for (let i = 0; i < articles; i++) {
    const text = dump(i, pool, random)
    written += Buffer.byteLength(text)
    await writeFile(join(home, `archive/2024/s${i % sections}/${nameOf(text)}-${i}.txt`), text)
  }
  return written
}

/** What people wrote: whole sentences of the sample archive and of the documentation, each once. */
function sentences() {
  const root = fileURLToPath(new URL('../', import.meta.url))
  const files = ['archive', 'docs'].flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true })
      .filter(path => /\.(txt|md)$/.test(path))
      .map(path => join(folder, path)),
  )
  const texts = [...files, 'README.md', 'CHANGELOG.md'].map(path => readFileSync(join(root, path), 'utf8'))
  const found = texts.flatMap(text => text.match(/[A-Z][^.!?|{}<>\n]{40,300}[.!?](?=\s)/g) ?? [])
  return [...new Set(found)]
}

/** As a newsroom stores it: passages as they were written, and no sentence twice in one article. */
function dump(i, pool, random) {
  const turned = Math.floor(random() * pool.length)
  const passages = inPassages([...pool.slice(turned), ...pool.slice(0, turned)])
  const passage = () => passages.splice(Math.floor(random() * passages.length), 1)[0]
  const title = `${passage()[0].slice(0, 70).trim()} ${i}`
  const date = new Date(Date.UTC(2021, 0, 1) + i * 3_600_000)
  const printed = `${two(date.getUTCDate())}/${two(date.getUTCMonth() + 1)}/${date.getUTCFullYear()} ${two(date.getUTCHours())}h00`
  const head = `${title}\n\nhttps://images.bench.example/${i}/${nameOf(title)}.jpg\nBench Agency\nSection ${i % sections}\n${printed}\n`
  let text = head
  while (text.length < wanted) text += `\n${passage().join(' ')}\n`
  return text
}

function inPassages(all) {
  const passages = []
  for (let at = 0; at + 4 <= all.length; at += 4) passages.push(all.slice(at, at + 4))
  return passages
}

function nameOf(text) {
  return text
    .slice(0, 40)
    .toLowerCase()
    .match(/[a-z]+/g)
    .join('-')
}

/** Numbers from 0 to 1, the same in each run (mulberry32). */
function randomFrom(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

function sum(numbers) {
  return [...numbers].reduce((all, number) => all + number, 0)
}

function print(part, bytes, own) {
  process.stdout.write(
    `${part.padEnd(24)} ${bytes.toFixed(0).padStart(7)} bytes an article  ${(bytes / own).toFixed(3)} of its own\n`,
  )
}

function two(number) {
  return String(number).padStart(2, '0')
}
