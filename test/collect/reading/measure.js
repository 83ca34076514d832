import { readFile } from '../../../dist/collect/sources/folder.js'
import { outcomesOf } from '../../../dist/collect/reading/read.js'

/*
 * A process of its own, since the peak of its memory never goes down: reads files as collect does, and prints of each
 * what it came to, the seconds of processor time and the megabytes by which the peak has grown.
 * Arguments: a source as JSON, then paths in its folder. The first warms up what is loaded late.
 */
const [source, ...paths] = [JSON.parse(process.argv[2] ?? ''), ...process.argv.slice(3)]
for (const path of paths) {
  const peak = process.resourceUsage().maxRSS
  const before = process.cpuUsage()
  const outcome = read(path)
  const { user, system } = process.cpuUsage(before)
  const megabytes = (process.resourceUsage().maxRSS - peak) / 1024
  process.stdout.write(`${JSON.stringify({ path, outcome, seconds: (user + system) / 1e6, megabytes })}\n`)
}

function read(path) {
  try {
    const outcomes = outcomesOf(readFile(source, path).bytes, source)
    const [first] = Array.isArray(outcomes) ? outcomes : [outcomes]
    return first instanceof Error ? first.message : 'an article'
  } catch (error) {
    if (error.name === 'Unusable') return error.message
    throw error
  }
}
