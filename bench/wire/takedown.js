import { refOf, uriOf } from '../../dist/article.js'
import { showTakedown } from '../../dist/operate/takedowns.js'
import { waitFor } from '../program.js'
import { Crowd, get } from './crowd.js'
import { atRest } from './processes.js'
import { percentile, printTable } from './promises.js'
import { WireNewsroom } from './newsroom.js'

/**
 * Many partners hold an article, each connected by its own token, half by stream and half by long poll, and it is killed: when each has that.
 * And what `takedown show` says: when the kill is done, when each has it, and when each has asked behind it, which is how it is known.
 * `partners=1000`, `rounds=3`.
 */
export async function benchTakedown({ partners = '1000', rounds = '3', profile }) {
  const count = Number(partners)
  const tokens = []
  const newsroom = await WireNewsroom.open({
    feeds: { all: 'title: All\n', club: 'title: Club\naccess: partners\n' },
    articles: Number(rounds) + 10,
    profile,
    async prepare({ tokenOf }) {
      process.stdout.write(`adding ${count} partners ...\n`)
      for (let i = 0; i < count; i++) tokens.push(await tokenOf(`partner-${i}`, { feeds: ['club'], rate: 100_000 }))
    },
  })
  const crowds = []
  try {
    const { port, pid, app } = newsroom
    const half = Math.ceil(count / 2)
    const requests = async kind => {
      const path = kind === 'stream' ? '/wire/stream?after=' : '/wire?wait=30&after='
      const own = kind === 'stream' ? tokens.slice(0, half) : tokens.slice(half)
      // Each has read the view to its end.
      return await Promise.all(
        own.map(async token => get(path + (await newsroom.cursor(bearer(token))), bearer(token))),
      )
    }
    const times = { stream: [], poll: [] }
    const shown = []
    const statesOf = async ref => {
      const { site } = app.config
      const { holders } = await showTakedown(uriOf(site.authority, ref), { site, store: app.store })
      const inState = wanted => holders.filter(({ state }) => state === wanted).length
      return { holders: holders.length, pending: inState('pending'), told: inState('told') }
    }
    for (const kind of Object.keys(times)) {
      const asked = await requests(kind)
      crowds.push(await Crowd.gather({ port, count: asked.length, request: asked }))
    }
    for (const head of await app.store.articles.list({ limit: Number(rounds) })) {
      await atRest(pid)
      const mark = `untrue-${head.key}-end`
      const heard = await Crowd.hearTogether(crowds, { mark, publish: () => newsroom.kill(refOf(head), mark) })
      times.stream.push(...heard[0].times.map(time => time - heard[0].begun))
      times.poll.push(...heard[1].times.map(time => time - heard[1].begun))
      shown.push(['each has it', ...Object.values(await statesOf(refOf(head)))])
      await crowds[1].ask(await requests('poll'))
      await waitFor(async () => (await statesOf(refOf(head))).told >= count - half)
      shown.push(['each poll has asked behind it', ...Object.values(await statesOf(refOf(head)))])
    }
    printTable(
      [`${count} partners who hold it`, 'p50, ms *', 'p99, ms *', 'last, ms *'],
      Object.entries(times).map(([kind, each]) => [
        kind,
        ...[0.5, 0.99, 1].map(share => percentile(each, share).toFixed(0)),
      ]),
    )
    process.stdout.write('* from the commit of the kill, as Redis tells it, until each has it\n')
    printTable(['takedown show, when', 'holders', 'not told', 'told'], shown)
    process.stdout.write('who streams is known to be told when the stream is resumed: after ten minutes at the most\n')
  } finally {
    for (const crowd of crowds) crowd.disperse()
    await newsroom.close()
  }
}

function bearer(token) {
  return `Authorization: Bearer ${token}`
}
