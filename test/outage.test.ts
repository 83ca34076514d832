import { mkdir, rename, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
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

/** Why it is degraded. */
async function trouble(url: string): Promise<string> {
  const { reason = '' } = (await (await fetch(`${url}/readyz`)).json()) as { reason?: string }
  return reason
}

/** How often a process wrote it. */
function times({ stderr }: Running, words: string): number {
  return stderr().split(words).length - 1
}

async function statusOf(home: ProgramHome): Promise<{ code: number | null; problems: unknown }> {
  const { code, stdout } = await home.command('status', '--json')
  return { code, problems: (JSON.parse(stdout) as { problems: unknown }).problems }
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

describe.concurrent.each(outages)('a Redis that is $kind under load', ({ begin, end }) => {
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

/** Redis answers, and takes no writes. */
interface Refusal extends Outage {
  reason: string
}

const set = (key: string, value: string) => (redis: TestRedis) => redis.client().config('SET', key, value)

/** Where a snapshot would go: a folder of that name is in its way. */
async function snapshotOf(redis: TestRedis): Promise<string> {
  const [, folder = ''] = await redis.client().config('GET', 'dir')
  return join(folder, 'dump.rdb')
}

const refusals: Refusal[] = [
  { kind: 'out of memory', reason: 'its memory is full', begin: set('maxmemory', '1mb'), end: set('maxmemory', '0') },
  {
    kind: 'without its replicas',
    reason: 'too few of its replicas',
    begin: set('min-replicas-to-write', '1'),
    end: set('min-replicas-to-write', '0'),
  },
  {
    kind: 'a replica by now',
    reason: 'it is a replica',
    begin: redis => redis.client().replicaof('127.0.0.1', 1),
    end: redis => redis.client().replicaof('NO', 'ONE'),
  },
  {
    kind: 'without a disk',
    reason: 'it cannot write to its disk',
    async begin(redis) {
      await mkdir(await snapshotOf(redis))
      await set('save', '900 1')(redis)
      await redis.client().bgsave()
    },
    async end(redis) {
      await rmdir(await snapshotOf(redis))
      await set('save', '')(redis)
    },
  },
]

describe.concurrent.each(refusals)('a Redis that is $kind', ({ reason, begin, end }) => {
  it('is told as that in the log, by /readyz and by status, and so is its end', async () => {
    await using redis = await startRedis({ tcp: true })
    await using home = await makeProgramHome({ redis, files, feeds, schedule: { collect: '* * * * * *' } })
    const { worker, edge, url } = await serve(home)
    await begin(redis)
    await until(async () => (await trouble(url)).includes(reason))
    expect(await readiness(url)).toBe('degraded')
    await until(() => [worker, edge].every(process => times(process, reason) === 1))
    expect(await statusOf(home)).toMatchObject({ code: 1, problems: [{ kind: 'redis' }] })
    await home.write('c.txt', dump('Gamma'))
    await end(redis)
    await until(async () => (await titles(url)).includes('Gamma'))
    await until(async () => (await readiness(url)) === 'ready')
    await until(() => [worker, edge].every(process => times(process, 'Redis takes writes again') === 1))
    expect(await statusOf(home)).toEqual({ code: 0, problems: [] })
    expect(times(worker, '"level":50')).toBe(1)
  })
})

describe.concurrent('a worker that is not there', () => {
  it('is missed in the log, by /readyz and by status, until there is one', async () => {
    await using redis = await startRedis({ tcp: true })
    await using home = await makeProgramHome({ redis, files, feeds })
    const { worker, edge, url } = await serve(home)
    await worker.kill('SIGKILL')
    await until(async () => (await trouble(url)).includes('no worker is there'))
    await until(() => times(edge, 'no worker is there') === 1)
    expect(await statusOf(home)).toMatchObject({ code: 1, problems: [{ kind: 'worker' }] })
    home.run(['work'])
    await until(async () => (await readiness(url)) === 'ready')
    await until(() => times(edge, 'a worker is there again') === 1)
    expect(await statusOf(home)).toEqual({ code: 0, problems: [] })
  })
})

describe.concurrent('a source that fails', () => {
  it('is one line of log however often it is tried, and named by /readyz and by status', async () => {
    await using redis = await startRedis({ tcp: true })
    await using home = await makeProgramHome({ redis, files, feeds, schedule: { collect: '* * * * * *' } })
    const { worker, url } = await serve(home)
    await rename(home.path('.'), `${home.path('.')}-away`)
    await until(async () => (await trouble(url)) === 'the source desk fails')
    const rounds = async () => await redis.client().hget('{wire}:rounds', 'desk')
    const before = await rounds()
    await until(async () => (await rounds()) !== before)
    await until(() => times(worker, 'round failed') === 1)
    expect(await statusOf(home)).toMatchObject({ code: 1, problems: [{ kind: 'source', name: 'desk' }] })
    await rename(`${home.path('.')}-away`, home.path('.'))
    await until(async () => (await readiness(url)) === 'ready')
    await until(() => times(worker, 'round went through again') === 1)
    expect(await statusOf(home)).toEqual({ code: 0, problems: [] })
  })
})

describe.concurrent('a Redis that has lost its data', () => {
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
