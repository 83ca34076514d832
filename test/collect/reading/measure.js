import { existsSync, writeFileSync } from 'node:fs'
import { readFile } from '../../../dist/collect/sources/folder.js'
import { readArticles } from '../../../dist/collect/reading/read.js'

/*
 * A process of its own, whose memory is nobody else's: reads files as collect does, and prints of each what it came to,
 * the seconds of processor time and the megabytes by which the peak of memory has grown.
 * Arguments: a source as JSON, then paths in its folder. The first warms up what is loaded late. Needs --expose-gc.
 */
const peakReset = '/proc/self/clear_refs'
const [source, ...paths] = [JSON.parse(process.argv[2] ?? ''), ...process.argv.slice(3)]
for (const path of paths) {
  forgetPeak()
  const peak = process.resourceUsage().maxRSS
  const before = process.cpuUsage()
  const outcome = read(path)
  const { user, system } = process.cpuUsage(before)
  const megabytes = (process.resourceUsage().maxRSS - peak) / 1024
  process.stdout.write(`${JSON.stringify({ path, outcome, seconds: (user + system) / 1e6, megabytes })}\n`)
}

/** Of the files before, which may have taken more. Linux alone can: elsewhere the peak never goes down. */
function forgetPeak() {
  globalThis.gc()
  if (existsSync(peakReset)) writeFileSync(peakReset, '5')
}

function read(path) {
  try {
    const [first] = readArticles(readFile(source, path).bytes, source, path)
    return first instanceof Error ? first.message : 'an article'
  } catch (error) {
    if (error.name === 'Unusable') return error.message
    throw error
  }
}
