import { fork } from 'node:child_process'
import { once } from 'node:events'
import Table from 'cli-table3'
import { makeEdition } from './serve/edition.js'
import { load } from './serve/load.js'

const arrangements = {
  bare: 'node:http, writing the same bytes',
  edge: 'edge in front of Express',
  route: 'edge as an Express route',
}
/** Seconds of one round, and how many each arrangement gets: short and many, since a shared machine is noisy. */
const round = { seconds: 0.15, count: 41 }

/**
 * Requests a second of one process for one edition of about 230 kB: conditional ones (304), and whole ones in gzip (200).
 * Servers are processes of their own, rounds take turns, and figures are medians. Fails below 0.9 of bare node:http.
 */
export async function benchServe() {
  const { etag } = makeEdition()
  const requests = {
    'conditional (304)': { lines: ['Accept-Encoding: gzip, deflate, br', `If-None-Match: ${etag.br}`], status: 304 },
    'gzip (200)': { lines: ['Accept-Encoding: gzip'], status: 200 },
  }
  const servers = await Promise.all(Object.keys(arrangements).map(startServer))
  try {
    const results = []
    for (const [title, { lines, status }] of Object.entries(requests)) {
      results.push({ title, rates: await measure(servers, { path: '/feeds/bench.rss', lines, status }) })
    }
    report(results)
  } finally {
    for (const { child } of servers) child.kill()
  }
}

async function startServer(arrangement) {
  const child = fork(new URL('./serve/server.js', import.meta.url), [arrangement])
  const [port] = await once(child, 'message')
  return { arrangement, child, port }
}

/** The ratio to bare is taken within each round, where all three had the same machine, and then the median. */
async function measure(servers, request) {
  for (const { port } of servers) await load({ port, ...request, seconds: 1 })
  const rounds = []
  for (let i = 0; i < round.count; i++) {
    const rates = {}
    for (const { arrangement, port } of rotate(servers, i)) {
      rates[arrangement] = await load({ port, ...request, seconds: round.seconds })
    }
    rounds.push(rates)
  }
  return Object.keys(arrangements).map(name => ({
    name,
    rate: median(rounds.map(rates => rates[name])),
    ratio: median(rounds.map(rates => rates[name] / rates.bare)),
  }))
}

function report(results) {
  const table = new Table({
    head: ['one process, requests a second', ...results.flatMap(({ title }) => [title, 'of bare *'])],
    style: { head: [], border: [] },
  })
  Object.entries(arrangements).forEach(([, title], row) => {
    const figures = results.flatMap(({ rates }) => [
      Math.round(rates[row].rate).toLocaleString('en'),
      rates[row].ratio.toFixed(2),
    ])
    table.push([title, ...figures])
  })
  process.stdout.write(`${table.toString()}\n`)
  process.stdout.write(
    `* median of ${round.count} rounds, each compared with bare in the same round; so not quite the quotient of the medians beside it\n`,
  )
  for (const { title, rates } of results) {
    const { ratio } = rates.find(({ name }) => name === 'edge')
    if (ratio >= 0.9) continue
    process.stdout.write(`${title}: the edge is below 0.9 of bare node:http\n`)
    process.exitCode = 1
  }
}

/** Whoever comes first in a round has the same share of luck. */
function rotate(list, by) {
  const first = by % list.length
  return [...list.slice(first), ...list.slice(0, first)]
}

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}
