import Table from 'cli-table3'

/** Prints a table, its first column to the left. */
export function printTable(head, rows) {
  const table = new Table({
    head,
    colAligns: ['left', ...head.slice(1).map(() => 'right')],
    style: { head: [], border: [] },
  })
  table.push(...rows)
  process.stdout.write(`${table.toString()}\n`)
}

/** Prints a figure beside what is promised of it (`least` or `most`), and makes the run fail where it is not kept. */
export function promise(what, figure, { least, most, digits = 2 }) {
  const isKept = (least === undefined || figure >= least) && (most === undefined || figure <= most)
  const bound = least === undefined ? `at most ${most}` : `at least ${least}`
  process.stdout.write(`${isKept ? 'kept' : 'NOT KEPT'}: ${what} ${figure.toFixed(digits)}, promised ${bound}\n`)
  if (!isKept) process.exitCode = 1
}

/** The value below which this share of them lies. */
export function percentile(numbers, share) {
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
}
