import { mkdir, writeFile } from 'node:fs/promises'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import Table from 'cli-table3'
import { mintKey, uriOf } from '../dist/article.js'
import { dump, makeHome, startProgram, statusOf, tagOf, waitFor } from './program.js'
import { median } from './side-by-side.js'

/** Milliseconds after a start in which everything comes to rest, and after a change. */
const settling = { start: 5_000, change: 1_000 }
/** Sources that change and are killed from, one after the other; theirs is the newest, so that the feed of all has it. */
const changes = 5

/**
 * What many sources and feeds cost, beside few: each source a watched folder of two page dumps, each feed the articles
 * of one source, the first feed all of them. `sizes=10x10,1000x1000`: feeds x sources; `seconds=60`: of rest.
 */
export async function benchMany({ sizes = '10x10,1000x1000', seconds = '60' } = {}) {
  const measured = []
  for (const size of sizes.split(',')) {
    const [feeds, sources] = size.split('x').map(Number)
    if (Math.min(feeds, sources) <= changes) throw new Error(`sizes=${size}: more than ${changes} of each are needed`)
    measured.push(await measure({ feeds, sources, seconds: Number(seconds) }))
  }
  const table = new Table({ head: ['feeds x sources', ...sizes.split(',')], style: { head: [], border: [] } })
  for (const row of Object.keys(measured[0])) table.push([row, ...measured.map(each => each[row])])
  process.stdout.write(`${table.toString()}\ncommands in scripts counted; medians of ${changes} changes and kills\n`)
}

async function measure({ feeds, sources, seconds }) {
  const load = loadavg()[0].toFixed(1)
  const home = await writeHome({ feeds, sources })
  const program = await startProgram(home)
  try {
    await pause(settling.start)
    const { rate, most } = await rest(program.redis, seconds)
    const [changed, killed] = [[], []]
    for (let source = 1; source <= changes; source++) {
      changed.push(await change(program, home, source))
      await pause(settling.change)
      killed.push(await kill(program, source))
      await pause(settling.change)
    }
    return {
      'commands a second at rest': rate.toFixed(0),
      'most of them': most,
      'start to ready': `${(program.started / 1000).toFixed(1)} s`,
      'a change to its edge': `${median(changed).toFixed(0)} ms`,
      'a kill to its edge, from the command line': `${median(killed).toFixed(0)} ms`,
      'longest silence of Redis': await longestSilence(program.redis),
      'load before': load,
    }
  } finally {
    await program.end()
  }
}

async function writeHome({ feeds, sources }) {
  const lines = Array.from({ length: sources }, (_, i) => `  - { name: s${i}, folder: ../archive/s${i}, watch: true }`)
  const rule = i => (i === 0 ? '' : `select: { sources: [s${i % sources}] }\n`)
  const rules = Array.from({ length: feeds }, (_, i) => [`f${i}`, `title: Feed ${i}\n${rule(i)}`])
  const home = await makeHome({ settings: `sources:\n${lines.join('\n')}\n`, feeds: Object.fromEntries(rules) })
  for (let i = 0; i < sources; i++) {
    await mkdir(join(home, `archive/s${i}`))
    for (const name of ['a', 'b']) {
      await writeFile(join(home, `archive/s${i}/${name}.txt`), dump(`story ${name} of source ${i}`, minuteOf(i)))
    }
  }
  return home
}

function minuteOf(source) {
  return source >= 1 && source <= changes ? 600 : 0
}

/** -> commands a second, and the three that are asked most. */
async function rest(redis, seconds) {
  const before = await callsOf(redis)
  await pause(seconds * 1000)
  const after = await callsOf(redis)
  const rates = [...after].map(([command, calls]) => [command, (calls - (before.get(command) ?? 0)) / seconds])
  const most = rates.toSorted(([, a], [, b]) => b - a).slice(0, 3)
  return {
    rate: rates.reduce((all, [, each]) => all + each, 0),
    most: most.map(([command, each]) => `${command} ${each.toFixed(0)}`).join(', '),
  }
}

async function callsOf(redis) {
  const lines = (await redis.info('commandstats')).matchAll(/cmdstat_([^:]+):calls=(\d+)/g)
  return new Map(Array.from(lines, ([, command, calls]) => [command, Number(calls)]))
}

/** Milliseconds from a file's last byte until the feed of its source and that of all are others. */
async function change({ connection }, home, source) {
  const arrived = await awaitOthers(connection, source)
  await writeFile(join(home, `archive/s${source}/a.txt`), dump(`another story of source ${source}`, minuteOf(source)))
  const begun = performance.now()
  await arrived()
  return performance.now() - begun
}

/** Milliseconds from the start of `feedwire kill` until the page is gone and both feeds are others. */
async function kill({ connection, command }, source) {
  const key = mintKey('b.txt')
  const page = `/articles/s${source}-${key}`
  if ((await statusOf(connection, page)) !== '200') throw new Error(`${page} is not there to be killed`)
  const arrived = await awaitOthers(connection, source)
  const begun = performance.now()
  const done = command('kill', uriOf('bench.example,2024', `s${source}/${key}`), '--reason', 'bench')
  await waitFor(async () => (await statusOf(connection, page)) === '410')
  await arrived()
  const taken = performance.now() - begun
  const [code] = await done
  if (code !== 0) throw new Error(`kill ended with ${code}`)
  return taken
}

/** -> waits until the feed of the source and that of all are others than now. */
async function awaitOthers(connection, source) {
  const feeds = ['f0', `f${source}`]
  const before = []
  for (const feed of feeds) before.push(await tagOf(connection, feed))
  return async () => {
    for (const [i, feed] of feeds.entries()) {
      await waitFor(async () => (await tagOf(connection, feed, before[i])) !== before[i])
    }
  }
}

/** Of all that was asked since Redis was there, what took longest. */
async function longestSilence(redis) {
  const entries = await redis.slowlog('GET', 10_000)
  const longest = entries.toSorted((a, b) => b[2] - a[2])[0]
  return longest === undefined ? 'under 1 ms' : `${(longest[2] / 1000).toFixed(1)} ms (${longest[3][0]})`
}
