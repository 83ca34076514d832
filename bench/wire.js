import { benchPolls } from './wire/polls.js'
import { benchStreams } from './wire/streams.js'

/** What is measured of the wire, each by itself: `npm run bench -- wire NAME...`. */
export const wireParts = {
  streams: benchStreams,
  polls: benchPolls,
}

/** The wire beside what others give, and beside its promises. Fails where one is not kept. */
export async function benchWire(options, names = []) {
  const wanted = Object.entries(wireParts).filter(([name]) => names.length === 0 || names.includes(name))
  for (const [at, [name, run]] of wanted.entries()) {
    process.stdout.write(`\nwire ${name} (${at + 1} of ${wanted.length})\n`)
    await run(options)
  }
}
