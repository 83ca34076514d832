import { Connection } from '../serve/connection.js'
import { sideBySide } from '../side-by-side.js'
import { openAsker } from './asking.js'
import { get } from './crowd.js'
import { WireNewsroom } from './newsroom.js'
import { printTable, promise } from './promises.js'

const feeds = { all: 'title: All\n', club: 'title: All\naccess: partners\n' }

/** Requests a minute: never too many. */
const rate = 1_000_000_000

/**
 * What it costs the edge that a partner asks, who is told from others, counted, and written down: editions of the same articles, a partner's by
 * its token beside a public one, whole (gzip) and unchanged, a second. `rounds=21`, `seconds=0.3`.
 */
export async function benchEditions({ rounds = '21', seconds = '0.3', profile }) {
  let token
  const newsroom = await WireNewsroom.open({
    feeds,
    articles: 60,
    profile,
    async prepare({ app, tokenOf }) {
      token = await tokenOf('reader', { feeds: ['club'], rate })
      for (const feed of Object.keys(feeds)) await app.publish(feed)
    },
  })
  const asker = await openAsker()
  try {
    const bearer = `Authorization: Bearer ${token}`
    await newsroom.shows('/feeds/all.rss')
    await newsroom.shows('/feeds/club.rss', bearer)
    const { port } = newsroom
    const rows = []
    const kept = []
    for (const status of ['200', '304']) {
      const open = await requestFor(port, '/feeds/all.rss', [], status)
      const partners = await requestFor(port, '/feeds/club.rss', [bearer], status)
      const ask = async request => {
        const { rate: answers, statuses } = await asker.ask({ port, requests: [request], seconds: Number(seconds) })
        if (Object.keys(statuses).join() !== status) throw new Error(`${status} expected: ${JSON.stringify(statuses)}`)
        return answers
      }
      const { ours, theirs, ratio } = await sideBySide(
        () => ask(partners),
        () => ask(open),
        { idle: 2, measured: Number(rounds) },
      )
      rows.push([status, Math.round(ours).toLocaleString('en'), Math.round(theirs).toLocaleString('en')])
      kept.push([`a partner’s ${status}, of the public edition’s`, ratio])
    }
    printTable(['editions', 'partner’s, a second', 'public, a second'], rows)
    for (const [what, ratio] of kept) promise(what, ratio, { least: 0.97 })
  } finally {
    asker.close()
    await newsroom.close()
  }
}

async function requestFor(port, path, fields, status) {
  const asked = ['Accept-Encoding: gzip', ...fields]
  if (status === '200') return get(path, ...asked)
  const connection = new Connection(port)
  const { head } = await connection.ask(get(path, ...asked))
  connection.close()
  return get(path, ...asked, `If-None-Match: ${/\r\netag: ("[^"]+")/i.exec(head)[1]}`)
}
