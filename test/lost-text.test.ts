import { describe, expect, it } from 'vitest'
import type { App } from '../src/app.ts'
import { mintKey } from '../src/article.ts'
import { page, startSite } from './collect/sources/site.ts'
import { dump, openNewsroom, type HomeOptions, type Newsroom } from './newsroom.ts'
import { until } from './redis.ts'

const item = (id: string) => ({ id, title: id, content_text: `${id} says so.`, date_published: '2024-05-01T10:00:00Z' })
const jsonFeed = (...ids: string[]) =>
  JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 'Agency', items: ids.map(item) })

/** Takes texts out of the store, of the article of one source and key or of all. */
async function lose(room: Newsroom, source: string, key = '*'): Promise<void> {
  const client = room.redis.client()
  await client.del(...(await client.keys(`body:${source}/${key}:*`)))
}

async function titles(app: App, feed = 'all'): Promise<string[]> {
  const loaded = await app.store.editions.load(feed)
  const json = loaded?.editions.editions.find(({ format }) => format === 'json')
  const { items } = JSON.parse(String(json?.bodies.identity)) as { items: { title: string }[] }
  return items.map(({ title }) => title).toSorted()
}

/** As a worker does after a round. */
async function round(app: App, source = 'desk') {
  const counts = await app.collect(source)
  for (const feed of await app.behind()) await app.publish(feed)
  return counts
}

/** With an article left out of every feed. */
async function openWithLoss(options: HomeOptions): Promise<Newsroom> {
  const room = await openNewsroom(options)
  await round(room.app)
  await lose(room, 'desk', mintKey('a.txt'))
  const app = await room.openApp()
  for (const { name } of app.config.feeds) await app.publish(name, { force: true })
  return Object.assign(room, { app })
}

const files = { 'a.txt': dump('Alpha'), 'b.txt': dump('Beta') }

describe('an article whose text is lost', () => {
  it('is not found on an edge, which goes on', async () => {
    await using room = await openWithLoss({ files })
    const { server } = await room.app.serve()
    const status = async (path: string) => (await fetch(`http://127.0.0.1:${server.port}${path}`)).status
    await until(async () => (await status('/readyz')) === 200)
    for (const ending of ['', '.json']) {
      expect(await status(`/articles/desk-${mintKey('a.txt')}${ending}`)).toBe(404)
      expect(await status(`/articles/desk-${mintKey('b.txt')}${ending}`)).toBe(200)
    }
  })

  it('is read again by the next round of its source, and shown by every feed after it', async () => {
    const feeds = { all: { title: 'All' }, news: { title: 'News', select: { sections: ['News'] } } }
    await using room = await openWithLoss({ files, feeds })
    expect([await titles(room.app), await titles(room.app, 'news')]).toEqual([['Beta'], ['Beta']])
    expect(await room.app.behind()).toEqual([])
    expect(await round(room.app)).toMatchObject({ new: 0, updated: 0, unchanged: 2 })
    expect([await titles(room.app), await titles(room.app, 'news')]).toEqual([
      ['Alpha', 'Beta'],
      ['Alpha', 'Beta'],
    ])
    expect((await room.app.store.wire.after(0, 10)).map(({ action }) => action)).toEqual(['publish', 'publish'])
    expect(await room.app.behind()).toEqual([])
  })

  it('is fetched again where another site gave it, as soon as that may be asked, and as long as it gives it', async () => {
    await using site = await startSite({ '/feed.json': page(jsonFeed('one', 'two'), { etag: '"1"' }) })
    const agency = { name: 'agency', url: `${site.origin}/feed.json`, private: true }
    await using room = await openNewsroom({ sources: [agency] })
    await round(room.app, 'agency')
    await lose(room, 'agency')
    const app = await room.openApp()
    await app.publish('all', { force: true })
    expect(await titles(app)).toEqual([])
    site.answers['/feed.json'] = page(jsonFeed('two'), { etag: '"2"' })
    for (let i = 0; i < 4; i++) {
      await round(app, 'agency')
      room.now += 61_000
    }
    expect(await titles(app)).toEqual(['two'])
    expect(site.asked.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, undefined, '"2"', '"2"'])
  })

  it('is shown again when its file, broken by then, is mended', async () => {
    await using room = await openWithLoss({ files: { ...files, 'c.txt': dump('Gamma') } })
    await room.home.write('a.txt', 'Broken\n')
    await round(room.app)
    expect(await titles(room.app)).toEqual(['Beta', 'Gamma'])
    await room.home.write('a.txt', dump('Alpha'))
    await round(room.app)
    expect(await titles(room.app)).toEqual(['Alpha', 'Beta', 'Gamma'])
  })
})
