import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { parseAddress } from '../../src/store/address.ts'
import { connect, describeAddressFault, type Role } from '../../src/store/connect.ts'
import { startCluster, startRedis, until } from '../redis.ts'

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
    const before = performance.now()
    for (const piece of ['@', ':', 'a,', '/', '[:']) describeAddressFault(`redis://${piece.repeat(200_000)}\n`)
    expect(performance.now() - before).toBeLessThan(2_000)
  })
})

describe('a connection', () => {
  it.each([false, true])('works over a unix socket and over TCP (%s)', async tcp => {
    await using redis = await startRedis({ tcp })
    await using client = connection(redis.address)
    await client.redis.set('a', 'b')
    expect(await client.redis.get('a')).toBe('b')
  })

  it('that asks fails soon while Redis is away, logs that once, and goes on by itself when it is back', async () => {
    await using redis = await startRedis()
    await using client = connection(redis.address)
    await client.redis.set('a', 'b')
    await redis.kill()
    for (let i = 0; i < 2; i++) expect(await rejection(client.redis.get('a'))).toBeLessThan(1_500)
    expect(client.lines()).toEqual(['Redis is away'])
    await redis.restart()
    await until(async () => (await client.redis.get('a')) === 'b', 2_000)
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

  it('that asks fails within six seconds when Redis is there and does not answer', async () => {
    await using redis = await startRedis()
    await using client = connection(redis.address)
    await client.redis.ping()
    redis.pause()
    expect(await rejection(client.redis.get('a'))).toBeLessThan(6_000)
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

  it('to a cluster reaches all its nodes, fails soon while one is away, and goes on when it is back', async () => {
    await using cluster = await startCluster()
    await using client = connection(cluster.address)
    const keys = ['a', 'b', 'c', 'd', 'e', 'f']
    for (const key of keys) await client.redis.set(key, key)
    const [node] = cluster.nodes
    await node?.kill()
    const answers = await Promise.allSettled(keys.map(key => client.redis.get(key)))
    expect(answers.some(answer => answer.status === 'rejected')).toBe(true)
    await node?.restart()
    await expect.poll(() => Promise.all(keys.map(key => client.redis.get(key))), { timeout: 10_000 }).toEqual(keys)
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

/** Milliseconds until it was rejected. */
async function rejection(promise: Promise<unknown>): Promise<number> {
  const before = performance.now()
  await expect(promise).rejects.toThrow(/retries|timed out|closed/)
  return performance.now() - before
}
