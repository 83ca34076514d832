import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readlink, readFile, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { mintKey } from '../../../src/article.ts'
import { kill } from '../../../src/operate/life.ts'
import { createLog } from '../../../src/log.ts'
import { PartnerList } from '../../../src/partners/partner-list.ts'
import { createEdge } from '../../../src/serve/edge/edge.ts'
import { Follower } from '../../../src/serve/edge/follower.ts'
import { Memory } from '../../../src/serve/edge/memory.ts'
import { startServer, type RunningServer } from '../../../src/serve/http/server.ts'
import { Shelf } from '../../../src/serve/edge/shelf.ts'
import { connect, disconnect, type RedisClient } from '../../../src/store/redis/connect.ts'
import { dump, openNewsroom, type Newsroom } from '../../newsroom.ts'
import { until } from '../../redis.ts'
import { ask, type RawResponse } from '../raw.ts'

const log = createLog('silent', 'test')
const names = ['alpha', 'beta', 'gamma', 'delta', 'epsilon', 'zeta']
const bytes = 50_000

/** So much that the editions do not fit into memory. */
function longText(name: string): string {
  return Array.from({ length: 90 }, (_, i) => createHash('sha256').update(`${name} ${i}`).digest('base64url')).join(' ')
}

let room: Newsroom
let memory: Memory
let shelf: Shelf
let subscriber: RedisClient
let follower: Follower
let server: RunningServer
beforeEach(async () => {
  const feeds = Object.fromEntries(names.map(name => [name, { title: name, select: { sections: [name] } }]))
  const files = Object.fromEntries(
    names.map(name => [`${name}.txt`, dump(name, { section: name, text: longText(name) })]),
  )
  room = await openNewsroom({ ownRedis: true, feeds, files })
  const { config, store } = room.app
  memory = new Memory({ bytes, folder: join(room.home.folder, 'editions'), log })
  shelf = new Shelf(config.site, memory)
  subscriber = connect(room.redis.address, log, 'wait')
  follower = new Follower({
    store,
    subscriber,
    shelf,
    feeds: config.feeds,
    sources: ['desk'],
    takedowns: room.app.takedowns,
    partners: new PartnerList({ store, clock: Date.now }),
    log,
  })
  const edge = createEdge(shelf, config)
  server = await startServer({
    handler: (request, response) => edge(request, response, () => response.writeHead(404).end()),
    host: '127.0.0.1',
    port: 0,
  })
  follower.start()
  await room.app.collect('desk')
  for (const name of names) await room.app.publish(name)
  await until(() => follower.readiness().status === 'ready')
  await shelf.settled()
})
afterEach(async () => {
  await server.stop()
  await follower[Symbol.asyncDispose]()
  await shelf[Symbol.asyncDispose]()
  disconnect(subscriber)
  await room[Symbol.asyncDispose]()
})

function get(feed: string, ...lines: string[]): Promise<RawResponse> {
  return ask(server.port, `/feeds/${feed}.json`, lines)
}

async function expectAll(status: number): Promise<void> {
  for (const name of names) {
    for (const coding of ['identity', 'gzip', 'br'])
      expect([name, (await get(name, `Accept-Encoding: ${coding}`)).status]).toEqual([name, status])
  }
}

/** Files in which editions lie now. None where the system does not say. */
async function ownFiles(): Promise<string[]> {
  const descriptors = await readdir('/proc/self/fd').catch(() => [])
  const files = descriptors.map(async descriptor => {
    const file = `/proc/self/fd/${descriptor}`
    const path = await readlink(file).catch(() => '')
    return path.startsWith(join(room.home.folder, 'editions')) ? [file] : []
  })
  return (await Promise.all(files)).flat()
}

describe('an edge that starts beside others', () => {
  it('listens once it has what stands in the store', async () => {
    await using other = await openNewsroom({ files: { 'a.txt': dump('One') } })
    await other.app.collect('desk')
    await other.app.publish('all')
    const beside = await other.app.serve()
    expect((await ask(beside.server.port, '/feeds/all.rss')).status).toBe(200)
  })
})

describe('an edge with little memory', () => {
  it('gives every edition, while Redis is away too', async () => {
    expect(memory.size).toBeLessThanOrEqual(bytes)
    await expectAll(200)
    await room.redis.stop()
    await until(() => follower.readiness().status === 'degraded')
    await expectAll(200)
    await shelf.settled()
    expect(memory.size).toBeLessThanOrEqual(bytes)
    for (const name of names) expect((await get(name)).body.toString()).toContain(longText(name))
  })

  it('has a killed article nowhere, in memory or on disk', async () => {
    const { app } = room
    expect((await get('alpha')).body.toString()).toContain('</p>')
    for (const name of names) {
      await kill(`desk/${mintKey(`${name}.txt`)}`, 'untrue', { store: app.store, now: room.now })
      await app.publish(name)
    }
    await until(async () =>
      (await Promise.all(names.map(name => get(name)))).every(({ body }) => !body.toString().includes('</p>')),
    )
    await shelf.settled()
    // What is left are feeds without an article; what was dropped is zeros.
    expect(memory.size).toBeLessThan(bytes / 2)
    for (const file of await ownFiles()) {
      const all = await readFile(file)
      expect(all.filter(byte => byte !== 0).length).toBeLessThan(all.length / 10)
    }
  })

  it.skipIf(!existsSync('/proc/self/fd'))('loads again what its disk has lost', async () => {
    for (const file of await ownFiles()) await truncate(file, 10)
    const statuses = await Promise.all(names.map(async name => (await get(name)).status))
    expect(statuses).toContain(503)
    await until(async () => (await Promise.all(names.map(name => get(name)))).every(({ status }) => status === 200))
  })
})
