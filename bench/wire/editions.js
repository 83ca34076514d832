import { join, resolve } from 'node:path'
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
 * What it costs the edge that it is a partner who asks, whom it tells from others, counts and writes down: whole editions (gzip) and unchanged
 * ones, a second. A partner's, by its token, beside a public one of the same articles; and with `other=DIR` beside the same partner's from the build
 * of another checkout (`DIR/dist`), as of the commit before such a thing was added, which may cost a thirtieth. `rounds=21`, `seconds=0.3`.
 */
export async function benchEditions({ rounds = '21', seconds = '0.3', profile, other }) {
  const servers = [await openServer({ profile })]
  const asker = await openAsker()
  try {
    if (other !== undefined) servers.push(await openServer({ program: join(resolve(other), 'dist/main.js') }))
    const ask = async ({ port }, request, status) => {
      const { rate: answers, statuses } = await asker.ask({ port, requests: [request], seconds: Number(seconds) })
      if (Object.keys(statuses).join() !== status) throw new Error(`${status} expected: ${JSON.stringify(statuses)}`)
      return answers
    }
    const rows = []
    const kept = []
    for (const status of ['200', '304']) {
      const [our, their] = servers
      const partners = await requestFor(our.port, '/feeds/club.rss', [our.bearer], status)
      const open = await requestFor(our.port, '/feeds/all.rss', [], status)
      const compare = run => sideBySide(() => ask(our, partners, status), run, { idle: 8, measured: Number(rounds) })
      const beside = await compare(() => ask(our, open, status))
      rows.push([status, 'public', ...figures(beside)])
      if (their === undefined) continue
      const before = await requestFor(their.port, '/feeds/club.rss', [their.bearer], status)
      const found = await compare(() => ask(their, before, status))
      rows.push([status, other, ...figures(found)])
      kept.push([`a partner’s ${status}, of ${other}`, found.ratio])
    }
    printTable(['a partner’s editions', 'beside', 'a second', 'beside it', 'ratio'], rows)
    for (const [what, ratio] of kept) promise(what, ratio, { least: 0.97 })
    if (other === undefined)
      process.stdout.write('what is promised of audit is told beside a build without it: other=DIR\n')
  } finally {
    asker.close()
    for (const { close } of servers) await close()
  }
}

function figures({ ours, theirs, ratio }) {
  return [...[ours, theirs].map(each => Math.round(each).toLocaleString('en')), ratio.toFixed(2)]
}

/** A newsroom with a public feed and a partners' one, and the header by which a partner asks. */
async function openServer({ profile, program }) {
  let token
  const newsroom = await WireNewsroom.open({
    feeds,
    articles: 60,
    ...(profile !== undefined && { profile }),
    ...(program !== undefined && { program }),
    async prepare({ app, tokenOf }) {
      token = await tokenOf('reader', { feeds: ['club'], rate })
      for (const feed of Object.keys(feeds)) await app.publish(feed)
    },
  })
  const bearer = `Authorization: Bearer ${token}`
  await newsroom.shows('/feeds/all.rss')
  await newsroom.shows('/feeds/club.rss', bearer)
  return { port: newsroom.port, bearer, close: () => newsroom.close() }
}

async function requestFor(port, path, fields, status) {
  const asked = ['Accept-Encoding: gzip', ...fields]
  if (status === '200') return get(path, ...asked)
  const connection = new Connection(port)
  const { head } = await connection.ask(get(path, ...asked))
  connection.close()
  return get(path, ...asked, `If-None-Match: ${/\r\netag: ("[^"]+")/i.exec(head)[1]}`)
}
