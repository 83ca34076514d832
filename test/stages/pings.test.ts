import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { Pings } from '../../src/stages/pings.ts'
import { dump, openNewsroom } from '../newsroom.ts'

/** A hub, what it was told, and how it answers. */
let server: Server
let address: string
let told: URLSearchParams[]
let status: number

beforeEach(async () => {
  told = []
  status = 204
  server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', () => {
        if (request.method === 'POST' && status < 300) told.push(new URLSearchParams(String(Buffer.concat(chunks))))
        response.writeHead(status).end()
      })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

const topics = () => told.map(form => String(form.get('hub.url'))).toSorted()
const editionsOf = (feed: string) =>
  ['atom', 'json', 'rss'].map(ending => `https://news.example/feeds/${feed}.${ending}`)

it('a hub is told of each edition of a public feed that has changed, and of nothing else', async () => {
  await using room = await openNewsroom({
    site: { hub: address },
    files: { 'a.txt': dump('Alpha') },
    feeds: { all: { title: 'All' }, club: { title: 'Club', access: 'partners' } },
  })
  const publish = async () => {
    for (const feed of ['all', 'club']) await room.app.publish(feed)
    await (await room.app.pings()).settled()
  }
  await room.app.collect('desk')
  await publish()
  expect(topics()).toEqual(editionsOf('all'))
  expect(told.map(form => form.get('hub.mode'))).toEqual(Array(3).fill('publish'))
  await publish()
  expect(told).toHaveLength(3)
  await room.home.write('a.txt', dump('Alpha, again'))
  await room.app.collect('desk')
  await publish()
  expect(told).toHaveLength(6)
})

it('a site without a hub tells nobody', async () => {
  await using room = await openNewsroom({ files: { 'a.txt': dump('Alpha') } })
  await room.app.collect('desk')
  await room.app.publish('all')
  await (await room.app.pings()).settled()
  expect(told).toEqual([])
})

it('what a hub does not take is told with the next change, and its outage once in the log', async () => {
  const lines: { level: number; reason?: string; waiting?: number }[] = []
  const log = pino({ level: 'info' }, { write: (line: string) => lines.push(JSON.parse(line) as (typeof lines)[0]) })
  await using pings = new Pings(log)
  const tell = async (topic: string) => {
    pings.tell(address, [topic])
    await pings.settled()
  }
  status = 503
  await tell('https://news.example/1')
  await tell('https://news.example/2')
  expect(lines).toMatchObject([{ level: 40, reason: 'status 503', waiting: 1 }])
  status = 202
  await tell('https://news.example/3')
  expect(topics()).toEqual(['https://news.example/1', 'https://news.example/2', 'https://news.example/3'])
  expect(lines).toMatchObject([{ level: 40 }, { level: 30 }])
})

it('a hub that is away costs nothing but its line in the log', async () => {
  server.close()
  await once(server, 'close')
  const lines: string[] = []
  await using pings = new Pings(pino({ level: 'info' }, { write: (line: string) => lines.push(line) }))
  const addresses = Array.from({ length: 20_000 }, (_, at) => `https://news.example/${at}`)
  for (const topic of addresses) pings.tell(address, [topic])
  await pings.settled()
  expect(lines).toHaveLength(1)
})
