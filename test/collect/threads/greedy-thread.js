/** Reads nothing; takes all the time or all the memory for files that say so. */
export default function readPortion({ stored }) {
  for (const { path } of stored) {
    while (path === 'endless');
    const hoard = []
    while (path === 'hungry') hoard.push(new Array(1_000_000).fill(path.length))
    if (path === 'crash') process.exit(3)
    if (path === 'throws') throw new TypeError('a fault of ours')
  }
  return { inputs: stored.map(({ path }) => ({ path, signature: '', digest: path, outcome: [] })), rest: [] }
}
