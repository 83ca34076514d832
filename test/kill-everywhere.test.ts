import { writeFileSync } from 'node:fs'
import { copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { App } from '../src/app.ts'
import { mintKey } from '../src/article.ts'
import { dump } from './newsroom.ts'
import { makeProgramHome, type ProgramHome, type Running } from './processes.ts'
import { startRedis, until, type TestRedis } from './redis.ts'

/** More than the largest edition holds. */
const count = 1_500
const sections = ['Politics', 'Sport', 'Science', 'Culture', 'News']

/** The largest edition that a configuration can ask for is among them. */
const feeds = {
  all: { title: 'All' },
  week: { title: 'The week', limit: 1000 },
  brief: { title: 'In brief', content: 'summary', limit: 200 },
  politics: { title: 'Politics', limit: 300, select: { sections: ['Politics'] } },
  sport: { title: 'Sport', select: { sections: ['Sport'] } },
}

const names = Object.keys(feeds)
const plain = { 'Accept-Encoding': 'identity' }

/** A story with a word of its own, by which it is known wherever it shows; `age` minutes older than the newest. */
function story(age: number) {
  const at = new Date(Date.UTC(2024, 4, 30, 12) - age * 60_000).toISOString()
  const date = `${at.slice(8, 10)}/${at.slice(5, 7)}/${at.slice(0, 4)} ${at.slice(11, 13)}h${at.slice(14, 16)}`
  const path = `${age % 50}/${age}.txt`
  const word = `Quoll${age}x`
  const text = `The ${word} was seen again. ${'It went along the river and was not hurried. '.repeat(12)}`
  const content = dump(`${word} by the river`, { section: sections[age % sections.length] ?? 'News', date, text })
  return { path, word, content, slug: `desk-${mintKey(path)}` }
}

type Story = ReturnType<typeof story>

const uriOf = (path: string) => `tag:news.example,2024:desk/${mintKey(path)}`

let redis: TestRedis
let home: ProgramHome
let app: App
let worker: Running
let servers: Running[]
let edges: string[]

beforeAll(async () => {
  redis = await startRedis({ tcp: true, settings: { appendonly: 'no' } })
  home = await makeProgramHome({ redis, feeds })
  await Promise.all(Array.from({ length: 50 }, (_, i) => mkdir(home.path(String(i)))))
  for (let age = 0; age < count; age++) writeFileSync(home.path(story(age).path), story(age).content)
  app = await App.open(home.config(redis), { process: 'test' })
  await startAll()
}, 300_000)
afterAll(async () => {
  await app[Symbol.asyncDispose]()
  await home[Symbol.asyncDispose]()
  await redis[Symbol.asyncDispose]()
})

/** Starts a worker and two edges. Resolves when all is collected, published and served. */
async function startAll(): Promise<void> {
  worker = home.run(['work'])
  servers = [home.run(['serve']), home.run(['serve'])]
  edges = await Promise.all(
    servers.map(async server => {
      const [, port = ''] = await server.said(/"port":(\d+),"msg":"serving"/)
      return `http://127.0.0.1:${port}`
    }),
  )
  await worker.said(/"working"/)
  await allServed()
}

async function restartAll(): Promise<void> {
  await Promise.all([worker, ...servers].map(running => running.kill()))
  await startAll()
}

/** Resolves when everything is collected and published, and each edge has every feed as it stands. */
async function allServed(): Promise<void> {
  await until(async () => {
    app.store.definitions.forget()
    const [position, rounds, behind] = await Promise.all([
      app.store.wire.position(),
      app.store.files.rounds(),
      app.store.members.behind(),
    ])
    return position >= count && rounds['desk'] !== undefined && behind.length === 0
  })
  await until(async () => {
    const standing = await Promise.all(names.map(name => app.store.editions.standing(name)))
    const hashes = standing.map(each => each?.metas.get('json')?.hash)
    const served = await Promise.all(edges.map(edge => Promise.all(names.map(name => hashOn(edge, name)))))
    return served.every(each => each.join() === hashes.join())
  })
}

async function hashOn(edge: string, feed: string): Promise<string | undefined> {
  const response = await fetch(`${edge}/feeds/${feed}.json`, { method: 'HEAD', headers: plain })
  return response.headers.get('etag')?.slice(1, -1)
}

interface Ask {
  url: string
  headers: Record<string, string>
}

/** Every address under which an article may show, on every edge: a new kind of page or edition belongs here. */
function asksFor({ slug }: Story): Ask[] {
  const editions = names.flatMap(name =>
    ['rss', 'atom', 'json'].flatMap(format =>
      ['identity', 'gzip', 'br'].map(coding => ({
        path: `/feeds/${name}.${format}`,
        headers: { 'Accept-Encoding': coding },
      })),
    ),
  )
  const pages = ['/', ...names.map(name => `/feeds/${name}`), ...pagesOf(slug)]
  const all = [...editions, ...pages.map(path => ({ path, headers: { Accept: 'text/html' } }))]
  return edges.flatMap(edge => all.map(({ path, headers }) => ({ url: edge + path, headers })))
}

function pagesOf(slug: string): string[] {
  return [`/articles/${slug}`, `/articles/${slug}.json`]
}

/** Asks as a reader does who keeps what he has; tells whether he has the article. */
function readerOf({ url, headers }: Ask, { word, slug }: Story): () => Promise<boolean> {
  let etag: string | null = null
  let shown = false
  return async () => {
    const response = await fetch(url, { headers: { ...headers, ...(etag && { 'If-None-Match': etag }) } })
    const text = await response.text()
    if (response.status === 304) return shown
    etag = response.headers.get('etag')
    shown = text.includes(word) || text.includes(slug.slice('desk-'.length))
    return shown
  }
}

/** The addresses that show the article now. */
async function shownAt(victim: Story): Promise<string[]> {
  const asks = asksFor(victim)
  const shown = await Promise.all(asks.map(ask => readerOf(ask, victim)()))
  return asks.flatMap(({ url }, i) => (shown[i] ? [url] : []))
}

/** What every edge answers under the article's own addresses. */
async function statusesOf({ slug }: Story): Promise<number[]> {
  const urls = edges.flatMap(edge => pagesOf(slug).map(path => edge + path))
  return Promise.all(urls.map(async url => (await fetch(url)).status))
}

async function kill({ path }: Story): Promise<void> {
  const { code, stderr } = await home.command('kill', uriOf(path), '--reason', 'untrue')
  expect({ code, stderr }).toMatchObject({ code: 0 })
}

/** Kills the article while everything is being read, until nothing gives it out any more: by how many of the addresses it was. */
async function killWhileRead(victim: Story): Promise<number> {
  const readers = asksFor(victim).map(ask => readerOf(ask, victim))
  const addresses = (await Promise.all(readers.map(read => read()))).filter(Boolean).length
  const from = await app.store.wire.position()
  const killed = kill(victim)
  await until(async () => !(await Promise.all(readers.map(read => read()))).some(Boolean))
  await killed
  const [entry] = await app.store.wire.after(from, 10)
  expect(entry).toMatchObject({ action: 'kill', ref: `desk/${mintKey(victim.path)}` })
  return addresses
}

describe(`a kill, at ${count} articles, on two edges beside a worker`, () => {
  it.each([
    ['the newest article', [0, 1, 2], 3],
    ['one that only the largest edition holds', [993, 994, 996], 1],
  ])('takes %s out of every edition, in every coding, and every page', async (_, ages, held) => {
    for (const victim of ages.map(story)) {
      const addresses = await killWhileRead(victim)
      // Nine of each feed that holds it, its page and its ninjs, on both edges; the newest are on the feeds' own pages too.
      expect(addresses).toBeGreaterThanOrEqual(2 * (9 * held + 2))
      expect(await shownAt(victim)).toEqual([])
      expect(await statusesOf(victim)).toEqual([410, 410, 410, 410])
    }
  })

  it('is not undone by collecting, republishing, restarting or a change of rules', async () => {
    const victim = story(5)
    const path = home.path(victim.path)
    const collect = async (change: Promise<void>) => {
      await change
      expect(await home.command('collect')).toMatchObject({ code: 0 })
    }
    const attempts: [name: string, attempt: () => Promise<unknown>][] = [
      ['a file that changed', () => collect(writeFile(path, `${victim.content}\nMore of ${victim.word}.\n`))],
      ['a file that moved', () => collect(rename(path, home.path('0/moved.txt')))],
      ['a copy', () => collect(copyFile(home.path('0/moved.txt'), home.path('1/copy.txt')))],
      ['a copy that is left alone', () => collect(rm(home.path('0/moved.txt')))],
      ['editions made anew', () => home.command('republish', '--force')],
      ['a restart, by another rule', () => home.writeFeed('sport', { title: 'Sport', limit: 1000 }).then(restartAll)],
    ]
    expect(await shownAt(victim)).not.toEqual([])
    await kill(victim)
    for (const [name, attempt] of attempts) {
      await attempt()
      await allServed()
      expect({ name, shownAt: await shownAt(victim) }).toEqual({ name, shownAt: [] })
      expect({ name, statuses: await statusesOf(victim) }).toEqual({ name, statuses: [410, 410, 410, 410] })
    }
  }, 600_000)
})
