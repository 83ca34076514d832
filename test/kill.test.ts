import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { App } from '../src/app.ts'
import { mintKey } from '../src/article.ts'
import { dump, makeHome } from './newsroom.ts'
import { makeProgramHome } from './processes.ts'
import { startRedis, until, type TestRedis } from './redis.ts'

/** Committed in eight pieces: a kill falls between any two of them, or within one. */
const articles = 1000
const trials = 10
const lanes = 3

const sections = ['Politics', 'Sport', 'Science', 'Culture', 'News'] as const
const limit = 25
const feeds = {
  all: { title: 'All', limit },
  politics: { title: 'Politics', limit, select: { sections: ['Politics'] } },
  games: { title: 'Sport and culture', limit, select: { sections: ['Sport', 'Culture'] } },
  elsewhere: { title: 'Nobody writes about this', select: { sections: ['Gardening'] } },
}

/** In order of publication, a minute apart: the newest last. */
const stories = Array.from({ length: articles }, (_, i) => {
  const at = new Date(Date.UTC(2024, 2, 1) + i * 60_000).toISOString()
  const path = `${i % 50}/${i}.txt`
  const date = `${at.slice(8, 10)}/${at.slice(5, 7)}/${at.slice(0, 4)} ${at.slice(11, 13)}h${at.slice(14, 16)}`
  const section = sections[i % sections.length] ?? 'News'
  return { path, section, title: `Story ${i}`, text: dump(`Story ${i}`, { section, date }) }
})

/** Refs in order of publication. */
function wantedBy(selected: readonly string[] = sections): string[] {
  return stories.filter(({ section }) => selected.includes(section)).map(({ path }) => `desk/${mintKey(path)}`)
}

const expectedMembers = {
  all: wantedBy(),
  politics: wantedBy(['Politics']),
  games: wantedBy(['Sport', 'Culture']),
  elsewhere: [],
}

let archive: string

beforeAll(async () => {
  archive = await mkdtemp(join(tmpdir(), 'feedwire-archive-'))
  await Promise.all(Array.from({ length: 50 }, (_, i) => mkdir(join(archive, String(i)))))
  for (const { path, text } of stories) await writeFile(join(archive, path), text)
})
afterAll(() => rm(archive, { recursive: true, force: true }))

/** The same numbers for the same seed (mulberry32): from 0 to below 1. */
function numbersFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** When a worker is killed: so many milliseconds after it started, or after the wire has reached a position. */
interface Moment {
  position: number
  milliseconds: number
}

/** One in five falls before or around the first commits, one in five while the feeds are published. */
function momentOf(trial: number, random: () => number): Moment {
  if (trial % 5 === 0) return { position: 0, milliseconds: Math.floor(random() * 1200) }
  if (trial % 5 === 1) return { position: articles, milliseconds: Math.floor(random() * 400) }
  return { position: 1 + Math.floor(random() * (articles - 1)), milliseconds: Math.floor(random() * 20) }
}

describe('a worker killed with SIGKILL during a first collect of a thousand articles', () => {
  const seed = Number(process.env['FEEDWIRE_TEST_SEED'] ?? randomInt(2 ** 31))

  it(`goes on by itself, and loses and doubles nothing, at ${trials} moments (FEEDWIRE_TEST_SEED=${seed})`, async () => {
    const random = numbersFrom(seed)
    const moments = Array.from({ length: trials }, (_, trial) => momentOf(trial, random))
    const queue = moments.values()
    let resumed = 0
    const lane = async () => {
      for (const moment of queue) {
        await killAt(moment).catch((cause: unknown) => {
          throw new Error(`killed at ${JSON.stringify(moment)}`, { cause })
        })
        resumed++
      }
    }
    await Promise.all(Array.from({ length: lanes }, lane))
    expect(resumed).toBe(trials)
  }, 300_000)
})

/** The Redis of these tests outlives the workers: to spare the disk it keeps nothing there. */
const inMemory = { tcp: true, settings: { appendonly: 'no' } }

/** Kills a worker at the moment and starts it again. */
async function killAt(moment: Moment): Promise<void> {
  await using redis = await startRedis(inMemory)
  await using home = await makeProgramHome({ redis, feeds, source: { folder: archive } })
  await using app = await App.open(home.config(redis), { process: 'test' })
  const first = home.run(['work'], { environment: { LOG_LEVEL: 'warn' } })
  if (moment.position > 0) await until(async () => (await app.store.wire.position()) >= moment.position)
  await pause(moment.milliseconds)
  await first.kill('SIGKILL')
  const second = home.run(['work'])
  await until(() => isDone(app))
  await expectWhole(app)
  await second.said(/"working"/)
  expect((await second.kill()).code).toBe(0)
}

async function isDone(app: App): Promise<boolean> {
  app.store.definitions.forget()
  const [position, behind, rounds] = await Promise.all([
    app.store.wire.position(),
    app.store.members.behind(),
    app.store.files.rounds(),
  ])
  return position >= articles && behind.length === 0 && rounds['desk'] !== undefined
}

/** Every article is once on the wire, in every feed that wants it, and in its editions where it is among the newest. */
async function expectWhole(app: App): Promise<void> {
  const entries = await app.store.wire.after(0, articles * 2)
  expect(entries.every(({ action, version }) => action === 'publish' && version === 1)).toBe(true)
  expect(entries.map(({ ref }) => ref).toSorted()).toEqual(expectedMembers.all.toSorted())
  expect(await app.store.articles.count()).toBe(articles)
  for (const [feed, refs] of Object.entries(expectedMembers)) {
    expect((await app.store.members.publishedSince([feed], 0)).toReversed()).toEqual(refs)
    expect(await shownBy(app, feed)).toEqual(refs.slice(-limit).toReversed())
  }
}

/** The refs in a feed's JSON edition, in its order. */
async function shownBy(app: App, feed: string): Promise<string[]> {
  const loaded = await app.store.editions.load(feed)
  const json = loaded?.editions.editions.find(({ format }) => format === 'json')
  const { items } = JSON.parse(String(json?.bodies.identity)) as { items: { id: string }[] }
  return items.map(({ id }) => id.slice(id.lastIndexOf(':') + 1))
}

/** The same Redis as from the other end of the world: what is read there is old by the time of the answer. */
async function farFrom(redis: TestRedis): Promise<AsyncDisposable & { address: string }> {
  const sockets = new Set<Socket>()
  const server = createServer(near => {
    const there = connect(Number(new URL(redis.address).port), '127.0.0.1')
    for (const socket of [near, there]) sockets.add(socket.on('error', () => socket.destroy()))
    near.pipe(there)
    there.on('data', data => setTimeout(() => near.write(data), 15))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    address: `redis://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

describe('two rounds at once', () => {
  it('of the same source, by two processes, put each article on the wire once', async () => {
    await using redis = await startRedis(inMemory)
    await using home = await makeProgramHome({
      redis,
      feeds,
      source: { folder: archive, include: ['{0,1,2,3,4,5,6,7,8,9}/*.txt'] },
    })
    const both = await Promise.all([home.command('collect', '--json'), home.command('collect', '--json')])
    expect(both.map(({ code }) => code)).toEqual([0, 0])
    const counts = both.map(
      ({ stdout }) => (JSON.parse(stdout) as { sources: { new: number; rejected: number }[] }).sources[0],
    )
    expect(counts.reduce((sum, each) => sum + (each?.new ?? 0), 0)).toBe(articles / 5)
    expect(counts.map(each => each?.rejected)).toEqual([0, 0])
    await using app = await App.open(home.config(redis), { process: 'test' })
    const refs = (await app.store.wire.after(0, articles)).map(({ ref }) => ref)
    expect(refs).toHaveLength(articles / 5)
    expect(new Set(refs).size).toBe(articles / 5)
  })

  it('of the same feed leave nothing of an older position standing', async () => {
    await using redis = await startRedis(inMemory)
    await using home = await makeHome({ feeds: { all: { title: 'All' } } })
    await using one = await App.open(home.config(redis), { process: 'one' })
    await using far = await farFrom(redis)
    await using two = await App.open({ ...home.config(redis), redis: far.address }, { process: 'two' })
    await one.declare()
    const done = new AbortController()
    const publish = async (app: App, force: boolean) => {
      while (!done.signal.aborted) await app.publish('all', { force })
    }
    const seen: number[] = []
    const watch = async () => {
      while (!done.signal.aborted) seen.push((await one.store.editions.standing('all'))?.stamp.position ?? 0)
    }
    const rounds = [publish(one, false), ...Array.from({ length: 4 }, () => publish(two, true)), watch()]
    for (let i = 0; i < 40; i++) {
      await home.write(`${i % 8}.txt`, dump(`Headline ${i}`))
      await one.collect('desk')
      // Time for some of the rounds from afar to begin before the next change, and to end after it.
      await pause(randomInt(80))
    }
    done.abort()
    await Promise.all(rounds)
    await Promise.all([one.publish('all'), two.publish('all')])
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
    const standing = await one.store.editions.standing('all')
    expect(standing?.stamp.position).toBe(await one.store.wire.position())
    const loaded = await one.store.editions.load('all')
    const titles = loaded?.editions.editions.map(({ bodies }) =>
      String(bodies.identity)
        .match(/Headline \d+/g)
        ?.toSorted(),
    )
    for (const found of titles ?? [])
      expect(new Set(found)).toEqual(new Set(Array.from({ length: 8 }, (_, i) => `Headline ${32 + i}`)))
    expect(titles).toHaveLength(3)
    const hashes = [...(standing?.metas.values() ?? [])].map(({ hash }) => hash)
    await one.publish('all', { force: true })
    expect([...((await one.store.editions.standing('all'))?.metas.values() ?? [])].map(({ hash }) => hash)).toEqual(
      hashes,
    )
  })
})
