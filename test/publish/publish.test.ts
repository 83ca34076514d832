import { rm } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import type { App } from '../../src/app.ts'
import { mintKey } from '../../src/article.ts'
import { joinDefinitions } from '../../src/operate/definitions.ts'
import { dump, openNewsroom } from '../newsroom.ts'

/** The text of an edition as the store holds it. */
async function edition(app: App, feed: string, format: string) {
  const loaded = await app.store.editions.load(feed)
  const found = loaded?.editions.editions.find(each => each.format === format)
  if (found === undefined) throw new Error(`there is no ${format} of ${feed}`)
  return { ...found, text: found.bodies.identity.toString() }
}

async function titles(app: App, feed: string): Promise<string[]> {
  const { items } = JSON.parse((await edition(app, feed, 'json')).text) as { items: { title: string }[] }
  return items.map(({ title }) => title)
}

async function round(app: App, feed = 'all') {
  await app.collect('desk')
  return app.publish(feed)
}

describe('publishing a feed', () => {
  it('shows the newest publication first, and no more than the limit', async () => {
    const files = {
      'a.txt': dump('Old', { date: '01/05/2024 10h00' }),
      'b.txt': dump('New', { date: '03/05/2024 10h00' }),
      'c.txt': dump('Middle', { date: '02/05/2024 10h00' }),
    }
    await using room = await openNewsroom({ files, feeds: { all: { title: 'All', limit: 2 } } })
    await round(room.app)
    expect(await titles(room.app, 'all')).toEqual(['New', 'Middle'])
  })

  it('has an edition in every format before there is an article', async () => {
    await using room = await openNewsroom()
    const published = await round(room.app)
    expect(published.map(({ format, changed }) => [format, changed])).toEqual([
      ['rss', true],
      ['atom', true],
      ['json', true],
    ])
    expect(await titles(room.app, 'all')).toEqual([])
  })

  it('changes nothing when no byte changed', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': dump('Alpha') } })
    const first = await round(room.app)
    const before = await edition(room.app, 'all', 'rss')
    room.now += 86_400_000
    for (const options of [{}, { force: true }]) {
      const again = await room.app.publish('all', options)
      expect(again).toEqual(first.map(each => ({ ...each, changed: false })))
    }
    expect(await edition(room.app, 'all', 'rss')).toEqual(before)
  })

  it('gives a changed headline a new tag and a later Last-Modified, also within one second', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': dump('Before') } })
    await round(room.app)
    const before = await edition(room.app, 'all', 'atom')
    await room.home.write('a.txt', dump('After'))
    expect((await round(room.app)).every(({ changed }) => changed)).toBe(true)
    const after = await edition(room.app, 'all', 'atom')
    expect(after.hash).not.toBe(before.hash)
    expect(after.modified).toBeGreaterThan(before.modified)
    expect(after.text).toContain(`news.example,2024:desk/${mintKey('a.txt')}`)
    expect(after.text).toContain('<published>2024-05-01T10:00:00.000Z</published>')
    expect(after.text).toContain('<updated>2024-06-01T12:00:00.000Z</updated>')
  })

  it('moves Last-Modified for an article that comes late with an old date, but not the date of the newest change', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': dump('New', { date: '03/05/2024 10h00' }) } })
    await round(room.app)
    const before = await edition(room.app, 'all', 'rss')
    room.now += 3_600_000
    await room.home.write('late.txt', dump('Late', { date: '01/01/2020 10h00' }))
    await round(room.app)
    const after = await edition(room.app, 'all', 'rss')
    expect(after.modified - before.modified).toBe(3600)
    expect(after.text).toContain('<lastBuildDate>Fri, 03 May 2024 10:00:00 GMT</lastBuildDate>')
  })

  it('shows an article in the feeds that want it, and takes it out of those that no longer do', async () => {
    const feeds = {
      politics: { title: 'Politics', select: { sections: ['politics'] } },
      sport: { title: 'Sport', select: { sections: ['SPORT'] } },
    }
    await using room = await openNewsroom({ feeds, files: { 'a.txt': dump('Alpha', { section: 'Politics' }) } })
    await room.app.collect('desk')
    for (const feed of await room.app.behind()) await room.app.publish(feed)
    expect([await titles(room.app, 'politics'), await titles(room.app, 'sport')]).toEqual([['Alpha'], []])
    await room.home.write('a.txt', dump('Alpha', { section: 'Sport' }))
    await room.app.collect('desk')
    expect(await room.app.behind()).toEqual(['politics', 'sport'])
    for (const feed of await room.app.behind()) await room.app.publish(feed)
    expect([await titles(room.app, 'politics'), await titles(room.app, 'sport')]).toEqual([[], ['Alpha']])
    expect(await room.app.behind()).toEqual([])
  })

  it('fills a feed anew from the store when its rule changes, without its files', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 700 }, (_, i) => [`${i}.txt`, dump(`Story ${i}`, { section: i % 2 ? 'Odd' : 'Even' })]),
    )
    await using room = await openNewsroom({ files, feeds: { mine: { title: 'Mine', select: { sections: ['Odd'] } } } })
    await round(room.app, 'mine')
    expect(await room.app.store.members.count('mine')).toBe(350)
    for (const path of Object.keys(files)) await rm(room.home.path(path))
    await room.home.writeFeed('mine', { title: 'Mine', select: { sections: ['Even'] } })
    await room.home.writeFeed('both', { title: 'Both' })
    const later = await room.openApp()
    expect(await later.behind()).toEqual(['both', 'mine'])
    for (const feed of await later.behind()) await later.publish(feed)
    expect([await later.store.members.count('mine'), await later.store.members.count('both')]).toEqual([350, 700])
    expect((await titles(later, 'mine')).every(title => Number(title.slice(6)) % 2 === 0)).toBe(true)
  })

  it('takes out what changes while its feed is filled anew', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': dump('Alpha') }, feeds: { mine: { title: 'Mine' } } })
    await round(room.app, 'mine')
    await room.home.writeFeed('mine', { title: 'Mine', select: { sections: ['Sport'] } })
    const later = await room.openApp()
    await room.home.write('a.txt', dump('Alpha, changed'))
    await later.collect('desk')
    expect(await later.store.members.count('mine')).toBe(0)
    await later.publish('mine')
    expect(await titles(later, 'mine')).toEqual([])
  })

  it('goes on without an article whose text is lost, and says so', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': dump('Alpha'), 'b.txt': dump('Beta') } })
    await room.app.collect('desk')
    const client = room.redis.client()
    await client.del(...(await client.keys(`body:desk/${mintKey('a.txt')}:*`)))
    await room.app.publish('all')
    expect(await titles(room.app, 'all')).toEqual(['Beta'])
    expect((await room.app.store.editions.standing('all'))?.leftOut).toEqual([
      { ref: `desk/${mintKey('a.txt')}`, reason: expect.stringContaining('not in the store') },
    ])
  })

  it('shows it again in the first round after its text is back', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': dump('Alpha'), 'b.txt': dump('Beta') } })
    await room.app.collect('desk')
    const client = room.redis.client()
    const [key = ''] = await client.keys(`body:desk/${mintKey('a.txt')}:*`)
    await client.rename(key, 'elsewhere')
    await room.app.publish('all')
    expect(await titles(room.app, 'all')).toEqual(['Beta'])
    await client.rename('elsewhere', key)
    await room.app.publish('all')
    expect((await titles(room.app, 'all')).toSorted()).toEqual(['Alpha', 'Beta'])
    expect((await room.app.store.editions.standing('all'))?.leftOut).toEqual([])
  })

  it('keeps the public address of the workers when a command brings new definitions', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': dump('Alpha') } })
    await round(room.app)
    Object.assign(room.app, {
      config: { ...room.app.config, site: { ...room.app.config.site, url: 'http://127.0.0.1:1' } },
    })
    for (const options of [{}, { feeds: true }]) {
      await joinDefinitions(room.app, options)
      expect((await room.app.publish('all')).some(({ changed }) => changed)).toBe(false)
    }
  })

  it('follows the definitions of the process that started last', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': dump('Alpha') } })
    await round(room.app)
    await room.home.writeFeed('all', { title: 'Everything' })
    await room.openApp()
    await room.home.write('b.txt', dump('Beta'))
    await round(room.app)
    expect((await edition(room.app, 'all', 'json')).text).toContain('"title":"Everything"')
    expect(await titles(room.app, 'all')).toHaveLength(2)
  })

  it('gives two servers that collected the same files the same tags', async () => {
    const files = { 'b.txt': dump('B'), 'a/c.txt': dump('C', { date: '02/05/2024 9h05' }), 'copy.txt': dump('B') }
    await using one = await openNewsroom({ files })
    await using two = await openNewsroom({ files })
    two.now += 86_400_000
    expect(await round(two.app)).toEqual(await round(one.app))
  })

  it('ends at the last position when two publish at once', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': dump('Zero') } })
    const other = await room.openApp()
    for (let i = 1; i <= 20; i++) {
      await room.home.write('a.txt', dump(`Headline ${i}`))
      await room.app.collect('desk')
      await Promise.all([room.app.publish('all'), other.publish('all'), room.app.publish('all')])
      expect(await titles(room.app, 'all')).toEqual([`Headline ${i}`])
    }
    const standing = await room.app.store.editions.standing('all')
    expect(standing?.stamp.position).toBe(await room.app.store.wire.position())
  })

  it('names the feed that is not there', async () => {
    await using room = await openNewsroom()
    await expect(room.app.publish('nope')).rejects.toThrow(/nope/)
  })
})
