import { describe, expect, it } from 'vitest'
import { mintKey } from '../src/article.ts'
import { dump } from './newsroom.ts'
import { makeProgramHome, type ProgramHome, type Running } from './processes.ts'
import { startRedis, until, type TestRedis } from './redis.ts'

const feeds = { all: { title: 'All' }, sport: { title: 'Sport', select: { sections: ['Sport'] } } }
const files = { 'a.txt': dump('Alpha'), 'b.txt': dump('Beta', { section: 'Sport' }) }
const page = `/articles/desk-${mintKey('a.txt')}`

/** A worker and an edge, as two machines would run them. */
interface Service {
  worker: Running
  edge: Running
  url: string
}

async function serve(home: ProgramHome): Promise<Service> {
  const worker = home.run(['work'])
  const edge = home.run(['serve'])
  const [, port = ''] = await edge.said(/"port":(\d+),"msg":"serving"/)
  const url = `http://127.0.0.1:${port}`
  await until(async () => (await readiness(url)) === 'ready')
  return { worker, edge, url }
}

/** The status of `/readyz`, where its answer is a 200. */
async function readiness(url: string): Promise<string | undefined> {
  const response = await fetch(`${url}/readyz`)
  const { status } = (await response.json()) as { status: string }
  return response.status === 200 ? status : undefined
}

async function titles(url: string, feed = 'all'): Promise<string[]> {
  const { items } = (await (await fetch(`${url}/feeds/${feed}.json`)).json()) as { items: { title: string }[] }
  return items.map(({ title }) => title).toSorted()
}

/** Readers that ask for editions without a break, until the load is taken off. Resolves to every status there was, or error. */
function load(url: string): { end: () => Promise<string[]>; count: () => number } {
  const paths = ['/feeds/all.rss', '/feeds/all.atom', '/feeds/sport.json', '/feeds/all']
  const outcomes = new Set<string>()
  let count = 0
  const ending = new AbortController()
  const readers = paths.map(async path => {
    let etag = ''
    while (!ending.signal.aborted) {
      const headers = new Headers(count % 2 === 0 ? {} : { 'If-None-Match': etag })
      const outcome = await fetch(url + path, { headers }).then(
        async response => {
          await response.arrayBuffer()
          etag = response.headers.get('etag') ?? ''
          return String(response.status)
        },
        (error: unknown) => String(error),
      )
      outcomes.add(outcome)
      count++
    }
  })
  return {
    count: () => count,
    async end() {
      ending.abort()
      await Promise.all(readers)
      return [...outcomes].toSorted()
    },
  }
}

/** The article's page is a 503 that says when to come again. */
async function expectRefused(url: string): Promise<void> {
  const response = await fetch(url + page)
  expect(response.status).toBe(503)
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
}

interface Outage {
  kind: string
  begin: (redis: TestRedis) => unknown
  end: (redis: TestRedis) => unknown
}

const outages: Outage[] = [
  { kind: 'stopped', begin: redis => redis.stop(), end: redis => redis.restart() },
  { kind: 'killed', begin: redis => redis.kill(), end: redis => redis.restart() },
  { kind: 'silent', begin: redis => redis.pause(), end: redis => redis.resume() },
]

describe.each(outages)('a Redis that is $kind under load', ({ begin, end }) => {
  it('stops no edition; all goes on by itself when it is back', async () => {
    await using redis = await startRedis({ tcp: true })
    await using home = await makeProgramHome({ redis, files, feeds })
    const { worker, edge, url } = await serve(home)
    const readers = load(url)
    await begin(redis)
    await expectRefused(url)
    await until(async () => (await readiness(url)) === 'degraded')
    await expectRefused(url)
    await home.write('c.txt', dump('Gamma'))
    const before = readers.count()
    await until(() => readers.count() > before + 100)
    await end(redis)
    await until(async () => (await titles(url)).includes('Gamma'))
    await until(async () => (await readiness(url)) === 'ready')
    expect((await fetch(url + page)).status).toBe(200)
    expect(await readers.end()).toEqual(['200', '304'])
    expect((await worker.kill()).code).toBe(0)
    expect((await edge.kill()).code).toBe(0)
  })

  it('holds up neither a worker nor an edge that is told to end', async () => {
    await using redis = await startRedis({ tcp: true })
    await using home = await makeProgramHome({ redis, files, feeds })
    const { worker, edge, url } = await serve(home)
    await begin(redis)
    await until(async () => (await readiness(url)) === 'degraded')
    const exits = await Promise.all([worker.kill(), edge.kill()])
    expect(exits.map(({ code }) => code)).toEqual([0, 0])
  })
})

describe('a Redis that has lost its data', () => {
  it('is filled again by the worker, and no reader sees a feed without its articles', async () => {
    await using redis = await startRedis({ tcp: true })
    await using home = await makeProgramHome({ redis, files, feeds })
    const { url } = await serve(home)
    const ids = async () => (await fetch(`${url}/feeds/all.json`)).text()
    const before = await ids()
    const readers = load(url)
    const client = redis.client()
    await client.flushall()
    let whole = true
    await until(async () => {
      whole &&= (await ids()) === before
      const published = await client.hgetall('{wire}:published')
      return Object.keys(published).length === 2 && (await readiness(url)) === 'ready'
    })
    await home.write('c.txt', dump('Gamma'))
    await client.flushall()
    await until(async () => (await titles(url)).includes('Gamma'))
    expect(await titles(url, 'sport')).toEqual(['Beta'])
    expect(whole).toBe(true)
    expect(await client.get('{wire}:position')).toBe('3')
    expect(await readers.end()).toEqual(['200', '304'])
  })
})
