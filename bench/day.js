import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Table from 'cli-table3'
import { App } from '../dist/app.js'
import { readConfig } from '../dist/config.js'
import { createEdge } from '../dist/serve/edge/edge.js'
import { startServer } from '../dist/serve/http/server.js'
import { Shelf } from '../dist/serve/edge/shelf.js'
import { articleOf } from './archive.js'
import { Connection } from './serve/connection.js'

const readers = 1000
const minute = 60_000
const day = 24 * 60 * minute
const midnight = Date.UTC(2024, 5, 3)

/** Articles that were there before the day, that come in its course, and that are corrected in it. */
const publishing = { before: 60, during: 80, corrected: 20 }

/** Shares of readers, invented: who can what. */
const habits = {
  format: { rss: 0.6, atom: 0.3, json: 0.1 },
  coding: { 'gzip, deflate, br': 0.55, gzip: 0.3, '': 0.15 },
  validator: { etag: 0.7, date: 0.1, '': 0.2 },
  /** Of those who know tags. */
  delta: 0.3,
}

const statuses = ['200', '304', '226']

/** What is used of what a reader can do; each adds to the one before. */
const stages = [
  { title: 'nothing', uses: [] },
  { title: 'compression', uses: ['coding'] },
  { title: 'and conditional requests (304)', uses: ['coding', 'validator'] },
  { title: 'and deltas (RFC 3229)', uses: ['coding', 'validator', 'delta'] },
]

/**
 * The bytes that a feed of 50 articles costs in a day of 1,000 readers, each of which asks every 5 to 60 minutes, by what
 * they and the edge make use of. Every request is made, of an edge in earnest; only the clock is moved by hand.
 */
export async function benchDay() {
  const home = await mkdtemp(join(tmpdir(), 'feedwire-bench-'))
  await writeHome(home)
  let now = midnight - day
  const config = readConfig({ FEEDWIRE_HOME: home, LOG_LEVEL: 'warn' })
  const app = await App.open(config, { process: 'bench', clock: () => now })
  const shelf = new Shelf(config.site)
  const edge = createEdge(shelf, config)
  const server = await startServer({
    handler: (request, response) => edge(request, response, () => response.writeHead(404).end()),
    host: '127.0.0.1',
    port: 0,
  })
  try {
    await app.declare()
    const publish = async at => {
      now = at
      await app.collect('desk')
      await app.publish('all')
      shelf.put((await app.store.editions.load('all')).editions, config.feeds[0])
    }
    report(await live({ home, publish, port: server.port }))
  } finally {
    await server.stop()
    await app[Symbol.asyncDispose]()
    await rm(home, { recursive: true, force: true })
  }
}

async function writeHome(home) {
  for (const folder of ['config', 'feeds', 'archive']) await mkdir(join(home, folder))
  const settings = `site: { title: Bench, authority: "example.com,2024" }\nsources:\n  - { name: desk, folder: ../archive }\n`
  await writeFile(join(home, 'config/feedwire.yaml'), settings)
  await writeFile(join(home, 'feeds/all.yaml'), 'title: All\n')
}

/** -> for each stage its bytes, and its answers by status. */
async function live({ home, publish, port }) {
  const draw = drawer(1)
  const write = (number, published, note = '') => {
    const { title, paragraphs } = articleOf(number)
    const matter = `---\ntitle: ${title}${note}\ndate: ${new Date(published).toISOString()}\n---\n\n`
    return writeFile(join(home, `archive/${number}.md`), `${matter}${paragraphs.join('\n\n')}\n`)
  }
  for (let number = 0; number < publishing.before; number++) await write(number, midnight - day + number * minute)
  await publish(midnight - minute)

  const people = Array.from({ length: readers }, () => makeReader(draw))
  const connections = Array.from({ length: 8 }, () => new Connection(port))
  const totals = stages.map(() => ({ bytes: 0, answers: {} }))
  for (const { at, number, published, note } of changesOf(draw)) {
    await read({ people, connections, totals, to: at })
    await write(number, published, note)
    await publish(at)
  }
  await read({ people, connections, totals, to: midnight + day })
  for (const connection of connections) connection.close()
  return totals
}

/** What is published when, between six and midnight, in the order of the day. */
function changesOf(draw) {
  const moment = () => midnight + day / 4 + draw() * (0.75 * day)
  const fresh = Array.from({ length: publishing.during }, moment).toSorted((a, b) => a - b)
  const articles = fresh.map((at, i) => ({ at, number: publishing.before + i, published: at }))
  const corrections = Array.from({ length: publishing.corrected }, () => {
    const { number, at } = articles[Math.floor(draw() * (articles.length - 1))]
    return { at: at + draw() * (midnight + day - at), number, published: at, note: ', corrected' }
  })
  return [...articles, ...corrections].toSorted((a, b) => a.at - b.at)
}

function makeReader(draw) {
  const validator = choose(habits.validator, draw)
  return {
    path: `/feeds/all.${choose(habits.format, draw)}`,
    coding: choose(habits.coding, draw),
    validator,
    delta: validator === 'etag' && draw() < habits.delta,
    interval: (5 + draw() * 55) * minute,
    next: midnight + draw() * 60 * minute,
    /** By stage: head of the last answer that it took. */
    known: stages.map(() => undefined),
  }
}

/** Everybody's requests until then, over all connections side by side: each reader's in their order. */
async function read({ people, connections, totals, to }) {
  const work = async (connection, first) => {
    for (let i = first; i < people.length; i += connections.length) {
      const reader = people[i]
      for (; reader.next < to; reader.next += reader.interval) {
        for (const [stage, { uses }] of stages.entries()) await ask(reader, stage, uses, connection, totals[stage])
      }
    }
  }
  await Promise.all(connections.map(work))
}

async function ask(reader, stage, uses, connection, total) {
  const lines = [`GET ${reader.path} HTTP/1.1`, 'Host: 127.0.0.1']
  const known = reader.known[stage]
  if (uses.includes('coding') && reader.coding !== '') lines.push(`Accept-Encoding: ${reader.coding}`)
  if (uses.includes('validator') && known !== undefined) {
    if (reader.validator === 'etag') lines.push(`If-None-Match: ${field(known, 'etag')}`)
    if (reader.validator === 'date') lines.push(`If-Modified-Since: ${field(known, 'last-modified')}`)
  }
  if (uses.includes('delta') && reader.delta) lines.push('A-IM: feed')
  const { head, bytes } = await connection.ask([...lines, '', ''].join('\r\n'))
  const status = head.slice(9, 12)
  if (!statuses.includes(status)) throw new Error(`${lines[0]} was answered ${status}`)
  reader.known[stage] = head
  total.bytes += bytes
  total.answers[status] = (total.answers[status] ?? 0) + 1
}

function field(head, name) {
  return new RegExp(`\\r\\n${name}: ([^\\r]+)`, 'i').exec(head)?.[1]
}

function report(totals) {
  const head = ['a day of 1,000 readers', ...statuses, 'megabytes', 'of nothing']
  const table = new Table({ head, style: { head: [], border: [] } })
  for (const [stage, { title }] of stages.entries()) {
    const { bytes, answers } = totals[stage]
    const counts = statuses.map(status => (answers[status] ?? 0).toLocaleString('en'))
    const share = `${((bytes / totals[0].bytes) * 100).toFixed(1)} %`
    table.push([title, ...counts, Math.round(bytes / 1e6).toLocaleString('en'), share])
  }
  process.stdout.write(`${table.toString()}\n`)
  process.stdout.write(
    `answers and bytes, heads included; a feed of 50, ${publishing.during} new and ${publishing.corrected} corrected in the day; who can what is in bench/day.js\n`,
  )
}

/** One of the keys, by their shares. */
function choose(shares, draw) {
  let left = draw()
  return Object.keys(shares).find(key => (left -= shares[key]) < 0) ?? Object.keys(shares)[0]
}

/** The same numbers from 0 to 1 in each run (mulberry32). */
function drawer(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
