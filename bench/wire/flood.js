import { sideBySide } from '../side-by-side.js'
import { openAsker } from './asking.js'
import { get } from './crowd.js'
import { WireNewsroom } from './newsroom.js'
import { printTable, promise } from './promises.js'

/** Requests a minute that each may ask, and how often the one asks all the same. */
const rates = { neighbour: 1_000_000, flooding: 600 }
const tenfold = (60 / rates.flooding / 10) * 1000

/**
 * How long a partner waits for pages of the wire while another asks for ten times what was agreed on, beside how long alone. `rounds=15` of
 * `seconds=2`.
 */
export async function benchFlood({ rounds = '15', seconds = '2', profile }) {
  const tokens = {}
  const newsroom = await WireNewsroom.open({
    feeds: { all: 'title: All\n', club: 'title: Club\naccess: partners\n' },
    articles: 100,
    profile,
    async prepare({ tokenOf }) {
      for (const [name, rate] of Object.entries(rates)) tokens[name] = await tokenOf(name, { feeds: ['club'], rate })
    },
  })
  const [neighbour, flooding] = [await openAsker(), await openAsker()]
  try {
    const { port } = newsroom
    const task = (name, every) => ({
      port,
      requests: [get('/wire?limit=50', `Authorization: Bearer ${tokens[name]}`)],
      seconds: Number(seconds),
      connections: 8,
      every,
    })
    const alone = () => neighbour.ask(task('neighbour', 10))
    // What it may ask at once is used up before.
    for (let answered; answered?.['429'] === undefined;)
      answered = (await flooding.ask({ ...task('flooding'), seconds: 1 })).statuses
    const statuses = {}
    const beside = async () => {
      const [answers, flood] = await Promise.all([alone(), flooding.ask(task('flooding', tenfold))])
      for (const [status, count] of Object.entries(flood.statuses)) statuses[status] = (statuses[status] ?? 0) + count
      return answers
    }
    const { ours, theirs, ratio } = await sideBySide(
      async () => (await beside()).p99,
      async () => (await alone()).p99,
      { idle: 1, measured: Number(rounds) },
    )
    printTable(
      ['pages of 50', 'p99, ms'],
      [
        ['alone', theirs.toFixed(2)],
        ['beside a flood', ours.toFixed(2)],
      ],
    )
    process.stdout.write(`the flood was answered ${JSON.stringify(statuses)}\n`)
    promise('a neighbour’s p99 beside a flood, of alone', ratio, { most: 1.2 })
  } finally {
    neighbour.close()
    flooding.close()
    await newsroom.close()
  }
}
