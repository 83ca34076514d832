import { createServer } from 'node:http'
import express from 'express'
import { createEdge } from '../../dist/serve/edge.js'
import { startServer } from '../../dist/serve/server.js'
import { Shelf } from '../../dist/serve/shelf.js'
import { makeEdition } from './edition.js'

// One server in a process of its own: node server.js ARRANGEMENT. Sends its port to its parent.
const site = {
  title: 'Bench',
  url: 'http://127.0.0.1',
  publisher: { name: 'Bench' },
  authority: 'example.com,2024',
  language: 'en',
}
const feed = {
  name: 'bench',
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
const shelf = new Shelf(site)
shelf.put({ feed: 'bench', position: 1, editions: [makeEdition().edition] }, feed)
const edge = createEdge(shelf, { site, feeds: [feed] })
const { br, gzip } = shelf.find('/feeds/bench.rss').direct

/** The least that any Node server does: no path, no method, one look at one header to tell the two benchmarks apart. */
function bare(request, response) {
  if (request.headers['if-none-match'] === undefined) response.writeHead(200, gzip.whole).end(gzip.body)
  else response.writeHead(304, br.unchanged).end()
}

const app = express().use((request, response) => response.status(404).end())
const handlers = {
  bare,
  edge: (request, response) => edge(request, response, () => app(request, response)),
  route: express().disable('x-powered-by').use(edge),
}

const [, , arrangement] = process.argv
const handler = handlers[arrangement]
// Ours are measured with all that stands around them in earnest.
if (arrangement !== 'bare') process.send((await startServer({ handler, host: '127.0.0.1', port: 0 })).port)
else {
  const server = createServer(handler)
  server.listen(0, '127.0.0.1', () => process.send(server.address().port))
}
process.on('disconnect', () => process.exit())
