import { once } from 'node:events'
import { inspect } from 'node:util'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { parseAddress } from '../../../src/store/redis/address.ts'
import { connect, describeAddressFault, isAway, isRefused, type Role } from '../../../src/store/redis/connect.ts'
import { startCluster, startRedis, until } from '../../redis.ts'
import { expectBounded } from '../../collect/parsers/outcomes.ts'

const away = /retries|timed out|closed/

const nodes = [
  { host: 'a.example', port: 7000 },
  { host: '::1', port: 6379 },
]

describe('an address', () => {
  it.each([
    ['redis://127.0.0.1', { kind: 'server', tls: false, host: '127.0.0.1', port: 6379, db: 0 }],
    [
      'rediss://u:p%40ss@h.example:6380/3',
      { kind: 'server', tls: true, host: 'h.example', port: 6380, db: 3, username: 'u', password: 'p@ss' },
    ],
    ['redis://:secret@[::1]:7/', { kind: 'server', tls: false, host: '::1', port: 7, db: 0, password: 'secret' }],
    ['redis-cluster://:x@a.example:7000,[::1]', { kind: 'cluster', nodes, password: 'x' }],
    [
      'redis-sentinel://a.example,b:1/main/2',
      {
        kind: 'sentinel',
        nodes: [
          { host: 'a.example', port: 26379 },
          { host: 'b', port: 1 },
        ],
        name: 'main',
        db: 2,
      },
    ],
    ['/run/redis.sock', { kind: 'socket', path: '/run/redis.sock' }],
  ])('is taken apart: %s', (text, address) => {
    expect(parseAddress(text)).toEqual(address)
    expect(describeAddressFault(text)).toBeUndefined()
  })

  it.each([
    '',
    'localhost:6379',
    'http://secret@h',
    'redis://',
    'redis://h:0',
    'redis://h:65536',
    'redis://h:secret',
    'redis://a,b',
    'redis://secret@h',
    'redis://:%secret@h',
    'redis://h/secret',
    'redis://h?secret=1',
    'redis-cluster://a/1',
    'redis-sentinel://a',
  ])('that is faulty gets the fault in words, without a part of itself: %s', text => {
    expect(describeAddressFault(text)).toMatch(/expected|no databases|need|percent/)
    expect(describeAddressFault(text)).not.toContain('secret')
  })

  it('with a hostile length is refused in linear time', () => {
    expectBounded(5000, () => {
      for (const piece of ['@', ':', 'a,', '/', '[:']) describeAddressFault(`redis://${piece.repeat(200_000)}\n`)
    })
  })
})

describe('a connection', () => {
  it.each([false, true])('works over a unix socket and over TCP (%s)', async tcp => {
    await using redis = await startRedis({ tcp })
    await using client = connection(redis.address)
    await client.redis.set('a', 'b')
    expect(await client.redis.get('a')).toBe('b')
  })

  it('that asks fails while Redis is away, logs that once, and goes on by itself when it is back', async () => {
    await using redis = await startRedis()
    await using client = connection(redis.address)
    await client.redis.set('a', 'b')
    await redis.kill()
    for (let i = 0; i < 2; i++) await expect(client.redis.get('a')).rejects.toThrow(away)
    expect(client.lines()).toEqual(['Redis is away'])
    await redis.restart()
    await until(async () => (await client.redis.get('a')) === 'b')
    expect(client.lines()).toEqual(['Redis is away', 'Redis is back'])
  })

  it('that waits gives its answer when Redis is back', async () => {
    await using redis = await startRedis()
    await using client = connection(redis.address, 'wait')
    await client.redis.set('a', 'b')
    await redis.kill()
    let answer: string | null = null
    const asked = client.redis.get('a').then(value => (answer = value))
    await until(() => client.lines().includes('Redis is away'))
    expect(answer).toBeNull()
    await redis.restart()
    expect(await asked).toBe('b')
  })

  it('that asks fails when Redis is there and does not answer', async () => {
    await using redis = await startRedis()
    await using client = connection(redis.address)
    await client.redis.ping()
    redis.pause()
    await expect(client.redis.get('a')).rejects.toThrow(away)
    await until(() => client.lines().includes('Redis is away'))
    redis.resume()
    await until(async () => (await client.redis.ping()) === 'PONG')
  })

  it('of subscriptions takes them up again after an outage', async () => {
    await using redis = await startRedis()
    await using client = connection(redis.address, 'wait')
    const heard: string[] = []
    client.redis.on('message', (_channel: string, message: string) => heard.push(message))
    await client.redis.subscribe('news')
    await redis.kill()
    await redis.restart()
    const speaker = redis.client()
    await until(async () => (await speaker.publish('news', 'again')) > 0)
    await expect.poll(() => heard).toContain('again')
  })

  it('writes no password into the log', async () => {
    await using redis = await startRedis({ tcp: true, settings: { requirepass: 'right' } })
    await using client = connection(redis.address.replace('redis://', 'redis://:hush@'))
    await expect(client.redis.get('a')).rejects.toThrow(/retries|NOAUTH|WRONGPASS/)
    expect(client.text()).toContain('WRONGPASS')
    expect(client.text()).not.toContain('hush')
  })

  it('to a cluster reaches all its nodes, fails soon while one is away, says so once, and goes on when it is back', async () => {
    await using cluster = await startCluster()
    await using client = connection(cluster.address)
    const keys = ['a', 'b', 'c', 'd', 'e', 'f']
    const readAll = () => Promise.allSettled(keys.map(key => client.redis.get(key)))
    for (const key of keys) await client.redis.set(key, key)
    const [node] = cluster.nodes
    await node?.kill()
    const failures = [...(await readAll()), ...(await readAll())].flatMap(answer =>
      answer.status === 'rejected' ? [answer.reason as unknown] : [],
    )
    expect(failures.length).toBeGreaterThan(0)
    expect(failures.filter(failure => !isAway(failure))).toEqual([])
    expect(client.lines()).toEqual(['Redis is away'])
    expect(client.text()).toContain(`"node":"${node?.address.replace('redis://', '')}"`)
    await node?.restart()
    await expect.poll(() => Promise.all(keys.map(key => client.redis.get(key)))).toEqual(keys)
    await until(() => client.lines().length === 2)
    expect(client.lines()).toEqual(['Redis is away', 'Redis is back'])
  })

  it('that asks a cluster of which no node answers fails, again and again', async () => {
    await using client = connection('redis-cluster://127.0.0.1:1,127.0.0.1:2')
    const failures = await Promise.all([client.redis.get('a'), client.redis.get('b')].map(failureOf))
    failures.push(await failureOf(client.redis.get('c')))
    expect(failures.map(isAway)).toEqual([true, true, true])
    expect(client.lines()).toEqual(['Redis is away'])
  })

  it('to a cluster with a wrong password says so, and not which', async () => {
    await using cluster = await startCluster()
    for (const node of cluster.nodes) await node.client().config('SET', 'requirepass', 'right')
    await using client = connection(cluster.address.replace('//', '//:hush@'))
    const failure = await failureOf(client.redis.get('a'))
    expect(isRefused(failure)).toBe(true)
    expect(client.text()).toMatch(/NOAUTH|WRONGPASS/)
    expect(`${client.text()}${inspect(failure)}`).not.toContain('hush')
  })

  // BullMQ connects so after a blocking command was lost, and takes no job before it is told that it may.
  it('that waits is told that it is connected again, when the cluster was down as it came back', async () => {
    await using cluster = await startCluster()
    await using client = connection(cluster.address, 'wait')
    await client.redis.ping()
    const masters = cluster.nodes.map(node => node.client())
    for (const node of masters) await node.cluster('DELSLOTS', 0)
    const ended = once(client.redis, 'end')
    client.redis.disconnect()
    await ended
    const tried = Promise.race([once(client.redis, 'close'), once(client.redis, 'ready')])
    let connected = false
    void client.redis.connect().then(() => (connected = true))
    await tried
    await masters[0]?.cluster('ADDSLOTS', 0)
    await until(async () => (await client.redis.get('a')) === null)
    await expect.poll(() => connected).toBe(true)
  })
})

describe('an outage', () => {
  it.each([
    'CLUSTERDOWN The cluster is down',
    'CLUSTERDOWN Hash slot not served',
    "Cluster isn't ready and enableOfflineQueue options is false",
    'Cluster is ended.',
    'Command timed out',
    'Connection is closed.',
    'Failed to refresh slots cache.',
    'NOAUTH Authentication required.',
    'None of startup nodes is available',
    'Too many Cluster redirections. Last error: Error: Connection is closed.',
  ])('is told from a fault: %s', message => {
    expect(isAway(new Error(message))).toBe(true)
    expect(isAway(new Error('the page cannot be shown', { cause: new Error(message) }))).toBe(true)
    expect(isAway(new Error(`an article says: ${message}`))).toBe(false)
  })
})

function connection(address: string, role?: Role) {
  let text = ''
  const log = pino({}, { write: (line: string) => (text += line) })
  const redis = connect(address, log, role)
  return {
    redis,
    text: () => text,
    lines: () =>
      text
        .trim()
        .split('\n')
        .filter(Boolean)
        .map(line => String(JSON.parse(line).msg)),
    [Symbol.asyncDispose]: async () => redis.disconnect(),
  }
}

function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  )
}
