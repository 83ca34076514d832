import { describe, expect, it } from 'vitest'
import { mintKey } from '../../src/article.ts'
import { kill, release, withhold } from '../../src/operate/life.ts'
import type { Head } from '../../src/head.ts'
import { checkCursor, encodeCursor } from '../../src/wire/cursor.ts'
import { dump, openNewsroom, type Newsroom } from '../newsroom.ts'

const refOf = (file: string) => `desk/${mintKey(file)}`
const [a, b] = [refOf('a.txt'), refOf('b.txt')]
const sections = (...names: string[]) => ({ title: 'Some', select: { sections: names } })
const at = ({ app, now }: Newsroom) => ({ store: app.store, now })

async function wire({ app }: Newsroom, feed?: string, after = 0) {
  return (await app.store.wire.after(after, 100, feed)).map(({ action, ref }) => `${action} ${ref === a ? 'a' : 'b'}`)
}

const files = { 'a.txt': dump('Alpha'), 'b.txt': dump('Beta', { section: 'Sport' }) }
const feeds = { news: sections('News'), sport: sections('Sport') }

describe('the wire', () => {
  it('tells each article once, as it is now, in the order of the last changes', async () => {
    await using room = await openNewsroom({ files, feeds })
    await room.app.collect('desk')
    await withhold(a, at(room))
    expect(await wire(room)).toEqual(['publish b', 'withhold a'])
    await release(a, at(room))
    expect(await wire(room)).toEqual(['publish b', 'release a'])
    await kill(a, 'untrue', at(room))
    expect(await wire(room)).toEqual(['publish b', 'kill a'])
  })

  it('tells a feed what has left it, and a kill also where the article was before', async () => {
    await using room = await openNewsroom({ files, feeds })
    await room.app.collect('desk')
    await room.home.write('a.txt', dump('Alpha', { section: 'Sport' }))
    await room.app.collect('desk')
    expect([await wire(room, 'news'), await wire(room, 'sport')]).toEqual([['withhold a'], ['publish b', 'update a']])
    await kill(a, 'untrue', at(room))
    expect([await wire(room, 'news'), await wire(room, 'sport')]).toEqual([['kill a'], ['publish b', 'kill a']])
  })

  it('tells when a change was made, and what was changed since a moment', async () => {
    await using room = await openNewsroom({ files, feeds })
    await room.app.collect('desk')
    const first = room.now
    room.now += 60_000
    await withhold(a, at(room))
    const { wire: store } = room.app.store
    expect((await store.after(0, 10)).map(change => change.at)).toEqual([first, room.now])
    expect(await wire(room, undefined, await store.before(room.now))).toEqual(['withhold a'])
    expect(await wire(room, undefined, await store.before(first))).toEqual(['publish b', 'withhold a'])
    expect(await wire(room, undefined, await store.before(room.now + 1000))).toEqual([])
    expect(await wire(room, undefined, await store.beforeLast(1))).toEqual(['withhold a'])
  })
})

describe('a feed with another rule', () => {
  it('tells what it lets go as withheld and what it takes up as published', async () => {
    await using room = await openNewsroom({ files, feeds })
    await room.app.collect('desk')
    const before = await room.app.store.wire.position()
    await room.home.writeFeed('news', sections('Sport'))
    const other = await room.openApp()
    await other.publish('news')
    expect((await wire(room, 'news', before)).toSorted()).toEqual(['publish b', 'withhold a'])
    expect(await wire(room, 'sport', before)).toEqual([])
    expect(await wire(room, undefined, before)).toEqual([])
  })

  it('tells what has left it while it was not there at all', async () => {
    await using room = await openNewsroom({ files, feeds })
    await room.app.collect('desk')
    const before = await room.app.store.wire.position()
    await room.app.store.definitions.declare(room.app.config.site, [])
    await room.home.write('a.txt', dump('Alpha', { section: 'Arts' }))
    await room.app.collect('desk')
    await room.app.declare()
    await room.app.publish('news')
    expect(await wire(room, 'news', before)).toEqual(['withhold a'])
  })

  it('loses nothing that is changed, or moved without a change, between two pieces of its filling', async () => {
    await using room = await openNewsroom({ files, feeds: { all: sections('News', 'Sport') } })
    await room.app.collect('desk')
    await room.home.writeFeed('all', sections('Sport', 'Arts', 'News'))
    const other = await room.openApp()
    // The feed is being filled from here on; these are committed before its filling reads a piece.
    const was = (await other.store.articles.head(a))!
    const renamed = { ref: a, was, head: { ...was, file: 'moved.txt' } }
    await other.store.commits.commit([{ source: 'desk', articles: [renamed] }], room.now)
    await withhold(b, { store: other.store, now: room.now })
    expect(await other.store.members.publishedSince(['all'], 0)).toEqual([a])
    await other.publish('all')
    expect(await other.store.members.publishedSince(['all'], 0)).toEqual([a])
    expect((await wire(room, 'all')).toSorted()).toEqual(['publish a', 'withhold b'])
  })
})

describe('cursors of a store that was put back', () => {
  it('are lost beyond the position that it has, before its next commit and after it', async () => {
    await using room = await openNewsroom({ ownRedis: true, files: { 'a.txt': dump('Alpha') } })
    const { app } = room
    await app.collect('desk')
    const cursor = async () => {
      const page = await app.store.wire.page(0, 10)
      return encodeCursor(page, page.position)!
    }
    const kindOf = async (text: string) => checkCursor(text, await app.store.wire.page(0, 0)).kind
    const kept = await cursor()
    const client = room.redis.client()
    const saved = await Promise.all(
      (await client.keys('*')).map(async key => [key, await client.dumpBuffer(key)] as const),
    )
    await withhold(a, at(room))
    const beyond = await cursor()
    // The copy of before, in a Redis that runs anew.
    await client.flushall()
    for (const [key, bytes] of saved) await client.restore(key, 0, bytes)
    await room.redis.stop()
    await room.redis.restart()
    expect([await kindOf(kept), await kindOf(beyond)]).toEqual(['good', 'lost'])
    await kill(a, 'untrue', at(room))
    expect([await kindOf(kept), await kindOf(beyond)]).toEqual(['good', 'lost'])
    expect(await kindOf(await cursor())).toBe('good')
    expect((await app.store.wire.incarnations()).map(({ found }) => found)).toEqual([0, 1])
  })

  it('stay good where nothing was lost', async () => {
    await using room = await openNewsroom({ ownRedis: true, files: { 'a.txt': dump('Alpha') } })
    const { app } = room
    await app.collect('desk')
    const page = await app.store.wire.page(0, 10)
    const cursor = encodeCursor(page, page.position)!
    await room.redis.stop()
    await room.redis.restart()
    await withhold(a, at(room))
    expect(checkCursor(cursor, await app.store.wire.page(0, 10))).toEqual({ kind: 'good', position: 1 })
  })
})

describe('a commit for very many feeds', () => {
  it('is done in pieces, each article whole, and says what came of each', async () => {
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`f${i}`, { title: 'All' }]))
    await using room = await openNewsroom({ feeds: { ...many, constructor: { title: 'All' } } })
    const { commits, members } = room.app.store
    const head: Head = {
      source: 'desk',
      key: '',
      version: 1,
      pubStatus: 'usable',
      title: 'T',
      language: 'en',
      keywords: [],
      body: '',
      published: '2024-05-01T10:00:00Z',
      changed: '2024-05-01T10:00:00Z',
    }
    const keysOf = Array.from({ length: 10 }, (_, i) => mintKey(String(i)))
    const changes = keysOf.map(key => ({
      source: 'desk',
      articles: [{ ref: `desk/${key}`, head: { ...head, key }, action: 'publish' as const }],
    }))
    const again = { ...changes[0]!, source: 'desk' }
    const outcomes = await commits.commit([...changes, again], room.now)
    expect(outcomes).toEqual([...keysOf.map((_, i) => ({ committed: true, position: i + 1 })), { committed: false }])
    expect([await members.count('f299'), await members.count('constructor')]).toEqual([10, 10])
    expect(await room.app.behind()).toHaveLength(301)
    await room.app.publish('constructor')
    expect(await room.app.behind()).not.toContain('constructor')
  })
})
