import { mkdir, rename, writeFile } from 'node:fs/promises'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import Table from 'cli-table3'
import { dump, makeHome, startProgram, tagOf, waitFor } from './program.js'

/** The section of new files, which every feed wants. */
const concerning = 'News'
/** Files of one folder. */
const inFolder = 1_000
/** Milliseconds between two measurements, so that each begins at rest. */
const between = 300

const ways = {
  written: (path, text) => writeFile(path, text),
  moved: async (path, text) => {
    const aside = join(path, '../.aside')
    await writeFile(aside, text)
    await rename(aside, path)
  },
}

/**
 * From the last byte of a new file, written or moved into place in a watched folder, until the edge has it in every
 * feed. `feeds=1,100`: so many are concerned; `files=100,10000`: so many lie beside, in one of the feeds each; each with each.
 * `rounds=50`: new files of each way, at most 600.
 */
export async function benchLatency({ feeds = '1,100', files = '100,10000', rounds = '50' } = {}) {
  const head = ['feeds', 'files', ...Object.keys(ways).flatMap(way => [`${way}: p50`, 'p99']), 'load before']
  const table = new Table({ head, style: { head: [], border: [] } })
  for (const beside of files.split(',').map(Number)) {
    for (const concerned of feeds.split(',').map(Number)) {
      table.push(await measure({ feeds: concerned, files: beside, rounds: Number(rounds) }))
    }
  }
  process.stdout.write(`${table.toString()}\nmilliseconds, ${rounds} files of each way\n`)
}

async function measure({ feeds, files, rounds }) {
  const load = loadavg()[0].toFixed(1)
  const home = await writeHome({ feeds, files })
  const program = await startProgram(home)
  try {
    const names = Array.from({ length: feeds }, (_, i) => `f${i}`)
    const row = [feeds, files]
    let minute = 0
    for (const [way, put] of Object.entries(ways)) {
      const taken = []
      for (let i = 0; i < rounds; i++) {
        const text = dump(`story ${way} ${i}`, ++minute, { section: concerning })
        const file = { path: join(home, `archive/0/${way}-${i}.txt`), text }
        taken.push(await toEveryFeed(program, names, () => put(file.path, file.text)))
      }
      row.push(percentile(taken, 0.5), percentile(taken, 0.99))
    }
    return [...row, load]
  } finally {
    await program.end()
  }
}

async function toEveryFeed({ connection }, feeds, put) {
  await pause(between)
  const known = []
  for (const feed of feeds) known.push(await tagOf(connection, feed))
  await put()
  const begun = performance.now()
  // One after the other: by the time that the slowest is there, the others need one question each.
  for (const [i, feed] of feeds.entries()) {
    await waitFor(async () => (await tagOf(connection, feed, known[i])) !== known[i])
  }
  return performance.now() - begun
}

async function writeHome({ feeds, files }) {
  const rules = Array.from({ length: feeds }, (_, i) => {
    return [`f${i}`, `title: Feed ${i}\nselect: { sections: [${concerning}, Desk ${i}] }\n`]
  })
  const settings = 'sources: [{ name: desk, folder: ../archive, watch: true, format: page-dump }]\n'
  const home = await makeHome({ settings, feeds: Object.fromEntries(rules) })
  for (let i = 0; i < files; i++) {
    const folder = join(home, `archive/${Math.floor(i / inFolder)}`)
    if (i % inFolder === 0) await mkdir(folder)
    await writeFile(join(folder, `${i}.txt`), dump(`story ${i}`, i % 600, older(i, feeds)))
  }
  return home
}

function percentile(numbers, share) {
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[Math.ceil(share * sorted.length) - 1].toFixed(0)
}

/** The files beside are all older than the new ones. */
function older(i, feeds) {
  return { section: `Desk ${i % feeds}`, day: '30/04/2024' }
}
