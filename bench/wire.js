import { benchEditions } from './wire/editions.js'
import { benchFlood } from './wire/flood.js'
import { benchMany } from './wire/many.js'
import { benchPolls } from './wire/polls.js'
import { benchReplay } from './wire/replay.js'
import { benchStreams } from './wire/streams.js'
import { benchTakedown } from './wire/takedown.js'

/** What is measured of the wire, each by itself: `npm run bench -- wire NAME...`. */
export const wireParts = {
  streams: benchStreams,
  polls: benchPolls,
  replay: benchReplay,
  editions: benchEditions,
  flood: benchFlood,
  crowd: benchMany,
  takedown: benchTakedown,
}

/** The wire beside what others give, and beside its promises. Fails where one is not kept. */
export async function benchWire(options, names = []) {
  const wanted = Object.entries(wireParts).filter(([name]) => names.length === 0 || names.includes(name))
  for (const [at, [name, run]] of wanted.entries()) {
    process.stdout.write(`\nwire ${name} (${at + 1} of ${wanted.length})\n`)
    await run(options)
  }
}
