import { fork } from 'node:child_process'
import { once } from 'node:events'
import Table from 'cli-table3'
import { hasNginx, startNginx } from './serve/nginx.js'
import { median } from './side-by-side.js'

const arrangements = {
  bare: 'node:http, writing the same bytes',
  edge: 'edge in front of Express',
  route: 'edge as an Express route',
  nginx: 'nginx, static files',
}

/** Short rounds and many, since a shared machine is noisy. */
const scenarios = [
  { title: 'one edition, 32 connections', editions: 1, connections: 32, rounds: 41 },
  { title: '2,000 editions, 32 connections', editions: 2000, connections: 32, rounds: 21 },
  { title: 'one edition, 10,000 connections', editions: 1, connections: 10_000, rounds: 21 },
]
const seconds = 0.15
const kinds = { 304: 'conditional (304)', 200: 'gzip (200)' }

/**
 * Requests a second of one process for editions of about 230 kB: conditional ones (304), and whole ones in gzip (200), 32
 * under way at a time. Servers and clients are processes of their own, rounds take turns, and figures are medians. Fails
 * where the edge is below 0.9 of bare node:http.
 */
export async function benchServe() {
  const withNginx = await hasNginx()
  if (!withNginx)
    process.stdout.write('nginx with gzip_static is not installed: left out (Debian: apt install nginx-light)\n')
  const names = Object.keys(arrangements).filter(name => name !== 'nginx' || withNginx)
  for (const scenario of scenarios) await benchScenario(names, { ...scenario, connections: await possible(scenario) })
}

/** As many connections as this process may have files open, and a few for what else it needs. */
async function possible({ connections }) {
  const limit = Number(process.report.getReport().userLimits.open_files.soft)
  if (!(limit < connections + 100)) return connections
  process.stdout.write(`ulimit -n is ${limit}: ${limit - 100} connections instead of ${connections}\n`)
  return limit - 100
}

async function benchScenario(names, { title, editions, connections, rounds }) {
  const pairs = []
  try {
    for (const name of names) pairs.push(await startPair(name, editions, connections))
    const results = {}
    for (const status of Object.keys(kinds)) results[status] = await measure(pairs, Number(status), rounds)
    report(title, rounds, results)
  } finally {
    for (const pair of pairs) await pair.stop()
  }
}

/** A server, and a client with open connections to it. */
async function startPair(name, editions, connections) {
  const server = name === 'nginx' ? await startNginx(editions) : await startNode(name, editions)
  const client = fork(new URL('./serve/client.js', import.meta.url), [server.port, editions, connections].map(String))
  await message(client)
  return {
    name,
    async run(task) {
      client.send(task)
      return await message(client)
    },
    async stop() {
      client.kill()
      await server.stop()
    },
  }
}

async function startNode(name, editions) {
  const child = fork(new URL('./serve/server.js', import.meta.url), [name, String(editions)])
  return { port: await message(child), stop: async () => child.disconnect() }
}

async function message(child) {
  const done = new AbortController()
  const options = { signal: done.signal }
  try {
    const ended = once(child, 'exit', options).then(() =>
      Promise.reject(new Error('a process of the benchmark has ended')),
    )
    const [value] = await Promise.race([once(child, 'message', options), ended])
    return value
  } finally {
    done.abort()
  }
}

/** The ratio to bare is taken within each round, where all had the same machine, and then the median. */
async function measure(pairs, status, count) {
  for (const pair of pairs) await pair.run({ status, seconds: 1 })
  const rounds = []
  for (let i = 0; i < count; i++) {
    const round = {}
    for (const pair of rotate(pairs, i)) round[pair.name] = await pair.run({ status, seconds })
    rounds.push(round)
  }
  return pairs.map(({ name }) => ({
    name,
    rate: median(rounds.map(round => round[name].rate)),
    ratio: median(rounds.map(round => round[name].rate / round.bare.rate)),
    p99: median(rounds.map(round => round[name].p99)),
  }))
}

function report(title, rounds, results) {
  const head = Object.values(kinds).flatMap(kind => [`${kind}, a second`, 'of bare *', 'p99, ms'])
  const table = new Table({ head: [title, ...head], style: { head: [], border: [] } })
  const names = results[200].map(({ name }) => name)
  for (const name of names) {
    const figures = Object.keys(kinds).flatMap(status => {
      const { rate, ratio, p99 } = results[status].find(each => each.name === name)
      return [Math.round(rate).toLocaleString('en'), ratio.toFixed(2), p99.toFixed(2)]
    })
    table.push([arrangements[name], ...figures])
  }
  process.stdout.write(
    `${table.toString()}\n* median of ${rounds} rounds, each compared with bare in the same round\n\n`,
  )
  for (const [status, kind] of Object.entries(kinds)) {
    if (results[status].find(({ name }) => name === 'edge').ratio >= 0.9) continue
    process.stdout.write(`${title}, ${kind}: the edge is below 0.9 of bare node:http\n`)
    process.exitCode = 1
  }
}

/** Whoever comes first in a round has the same share of luck. */
function rotate(list, by) {
  const first = by % list.length
  return [...list.slice(first), ...list.slice(0, first)]
}
