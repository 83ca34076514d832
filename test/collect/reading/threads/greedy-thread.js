/** Reads nothing; takes all the time or all the memory for files that say so. */
export default function readPortion({ stored }) {
  for (const { path } of stored) {
    if (path === 'endless') for (;;);
    if (path === 'hungry') for (const hoard = []; ;) hoard.push(Array.from({ length: 100_000 }, (_, at) => at))
    if (path === 'crash') process.exit(3)
    if (path === 'throws') throw new TypeError('a fault of ours')
  }
  return { inputs: stored.map(({ path }) => ({ path, signature: '', digest: path, outcome: [] })), rest: [] }
}
