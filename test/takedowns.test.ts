import { appendFile, mkdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { mintKey } from '../src/article.ts'
import { behindFor } from '../src/operate/behind-for.ts'
import { kill, release, withhold } from '../src/operate/life.ts'
import { dump, openNewsroom, type Newsroom } from './newsroom.ts'
import { startServer } from '../src/serve/http/server.ts'
import { publishStage } from '../src/stages/publish.ts'
import { keys } from '../src/store/keys.ts'
import { App } from '../src/app.ts'
import { until } from './redis.ts'

const ref = `desk/${mintKey('a.txt')}`
const quoll = dump('A quoll was seen')

const sources = [{ name: 'other', folder: '../other' }]

function markdown(id: string, title: string): string {
  return `---\ntitle: ${title}\nid: ${id}\ndate: 2024-05-01T10:00:00Z\n---\n\nThe text of ${title}.\n`
}

async function writeOther({ home }: Newsroom, path: string, content: string): Promise<void> {
  await mkdir(join(home.folder, 'other'), { recursive: true })
  await writeFile(join(home.folder, 'other', path), content)
}

/** Titles of all that anybody may see. */
async function shown({ app }: Newsroom): Promise<string[]> {
  const heads = await app.store.articles.list({ limit: 100 })
  return heads.filter(({ pubStatus }) => pubStatus === 'usable').map(({ title }) => title)
}

async function reasons({ app }: Newsroom, source = 'desk'): Promise<string[]> {
  return (await app.store.files.rejects(source)).map(({ file, reason }) => `${file}: ${reason}`)
}

function at({ app, now }: Newsroom) {
  return { store: app.store, now }
}

const killed = `killed on 2024-06-01T12:00:00Z as tag:news.example,2024:${ref}`

describe('what was killed', () => {
  it('does not come back as the copy that lay beside it, once the killed file is edited', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': quoll, 'b.txt': quoll } })
    await room.app.collect('desk')
    await kill(ref, 'untrue', at(room))
    await room.home.write('a.txt', dump('Something else'))
    await room.app.collect('desk')
    expect(await shown(room)).toEqual([])
    expect(await reasons(room)).toEqual([`b.txt: these bytes were ${killed}; \`release\` would lift that`])
  })

  it('does not come back as a copy of what its file said since then', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': quoll } })
    await room.app.collect('desk')
    await kill(ref, 'untrue', at(room))
    await room.home.write('a.txt', dump('A second try'))
    await room.app.collect('desk')
    await room.home.write('b.txt', dump('A second try'))
    await room.app.collect('desk')
    await room.home.write('a.txt', dump('A third'))
    await room.app.collect('desk')
    expect(await shown(room)).toEqual([])
  })

  it.each([
    ['its own bytes', quoll],
    ['what it said before', dump('A quokka was seen')],
  ])('does not come from another source with %s', async (_, text) => {
    await using room = await openNewsroom({ files: { 'a.txt': dump('A quokka was seen') }, sources })
    await room.app.collect('desk')
    await room.home.write('a.txt', quoll)
    await room.app.collect('desk')
    await kill(ref, 'untrue', at(room))
    await writeOther(room, 'c.txt', text)
    expect(await room.app.collect('other')).toMatchObject({ new: 0, rejected: 1 })
    expect(await shown(room)).toEqual([])
    expect(await reasons(room, 'other')).toEqual([expect.stringContaining(killed)])
  })

  it('does not come from another source under its own id, in other words', async () => {
    await using room = await openNewsroom({ files: { 'a.md': markdown('quoll-1', 'Quoll') }, sources })
    await room.app.collect('desk')
    await kill(`desk/${mintKey('quoll-1')}`, 'untrue', at(room))
    await writeOther(room, 'c.md', markdown('quoll-1', 'Quoll again'))
    await writeOther(room, 'd.md', markdown('quoll-2', 'Another'))
    await room.app.collect('other')
    expect(await shown(room)).toEqual(['Another'])
    expect(await reasons(room, 'other')).toEqual([expect.stringContaining('what has its id was killed')])
  })

  it('comes back when it is released, and so does what was refused because of it', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': quoll }, sources })
    await room.app.collect('desk')
    await kill(ref, 'untrue', at(room))
    await writeOther(room, 'c.txt', quoll)
    await room.app.collect('other')
    expect(await shown(room)).toEqual([])
    await release(ref, at(room))
    await room.app.collect('other')
    await room.app.collect('desk')
    expect(await shown(room)).toEqual(['A quoll was seen', 'A quoll was seen'])
    expect(await reasons(room, 'other')).toEqual([])
  })

  it('is refused also when it is read before the kill and committed after it', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': quoll }, sources })
    await room.app.collect('desk')
    await writeOther(room, 'c.txt', quoll)
    const { commits } = room.app.store
    const commit = commits.commit.bind(commits)
    commits.commit = async (...args) => {
      commits.commit = commit
      await kill(ref, 'untrue', at(room))
      return commit(...args)
    }
    await room.app.collect('other')
    expect(await shown(room)).toEqual([])
  })
})

it('what is withheld does not come as a copy, until it is released', async () => {
  await using room = await openNewsroom({ files: { 'a.txt': quoll, 'b.txt': quoll } })
  await room.app.collect('desk')
  await withhold(ref, at(room))
  await room.home.write('a.txt', dump('Something else'))
  await room.app.collect('desk')
  expect(await shown(room)).toEqual([])
  await release(ref, at(room))
  await room.app.collect('desk')
  expect((await shown(room)).toSorted()).toEqual(['A quoll was seen', 'Something else'])
})

/** Everything in Redis as it is now; to be put in the place of what is there later. */
async function copyOf({ redis }: Newsroom): Promise<() => Promise<void>> {
  const client = redis.client()
  const kept = await Promise.all(
    (await client.keys('*')).map(async key => [key, await client.dumpBuffer(key)] as const),
  )
  return async () => {
    // At once, as a server that was stopped meanwhile: nobody writes in between.
    const all = client.multi().flushall()
    for (const [key, value] of kept) if (value !== null) all.restore(key, 0, value)
    await all.exec()
  }
}

/** An edge with its routes on a free port: what it answers. */
async function edgeOf(app: App) {
  const { edge, routes, follower } = await app.createHandlers()
  const handler: Parameters<typeof startServer>[0]['handler'] = (request, response) =>
    edge(request, response, () => routes(request, response))
  await until(() => follower.readiness().ready)
  const server = await startServer({ handler, host: '127.0.0.1', port: 0 })
  return {
    ask: async (path: string) => {
      const response = await fetch(`http://127.0.0.1:${server.port}${path}`, { redirect: 'manual' })
      return { status: response.status, text: await response.text() }
    },
    [Symbol.asyncDispose]: () => server.stop(),
  }
}

const page = `/articles/desk-${mintKey('a.txt')}`
const addresses = [
  page,
  `${page}.json`,
  '/feeds/all.rss',
  '/feeds/all.atom',
  '/feeds/all.json',
  '/feeds/all',
  '/feeds/all/archive/1.rss',
  '/sitemap-news.xml',
]

async function answersOf(edge: Awaited<ReturnType<typeof edgeOf>>) {
  const answers = await Promise.all(addresses.map(path => edge.ask(path)))
  return {
    statuses: answers.slice(0, 2).map(({ status }) => status),
    told: answers.filter(({ text }) => text.includes('quoll')).length,
  }
}

/** A process with a data folder of its own. */
async function appOnAnotherMachine({ home, redis, now }: Newsroom, name: string): Promise<App> {
  const config = { ...home.config(redis), data: join(home.folder, name) }
  const app = await App.open(config, { process: name, clock: () => now })
  await app.declare()
  return app
}

async function openRoom(): Promise<Newsroom> {
  const room = await openNewsroom({ files: { 'a.txt': quoll, 'z.txt': dump('Zebra') } })
  await room.app.collect('desk')
  await room.app.publish('all')
  return room
}

describe('the list of takedowns', () => {
  const losses: [name: string, lose: (room: Newsroom, restore: () => Promise<void>) => Promise<unknown>][] = [
    ['comes back empty', ({ redis }) => redis.client().flushall()],
    ['is restored from an older copy', (_, restore) => restore()],
  ]

  it.each(losses)('holds when the store %s: nothing is collected or shown again', async (_, lose) => {
    await using room = await openRoom()
    await using edge = await edgeOf(await room.openApp())
    expect((await answersOf(edge)).told).toBe(7)
    const restore = await copyOf(room)
    await kill(ref, 'untrue', at(room))
    await room.app.takedowns.inForce()
    await lose(room, restore)
    const another = await room.openApp()
    await another.collect('desk')
    await another.publish('all')
    expect(await shown(room)).toEqual(['Zebra'])
    expect(await another.store.articles.head(ref)).toMatchObject({ pubStatus: 'canceled', note: 'untrue' })
    expect(await answersOf(edge)).toEqual({ statuses: [410, 410], told: 0 })
  })

  it.each(losses)('holds on an edge before any worker is there, when the store %s', async (_, lose) => {
    await using room = await openRoom()
    const restore = await copyOf(room)
    await kill(ref, 'untrue', at(room))
    await room.app.takedowns.inForce()
    const app = await room.openApp()
    await app.publish('all')
    await using edge = await edgeOf(app)
    await lose(room, restore)
    expect(await answersOf(edge)).toEqual({ statuses: [410, 410], told: 0 })
  })

  it('is heard at once: the article leaves what an edge shows before it is published anew', async () => {
    await using room = await openRoom()
    await using edge = await edgeOf(await room.openApp())
    await kill(ref, 'untrue', at(room))
    await until(async () => (await answersOf(edge)).told === 0)
    expect((await edge.ask('/feeds/all.json')).text).toContain('Zebra')
    expect((await edge.ask('/feeds/all.rss')).text).toMatch(/<item>[^]*Zebra[^]*<\/rss>\s*$/)
  })

  it('keeps to what was withheld: its text is collected again, and hidden until it is released', async () => {
    await using room = await openRoom()
    await withhold(ref, at(room))
    await room.app.takedowns.inForce()
    await room.redis.client().flushall()
    const another = await room.openApp()
    await another.collect('desk')
    expect(await shown(room)).toEqual(['Zebra'])
    await release(ref, { store: another.store, now: room.now })
    await another.collect('desk')
    expect((await shown(room)).toSorted()).toEqual(['A quoll was seen', 'Zebra'])
  })

  it('has nothing of what was released', async () => {
    await using room = await openRoom()
    await kill(ref, 'untrue', at(room))
    await room.app.takedowns.inForce()
    await release(ref, at(room))
    await room.app.takedowns.inForce()
    await room.redis.client().flushall()
    const another = await room.openApp()
    await another.collect('desk')
    expect((await shown(room)).toSorted()).toEqual(['A quoll was seen', 'Zebra'])
  })

  it('puts a release back into a store that is restored from a copy of when the article was killed', async () => {
    await using room = await openRoom()
    await kill(ref, 'untrue', at(room))
    const restore = await copyOf(room)
    room.now += 1000
    await release(ref, at(room))
    await room.app.takedowns.inForce()
    await restore()
    const another = await room.openApp()
    await another.collect('desk')
    expect((await shown(room)).toSorted()).toEqual(['A quoll was seen', 'Zebra'])
    expect(await another.store.takedowns.of(ref)).toMatchObject({ action: 'release', at: room.now })
  })

  it('puts a release back into a store that is restored from a copy of when the article was withheld', async () => {
    await using room = await openRoom()
    await withhold(ref, at(room))
    const restore = await copyOf(room)
    room.now += 1000
    await release(ref, at(room))
    await room.app.takedowns.inForce()
    await restore()
    await room.openApp()
    expect((await shown(room)).toSorted()).toEqual(['A quoll was seen', 'Zebra'])
  })

  it.each([
    ['who has heard of the kill alone comes first', ['earlier', 'later']],
    ['who has heard of the release comes first', ['later', 'earlier']],
  ] as const)('keeps to the newest word that anybody has heard when the store was lost: %s', async (_, order) => {
    await using room = await openRoom()
    const restore = await copyOf(room)
    await using earlier = await appOnAnotherMachine(room, 'earlier')
    await using later = await appOnAnotherMachine(room, 'later')
    await kill(ref, 'untrue', at(room))
    await earlier.takedowns.inForce()
    room.now += 1000
    await release(ref, at(room))
    await later.takedowns.inForce()
    await restore()
    room.now += 1000
    for (const name of order) await { earlier, later }[name].takedowns.inForce()
    for (const app of [earlier, later]) await app.takedowns.inForce()
    expect([earlier, later].map(app => app.takedowns.headOf(ref))).toEqual([undefined, undefined])
    await later.collect('desk')
    expect((await shown(room)).toSorted()).toEqual(['A quoll was seen', 'Zebra'])
  })

  it('knows what another process of its data folder was told, when the store has lost it before this one looked', async () => {
    await using room = await openRoom()
    const restore = await copyOf(room)
    const worker = await room.openApp()
    await worker.takedowns.inForce()
    await kill(ref, 'untrue', at(room))
    await room.app.takedowns.inForce()
    await restore()
    await worker.takedowns.inForce()
    expect(worker.takedowns.headOf(ref)).toMatchObject({ pubStatus: 'canceled' })
    expect(await worker.store.articles.head(ref)).toMatchObject({ pubStatus: 'canceled' })
  })

  it('has what was taken away before there was a list', async () => {
    await using room = await openRoom()
    await kill(ref, 'untrue', at(room))
    await withhold(`desk/${mintKey('z.txt')}`, at(room))
    await room.redis.client().del('{wire}:takedowns')
    await using another = await appOnAnotherMachine(room, 'another')
    await room.redis.client().flushall()
    await another.declare()
    await another.collect('desk')
    expect(await shown(room)).toEqual([])
    expect(await another.store.articles.head(ref)).toMatchObject({ pubStatus: 'canceled', note: 'untrue' })
  })

  it('is for its owner alone, and is read whatever was cut short in it', async () => {
    await using room = await openRoom()
    const file = join(room.app.config.data, 'takedowns')
    await kill(ref, 'untrue', at(room))
    await room.app.takedowns.inForce()
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    await appendFile(file, '1717243200001 {"ref":"desk/')
    const other = `desk/${mintKey('z.txt')}`
    await kill(other, 'too', at(room))
    await room.app.takedowns.inForce()
    const another = await room.openApp()
    expect([another.takedowns.headOf(ref), another.takedowns.headOf(other)]).toMatchObject([
      { pubStatus: 'canceled' },
      { pubStatus: 'canceled' },
    ])
  })
})

describe('a kill goes first', () => {
  const feeds = { all: { title: 'All' }, politics: { title: 'Politics', select: { sections: ['Politics'] } } }
  const files = { 'a.txt': quoll, 'p.txt': dump('A law was made', { section: 'Politics' }) }

  it('publishes the feeds that held the article, and leaves the others that are behind', async () => {
    await using room = await openNewsroom({ feeds, files })
    await room.app.collect('desk')
    await room.app.publish('all')
    const was = (await room.app.store.articles.head(ref))!
    await kill(ref, 'untrue', at(room))
    expect((await room.app.behind()).toSorted()).toEqual(['all', 'politics'])
    expect(await behindFor([was], room.app.store)).toEqual(['all'])
    expect(await behindFor([(await room.app.store.articles.head(ref))!], room.app.store)).toEqual(['all'])
  })

  it('is published by a worker though no round of its queue comes to it', async () => {
    await using room = await openNewsroom({ feeds, files })
    await room.app.collect('desk')
    for (const feed of ['all', 'politics']) await room.app.publish(feed)
    const worker = await room.openApp()
    const { signal } = new AbortController()
    publishStage.watch?.(worker, { signal, moved: () => Promise.resolve(), nudge: () => undefined })
    const client = room.redis.client()
    await until(async () => Number((await client.pubsub('NUMSUB', keys.takenDown))[1]) > 0)
    await kill(ref, 'untrue', at(room))
    await until(async () => !(await worker.store.editions.shows('all', [ref])))
    expect(await worker.store.editions.shows('all', [ref])).toBe(false)
  })
})
