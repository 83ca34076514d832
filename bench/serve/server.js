import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import express from 'express'
import { createLog } from '../../dist/log.js'
import { createEdge } from '../../dist/serve/edge/edge.js'
import { Memory, usualMemory } from '../../dist/serve/edge/memory.js'
import { startServer } from '../../dist/serve/http/server.js'
import { editionPath } from '../../dist/show/addresses.js'
import { Shelf } from '../../dist/serve/edge/shelf.js'
import { makeEditions } from './edition.js'

// One server in a process of its own: node server.js ARRANGEMENT EDITIONS. Sends its port to its parent.
const [, , arrangement, count] = process.argv

const site = {
  title: 'Bench',
  url: 'http://127.0.0.1',
  publisher: { name: 'Bench' },
  authority: 'example.com,2024',
  language: 'en',
}

function feedOf(name) {
  return {
    name,
    title: 'Bench',
    description: '',
    select: { sections: [], languages: [], sources: [], keywords: [] },
    limit: 50,
    content: 'full',
    access: 'public',
    language: 'en',
    formerly: [],
    gone: false,
  }
}

/** The least that any Node server does: one look-up, one look at one header. It writes what the edge writes. */
async function bare() {
  const shelf = new Shelf(site)
  const answers = new Map()
  for (const edition of makeEditions(Number(count))) {
    const feed = feedOf(edition.feed)
    shelf.put({ feed: feed.name, position: 1, editions: [edition] }, feed)
    const { body, whole, unchanged } = shelf.find(editionPath(feed.name, 'rss')).direct.gzip
    answers.set(editionPath(feed.name, 'rss'), { body: body.bytes, whole, unchanged })
    shelf.drop(feed.name)
  }
  const server = createServer((request, response) => {
    const { body, whole, unchanged } = answers.get(request.url)
    if (request.headers['if-none-match'] === undefined) response.writeHead(200, whole).end(body)
    else response.writeHead(304, unchanged).end()
  })
  // Node's own five seconds would close what waits for the other servers' rounds.
  server.keepAliveTimeout = 65_000
  await new Promise(resolve => server.listen({ host: '127.0.0.1', port: 0 }, resolve))
  return server.address().port
}

/** Ours, with all that stands around it in earnest, and the memory that it has without being told. */
async function ours() {
  const folder = mkdtempSync(join(tmpdir(), 'feedwire-bench-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  const shelf = new Shelf(site, new Memory({ bytes: usualMemory, folder, log: createLog('warn', 'bench') }))
  const feeds = []
  for (const edition of makeEditions(Number(count))) {
    const feed = feedOf(edition.feed)
    shelf.put({ feed: feed.name, position: 1, editions: [edition] }, feed)
    await shelf.settled()
    feeds.push(feed)
  }
  const edge = createEdge(shelf, { site, feeds })
  const app = express().use((_request, response) => response.status(404).end())
  const handler =
    arrangement === 'route'
      ? express().disable('x-powered-by').use(edge)
      : (request, response) => edge(request, response, () => app(request, response))
  return (await startServer({ handler, host: '127.0.0.1', port: 0 })).port
}

process.on('disconnect', () => process.exit())
process.send(await (arrangement === 'bare' ? bare() : ours()))
