import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { App } from '../src/app.ts'
import { mintKey } from '../src/article.ts'
import { kill } from '../src/operate/life.ts'
import { keys } from '../src/store/keys.ts'
import { dump, makeHome, openNewsroom, type HomeOptions, type Newsroom } from './newsroom.ts'
import { startCluster, until } from './redis.ts'

const page = `/articles/desk-${mintKey('a.txt')}`

/** An edge that goes on with the configuration of now, whatever becomes of the files. */
interface OldEdge {
  get: (path: string, accept?: string) => Promise<{ status: number; text: string }>
  readiness: () => Promise<string>
}

async function serve(app: App): Promise<OldEdge> {
  const { server } = await app.serve()
  const ask = (path: string, headers: Record<string, string> = {}) =>
    fetch(`http://127.0.0.1:${server.port}${path}`, { headers })
  return {
    async get(path: string, accept = '*/*') {
      const response = await ask(path, { Accept: accept })
      return { status: response.status, text: await response.text() }
    },
    readiness: async () => ((await (await ask('/readyz')).json()) as { status: string }).status,
  }
}

async function round(app: App): Promise<void> {
  await app.collect('desk')
  for (const feed of await app.behind()) await app.publish(feed)
}

async function open(feeds: HomeOptions['feeds']): Promise<Newsroom & { edge: OldEdge }> {
  const room = await openNewsroom({ feeds, files: { 'a.txt': dump('Alpha') } })
  await round(room.app)
  const edge = await serve(room.app)
  await until(async () => (await edge.readiness()) === 'ready')
  return Object.assign(room, { edge })
}

const removeFeed = (room: Newsroom, name: string) => rm(join(room.home.folder, 'feeds', `${name}.yaml`))

describe('an edge that was started before a feed was removed', () => {
  it('no longer finds the feed, nor under its old name, and stays ready', async () => {
    await using room = await open({ all: { title: 'All' }, doomed: { title: 'Doomed', formerly: ['damned'] } })
    const { edge } = room
    expect((await edge.get('/feeds/doomed.rss')).text).toContain('Alpha')
    await removeFeed(room, 'doomed')
    const worker = await room.openApp()
    await until(async () => (await edge.get('/feeds/doomed.rss')).status === 404)
    for (const path of ['/feeds/doomed.json', '/feeds/damned.atom']) expect((await edge.get(path)).status).toBe(404)
    expect(await edge.readiness()).toBe('ready')
    await kill(`desk/${mintKey('a.txt')}`, 'untrue', { store: worker.store, now: room.now })
    for (const feed of await worker.behind()) await worker.publish(feed)
    await until(async () => !(await edge.get('/feeds/all.rss')).text.includes('Alpha'))
    for (const path of ['/feeds/doomed.rss', '/feeds/doomed.json', page])
      expect((await edge.get(path)).text).not.toContain('Alpha')
  })

  it('serves it again when it is back in the configuration', async () => {
    await using room = await open({ all: { title: 'All' }, doomed: { title: 'Doomed' } })
    await removeFeed(room, 'doomed')
    await room.openApp()
    await until(async () => (await room.edge.get('/feeds/doomed.rss')).status === 404)
    await room.home.writeFeed('doomed', { title: 'Saved' })
    await round(await room.openApp())
    await until(async () => (await room.edge.get('/feeds/doomed.rss')).status === 200)
    expect((await room.edge.get('/feeds/doomed.rss')).text).toContain('<title>Saved</title>')
  })

  it('shows no article any more that only this feed granted', async () => {
    const feeds = { doomed: { title: 'Doomed' }, sport: { title: 'Sport', select: { sections: ['Sport'] } } }
    await using room = await open(feeds)
    expect((await room.edge.get(page)).status).toBe(200)
    await removeFeed(room, 'doomed')
    await room.openApp()
    await until(async () => (await room.edge.get(page)).status === 404)
  })
})

describe('the editions of a feed that was removed', () => {
  it('leave the store, also where the start that dropped it was cut short', async () => {
    await using room = await open({ all: { title: 'All' }, doomed: { title: 'Doomed' } })
    const client = room.redis.client()
    await removeFeed(room, 'doomed')
    await room.openApp()
    const left = async () => (await client.keys('*{doomed}*')).concat(await client.hkeys(keys.published))
    expect(await left()).toEqual(['all'])
    // As if that start had ended after the definitions.
    await client.hset(keys.editions('doomed'), 'epoch', 'x')
    await client.hset(keys.published, 'doomed', '1:1')
    await room.openApp()
    expect(await left()).toEqual(['all'])
  })
})

describe('a feed that is removed in a Cluster', () => {
  it('takes its editions with it, wherever they lie', async () => {
    await using cluster = await startCluster()
    const [first] = cluster.nodes
    const names = ['all', 'one', 'two', 'three']
    await using home = await makeHome({ feeds: Object.fromEntries(names.map(name => [name, { title: name }])) })
    const config = { ...home.config(first!), redis: cluster.address }
    await using app = await App.open(config, { process: 'test' })
    await app.declare()
    for (const name of names) await app.publish(name)
    const left = async () => {
      const clients = cluster.nodes.map(node => node.client())
      return (await Promise.all(clients.map(client => client.keys('edition:*')))).flat()
    }
    expect(await left()).toHaveLength(4)
    await app.store.definitions.declare(config.site, config.feeds.slice(0, 1))
    expect(await left()).toEqual([keys.editions('all')])
  })
})

describe('an edge that was started before a feed became one for partners', () => {
  it('asks who comes, and publishes none of its articles', async () => {
    const feeds = { club: { title: 'Club' }, sport: { title: 'Sport', select: { sections: ['Sport'] } } }
    await using room = await open(feeds)
    const { edge } = room
    expect((await edge.get('/feeds/club')).status).toBe(200)
    await room.home.writeFeed('club', { title: 'Club', access: 'partners' })
    const worker = await room.openApp()
    await room.home.write('a.txt', dump('Alpha, for partners'))
    await round(worker)
    // What the edge was told of the feed came after what it was told of its access.
    await until(async () => (await edge.get('/feeds/club.rss')).status === 401)
    for (const accept of ['*/*', 'text/html']) expect((await edge.get('/feeds/club', accept)).status).toBe(401)
    expect((await edge.get(page)).status).toBe(404)
    expect(await edge.readiness()).toBe('ready')
  })

  it.each(['/feeds/club.json', page])('never shows at %s what was published after that', async path => {
    await using room = await open({ club: { title: 'Club' } })
    const seen: string[] = []
    const over = new AbortController()
    const read = async () => {
      while (!over.signal.aborted) seen.push((await room.edge.get(path)).text)
    }
    const reading = read()
    await until(() => seen.length > 0)
    await room.home.writeFeed('club', { title: 'Club', access: 'partners' })
    await room.home.write('a.txt', dump('Secret'))
    await round(await room.openApp())
    await until(async () => (await room.edge.get('/feeds/club.json')).status === 401)
    over.abort()
    await reading
    expect(seen.some(text => text.includes('Alpha'))).toBe(true)
    expect(seen.filter(text => text.includes('Secret'))).toEqual([])
  })
})

describe('an edge that is configured for partners before the worker is', () => {
  it('keeps to the stricter of the two', async () => {
    await using room = await open({ club: { title: 'Club' } })
    await room.home.writeFeed('club', { title: 'Club', access: 'partners' })
    const strict = await room.openApp()
    const edge = await serve(strict)
    await until(async () => (await edge.readiness()) === 'ready')
    await room.app.declare()
    await until(async () => (await room.edge.get('/feeds/club.rss')).status === 200)
    expect((await edge.get('/feeds/club.rss')).status).toBe(401)
    expect((await edge.get(page)).status).toBe(404)
  })
})
