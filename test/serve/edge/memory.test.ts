import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, readlink, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Coding, FeedEditions } from '../../../src/edition.ts'
import type { Feed } from '../../../src/feed.ts'
import { createLog } from '../../../src/log.ts'
import { createEdge } from '../../../src/serve/edge/edge.ts'
import { Memory } from '../../../src/serve/edge/memory.ts'
import { startServer, type RunningServer } from '../../../src/serve/http/server.ts'
import { editionPath } from '../../../src/show/addresses.ts'
import { Shelf } from '../../../src/serve/edge/shelf.ts'
import { ask } from '../raw.ts'
import { makeArticle, makeFeed, seal, site } from '../samples.ts'

const feeds = Array.from({ length: 20 }, (_, i) => makeFeed(`feed-${i}`))
const bytes = 80_000
const codings: Coding[] = ['identity', 'gzip', 'br']

/** Text that does not compress well: some 5 kB in each coding. */
function noise(seed: string): string {
  return Array.from({ length: 120 }, (_, i) => createHash('sha256').update(`${seed} ${i}`).digest('base64url')).join(
    ' ',
  )
}

const made = new Map<string, FeedEditions>()

function editionsOf(feed: Feed, title = 'First'): FeedEditions {
  const name = `${feed.name} ${title}`
  const editions = made.get(name) ?? seal(feed, [makeArticle({ title, html: `<p>${noise(name)}</p>` })])
  made.set(name, editions)
  return editions
}

let folder: string
let memory: Memory
let shelf: Shelf
let server: RunningServer
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'feedwire-'))
  await open(new Memory({ bytes, folder: join(folder, 'editions'), log: createLog('silent', 'test') }))
})
afterEach(async () => {
  await server.stop()
  await shelf[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

async function open(bound: Memory): Promise<void> {
  memory = bound
  shelf = new Shelf(site, memory)
  const edge = createEdge(shelf, { site, feeds })
  server = await startServer({
    handler: (request, response) => edge(request, response, () => response.writeHead(404).end()),
    host: '127.0.0.1',
    port: 0,
  })
}

async function putAll(): Promise<void> {
  for (const feed of feeds) {
    shelf.put(editionsOf(feed), feed)
    await shelf.settled()
  }
}

function get(feed: string, coding: Coding = 'gzip', { format = 'rss', method = 'GET', lines = [] as string[] } = {}) {
  const accept = coding === 'identity' ? [] : [`Accept-Encoding: ${coding}`]
  return ask(server.port, editionPath(feed, format), [...accept, ...lines], method)
}

function decode(body: Buffer, coding: Coding): Buffer {
  if (coding === 'identity') return body
  return coding === 'gzip' ? gunzipSync(body) : brotliDecompressSync(body)
}

function bodyOf(feed: string, coding: Coding = 'gzip') {
  return shelf.find(editionPath(feed, 'rss'))?.direct[coding].body
}

/** Files of the folder that this process holds open: descriptor -> its path, with what the system says of it. */
async function openFiles(): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  for (const descriptor of await readdir('/proc/self/fd')) {
    const path = await readlink(`/proc/self/fd/${descriptor}`).catch(() => '')
    if (path.startsWith(folder)) found.set(descriptor, path)
  }
  return found
}

describe('editions that do not fit into memory', () => {
  test('are given from the disk, byte for byte, in every coding, and memory stays within its bound', async () => {
    await putAll()
    expect(memory.size).toBeLessThanOrEqual(bytes)
    for (const round of [1, 2]) {
      for (const feed of feeds) {
        const [rss] = editionsOf(feed).editions
        for (const coding of codings) {
          const { status, headers, body } = await get(feed.name, coding)
          expect([round, status, headers['content-length']]).toEqual([round, 200, String(body.length)])
          expect(decode(body, coding)).toEqual(rss?.bodies.identity)
        }
      }
      await shelf.settled()
      expect(memory.size).toBeLessThanOrEqual(bytes)
    }
  })

  test('are those that are read least', async () => {
    shelf.put(editionsOf(feeds[0]!), feeds[0]!)
    for (let reading = 0; reading < 4; reading++) await get('feed-0')
    await putAll()
    expect(bodyOf('feed-0')?.bytes).toBeUndefined()
    for (const feed of feeds.slice(1)) {
      for (let reading = 0; reading < 2; reading++) await get('feed-0')
      await get(feed.name, 'br')
    }
    expect(bodyOf('feed-0')?.bytes).toBeDefined()
  })

  test('do not push out what is read often, and nor does its own next edition', async () => {
    const often = feeds[0]!
    shelf.put(editionsOf(often), often)
    for (let reading = 0; reading < 15; reading++) await get(often.name)
    shelf.put(editionsOf(often, 'Second'), often)
    for (const feed of feeds.slice(1, 4)) {
      shelf.put(editionsOf(feed), feed)
      await shelf.settled()
    }
    expect(bodyOf(often.name)?.bytes).toBeDefined()
    expect(bodyOf('feed-1')?.bytes).toBeUndefined()
  })

  test('are brought by no 304 and no HEAD', async () => {
    await putAll()
    const { headers } = await get('feed-0', 'gzip', { method: 'HEAD' })
    expect(headers).toMatchObject({ 'content-encoding': 'gzip', 'content-length': String(bodyOf('feed-0')?.length) })
    const { status } = await get('feed-0', 'gzip', { lines: [`If-None-Match: ${headers['etag']}`] })
    expect(status).toBe(304)
    expect(bodyOf('feed-0')?.bytes).toBeUndefined()
  })

  test('are read once for all who ask at the same time', async () => {
    await putAll()
    const body = bodyOf('feed-0')!
    const read = await Promise.all(Array.from({ length: 20 }, () => body.read()))
    expect(new Set(read).size).toBe(1)
    expect((await Promise.all(Array.from({ length: 20 }, () => get('feed-1')))).map(({ status }) => status)).toEqual(
      Array.from({ length: 20 }, () => 200),
    )
  })

  test('do no harm to a server whose client has left before they came', async () => {
    await putAll()
    for (const { name } of feeds) {
      const socket = connect(server.port, '127.0.0.1')
      socket.on('error', () => undefined)
      socket.write(`GET ${editionPath(name, 'rss')} HTTP/1.1\r\nHost: x\r\n\r\n`, () => socket.resetAndDestroy())
      await once(socket, 'close')
    }
    for (const { name } of feeds) expect((await get(name)).status).toBe(200)
  })

  test('have no name on the disk', async () => {
    await putAll()
    expect(await readdir(join(folder, 'editions'))).toEqual([])
  })

  test('leave memory when they are dropped', async () => {
    await putAll()
    for (const { name } of feeds) shelf.drop(name)
    expect(memory.size).toBe(0)
    expect(await get('feed-0')).toMatchObject({ status: 503 })
  })
})

describe.skipIf(!existsSync('/proc/self/fd'))('the disk (not where open files cannot be seen: no /proc)', () => {
  test('costs one open file, however many editions lie there', async () => {
    await putAll()
    expect((await openFiles()).size).toBe(1)
  })

  test('loses an edition as soon as it is replaced, as after a kill', async () => {
    await putAll()
    const [descriptor] = (await openFiles()).keys()
    const onDisk = async () => {
      const all = await readFile(`/proc/self/fd/${descriptor}`)
      return feeds.filter(feed => editionsOf(feed).editions.some(({ bodies }) => all.includes(bodies.gzip)))
    }
    expect((await onDisk()).length).toBeGreaterThan(10)
    for (const { name } of feeds.slice(0, 10)) shelf.drop(name)
    await expect.poll(async () => (await onDisk()).filter(({ name }) => !shelf.has(name))).toEqual([])
    shelf.put(seal(feeds[10]!, [makeArticle()]), feeds[10]!)
    await expect.poll(async () => (await onDisk()).includes(feeds[10]!)).toBe(false)
    await shelf[Symbol.asyncDispose]()
    await expect.poll(openFiles).toEqual(new Map())
  })

  test('does not grow with the editions that come and go', async () => {
    await putAll()
    const [descriptor] = (await openFiles()).keys()
    const size = async () => (await stat(`/proc/self/fd/${descriptor}`)).size
    const before = await size()
    for (let round = 0; round < 5; round++) await putAll()
    expect(await size()).toBeLessThan(2 * before)
  })

  test('that lost what it was given is no reason for a wrong byte: the reader is to come again, the edition to be put anew', async () => {
    await putAll()
    for (const descriptor of (await openFiles()).keys()) await truncate(`/proc/self/fd/${descriptor}`, 100)
    expect(shelf.isDamaged('feed-0')).toBe(false)
    for (const coding of codings) {
      expect(await get('feed-0', coding)).toMatchObject({ status: 503, headers: { 'retry-after': '5' } })
    }
    expect(shelf.isDamaged('feed-0')).toBe(true)
    shelf.put(editionsOf(feeds[0]!), feeds[0]!)
    expect(shelf.isDamaged('feed-0')).toBe(false)
    expect((await get('feed-0')).status).toBe(200)
  })
})

test('a disk that takes nothing costs memory, one line in the log, and no reader anything', async () => {
  await server.stop()
  const lines: string[] = []
  const log = pino({ base: {} }, { write: (line: string) => void lines.push(line) })
  await writeFile(join(folder, 'taken'), 'a file, where a folder should be')
  await open(new Memory({ bytes, folder: join(folder, 'taken'), log }))
  await putAll()
  expect(memory.size).toBeGreaterThan(bytes)
  for (const { name } of feeds) {
    for (const coding of codings) expect((await get(name, coding)).status).toBe(200)
  }
  expect(lines).toEqual([expect.stringContaining('the disk does not take editions')])
})
