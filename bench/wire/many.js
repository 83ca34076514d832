import { Crowd, get } from './crowd.js'
import { atRest, residentBytes } from './processes.js'
import { percentile, printTable } from './promises.js'
import { openFeedwire } from './tellers.js'

/** Files that a process needs besides its connections. */
const besides = 200

/** Ten thousand streams and ten thousand long polls in one process: what each costs, and when the last has a change. `many=10000`, `rounds=5`. */
export async function benchMany({ many = '10000', rounds = '5', profile }) {
  const count = possible(Number(many))
  const teller = await openFeedwire({ profile })
  const { port, pid, cursor, publish, stop } = teller
  const crowds = []
  try {
    const paths = { stream: '/wire/stream?after=', poll: '/wire?wait=30&after=' }
    const sizes = {}
    for (const [kind, path] of Object.entries(paths)) {
      const before = residentBytes(pid)
      crowds.push(await Crowd.gather({ port, count, request: get(path + (await cursor())) }))
      await atRest(pid)
      sizes[kind] = (residentBytes(pid) - before) / count / 1024
    }
    const times = { stream: [], poll: [] }
    for (let round = 0; round < Number(rounds); round++) {
      const mark = `mark-${round}-end`
      const heard = await Crowd.hearTogether(crowds, { mark, publish: () => publish(mark) })
      for (const [at, kind] of Object.keys(times).entries())
        times[kind].push(...heard[at].times.map(time => time - heard[at].begun))
      await atRest(pid)
      await crowds[1].ask(get(paths.poll + (await cursor())))
      await atRest(pid)
    }
    printTable(
      [`${count} of each in one process`, 'kB each', 'p50, ms *', 'last, ms *'],
      Object.keys(paths).map(kind => [
        kind,
        sizes[kind].toFixed(1),
        percentile(times[kind], 0.5).toFixed(0),
        percentile(times[kind], 1).toFixed(0),
      ]),
    )
    process.stdout.write('* from the commit as Redis tells it until each has the change; the slowest of all rounds\n')
  } finally {
    for (const crowd of crowds) crowd.disperse()
    await stop()
  }
}

/** As many connections as one process may have files open. */
function possible(wanted) {
  const limit = Number(process.report.getReport().userLimits.open_files.hard)
  const most = Number.isNaN(limit) ? wanted : Math.floor((limit - besides) / 2)
  if (most >= wanted) return wanted
  process.stdout.write(
    `a process may have ${limit} files open here (ulimit -Hn): ${most} of each instead of ${wanted}\n`,
  )
  return most
}
