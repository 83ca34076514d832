import { describe, expect, it } from 'vitest'
import { mintKey } from '../../src/article.ts'
import { kill } from '../../src/operate/life.ts'
import { keys } from '../../src/store/keys.ts'
import { checkCursor, encodeCursor } from '../../src/wire/cursor.ts'
import { dump, openNewsroom, type Newsroom } from '../newsroom.ts'

const refOf = (file: string) => `desk/${mintKey(file)}`
const [a, b] = [refOf('a.txt'), refOf('b.txt')]

/** Feeds and positions as they stood before they were kept in pieces. */
async function turnBack({ redis }: Newsroom): Promise<void> {
  const client = redis.client()
  const names = await client.keys('{wire}:*')
  const added = /^\{wire\}:(feed:|places:|told|sizes$|numbers$|layout$)/
  await client.del(...names.filter(name => added.test(name)))
  await client.zadd('{wire}:members:all', 1, a, 2, b)
  await client.zadd('{wire}:entered:all', 1, a, 2, b)
  await client.zadd('{wire}:changes:all', 1, a, 2, b)
  await client.zadd('{wire}:changes', 1, a, 2, b)
}

describe('a store that an earlier version of this program wrote', () => {
  it('has its feeds filled anew, keeps what was taken away, and refuses cursors of before', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': dump('Alpha'), 'b.txt': dump('Beta') } })
    const { app } = room
    await app.collect('desk')
    const page = await app.store.wire.page(0, 10)
    const cursor = encodeCursor(page, page.position)!
    await turnBack(room)
    await app.declare()
    expect(checkCursor(cursor, await app.store.wire.page(0, 10)).kind).toBe('lost')
    await kill(b, 'untrue', { store: app.store, now: room.now })
    await app.publish('all')
    expect(await app.store.members.publishedSince(['all'], 0)).toEqual([a])
    expect((await app.store.wire.after(0, 10)).map(({ action, ref }) => [action, ref])).toEqual([
      ['kill', b],
      ['publish', a],
    ])
    expect((await app.store.members.page('all', 1))?.heads.map(({ key }) => `desk/${key}`)).toEqual([a])
    expect(await room.redis.client().exists('{wire}:members:all', '{wire}:changes', keys.entering('all'))).toBe(0)
  })
})

/** Every five have the same second. */
function published(at: number): Date {
  return new Date(Date.UTC(2024, 0, 1) + Math.floor(at / 5) * 1000)
}

describe('a feed of very many articles', () => {
  it('keeps its order, and all of them, in whatever order they come and go', async () => {
    await using room = await openNewsroom({ feeds: { all: { title: 'All' } } })
    const { store } = room.app
    // Seven is prime to 1,000: the order is mixed.
    const heads = Array.from({ length: 1000 }, (_, i) => {
      const at = `${published((i * 7) % 1000)
        .toISOString()
        .slice(0, 19)}Z`
      const body = { title: 'T', language: 'en', keywords: [], body: '', published: at, changed: at }
      return { ...body, source: 'desk', key: mintKey(String(i)), version: 1, pubStatus: 'usable' as const }
    })
    const change = (head: (typeof heads)[number], next = {}) => ({
      source: 'desk',
      articles: [{ ref: `desk/${head.key}`, head: { ...head, ...next }, action: 'publish' as const }],
    })
    await store.commits.commit(
      heads.map(head => change(head)),
      room.now,
    )
    const newestFirst = (of: typeof heads) =>
      of
        .toSorted((x, y) => (x.published < y.published ? 1 : x.published > y.published ? -1 : x.key < y.key ? -1 : 1))
        .map(({ key }) => `desk/${key}`)
    expect(await store.members.publishedSince(['all'], 0)).toEqual(newestFirst(heads))
    expect((await store.wire.after(0, 2000)).map(({ ref }) => ref)).toEqual(heads.map(({ key }) => `desk/${key}`))
    const [gone, left] = [heads.slice(0, 900), heads.slice(900)]
    await store.commits.commit(
      gone.map(head => {
        const next = { ...head, pubStatus: 'withheld' as const }
        return {
          source: 'desk',
          articles: [{ ref: `desk/${head.key}`, was: head, head: next, action: 'withhold' as const }],
        }
      }),
      room.now,
    )
    expect(await store.members.publishedSince(['all'], 0)).toEqual(newestFirst(left))
    expect(await store.members.count('all')).toBe(100)
    const told = await store.wire.after(0, 2000, 'all')
    expect(told.map(({ ref }) => ref)).toEqual([...left, ...gone].map(({ key }) => `desk/${key}`))
    expect(told.filter(({ action }) => action === 'withhold')).toHaveLength(900)
    expect((await store.members.page('all', 10))?.heads).toHaveLength(100)
  })
})
