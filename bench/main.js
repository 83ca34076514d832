import { benchCollect } from './collect.js'
import { benchDay } from './day.js'
import { benchGrowth } from './growth.js'
import { benchHostile } from './hostile.js'
import { benchLatency } from './latency.js'
import { benchMany } from './many.js'
import { benchMemory } from './memory.js'
import { benchPages } from './pages.js'
import { benchRender } from './render.js'
import { benchServe } from './serve.js'
import { benchWire, wireParts } from './wire.js'

/**
 * `npm run bench -- NAME... [KEY=VALUE...]`: each prints its own figures. Without a name, all of them in turn. Of `wire` also the names of
 * its parts may be given.
 */
const benchmarks = {
  serve: benchServe,
  collect: benchCollect,
  render: benchRenderAndGrowth,
  day: benchDay,
  memory: benchMemory,
  hostile: benchHostile,
  many: benchMany,
  latency: benchLatency,
  pages: benchPages,
  wire: benchWire,
}

async function benchRenderAndGrowth() {
  await benchRender()
  await benchGrowth()
}

const words = process.argv.slice(2)
const given = words.filter(word => !word.includes('='))
const parts = given.includes('wire') ? given.filter(name => name in wireParts) : []
const names = given.filter(name => !parts.includes(name))
const options = Object.fromEntries(words.filter(word => word.includes('=')).map(word => word.split('=')))
const unknown = names.filter(name => !(name in benchmarks))
if (unknown.length > 0) {
  process.stderr.write(`Unknown benchmark ${unknown.join(', ')}. There are: ${Object.keys(benchmarks).join(', ')}.\n`)
  process.exitCode = 2
} else {
  for (const [name, run] of Object.entries(benchmarks))
    if (names.length === 0 || names.includes(name)) await run(options, parts)
}
