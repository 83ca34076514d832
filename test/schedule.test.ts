import { appendFile, rename, rm } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { mintKey } from '../src/article.ts'
import { kill } from '../src/operate/life.ts'
import { keys } from '../src/store/keys.ts'
import { dump, openNewsroom } from './newsroom.ts'
import { until } from './redis.ts'

const seldom = { collect: '0 0 1 1 *', republish: '0 0 1 1 *' }

describe('a watched folder', () => {
  it('is collected when a file has been written to its end', async () => {
    await using room = await openNewsroom({
      schedule: seldom,
      source: { watch: true },
      files: { 'a.txt': dump('Alpha') },
    })
    await room.app.work()
    const count = () => room.app.store.articles.count()
    await until(async () => (await count()) === 1)
    await room.home.write('b.txt', dump('Beta').slice(0, 40))
    await appendFile(room.home.path('b.txt'), dump('Beta').slice(40))
    await until(async () => (await count()) === 2)
    expect((await room.app.store.wire.after(0, 10)).map(({ action }) => action)).toEqual(['publish', 'publish'])
  })

  it('costs what changed: a file that is moved into place is read without a round of the others', async () => {
    await using room = await openNewsroom({
      schedule: seldom,
      source: { watch: true },
      files: { 'a.txt': dump('Alpha') },
    })
    const { store } = room.app
    await room.app.work()
    await until(async () => (await store.files.rounds())['desk'] !== undefined)
    await room.home.write('.b.tmp', dump('Beta'))
    await rename(room.home.path('.b.tmp'), room.home.path('b.txt'))
    await until(async () => (await store.members.count('all')) === 2)
    await until(async () => (await room.app.behind()).length === 0)
    expect((await store.files.rounds())['desk']?.counts).toMatchObject({ new: 1, unchanged: 0 })
  })

  it('knows a renamed file, and one in a folder that was not there before', async () => {
    await using room = await openNewsroom({
      schedule: seldom,
      source: { watch: true },
      files: { 'a.txt': dump('Alpha') },
    })
    const { store } = room.app
    await room.app.work()
    await until(async () => (await store.files.rounds())['desk'] !== undefined)
    await rename(room.home.path('a.txt'), room.home.path('z.txt'))
    await until(async () => (await store.files.record('desk', 'z.txt')) !== null)
    expect(await store.files.record('desk', 'a.txt')).toBeNull()
    expect(await store.articles.count()).toBe(1)
    await room.home.write('new/b.txt', dump('Beta'))
    await until(async () => (await store.articles.count()) === 2)
  })
})

describe('a change whose author died before its feeds were published', () => {
  it('is published by the worker within seconds, without waiting for a round of its source', async () => {
    await using room = await openNewsroom({
      schedule: seldom,
      files: { 'a.txt': dump('Alpha'), 'b.txt': dump('Beta') },
    })
    await room.app.work()
    const isPublished = async () => (await room.app.behind()).length === 0
    const position = () => room.app.store.wire.position()
    await until(async () => (await position()) === 2 && (await isPublished()))
    await kill(`desk/${mintKey('a.txt')}`, 'untrue', { store: room.app.store, now: room.now })
    expect(await isPublished()).toBe(false)
    await until(isPublished)
    expect(await room.app.store.members.count('all')).toBe(1)
    expect((await room.app.store.editions.standing('all'))?.stamp.position).toBe(await position())
  })

  it('is none in a store that has lost its data, where feeds would be published empty', async () => {
    await using room = await openNewsroom({ schedule: seldom, files: { 'a.txt': dump('Alpha') } })
    const { store } = room.app
    await room.app.work()
    await until(
      async () => (await store.editions.standing('all')) !== undefined && (await room.app.behind()).length === 0,
    )
    const client = room.redis.client()
    const monitor = await client.monitor()
    let looks = 0
    monitor.on('monitor', (_time: string, [command, key]: string[]) => {
      if (command?.toLowerCase() === 'get' && key === keys.position) looks++
    })
    await until(() => looks >= 3)
    await rm(room.home.path(''), { recursive: true })
    await client.flushall()
    await until(async () => (await store.files.rounds())['desk']?.error !== undefined)
    looks = 0
    await until(() => looks >= 4)
    monitor.disconnect()
    expect(await store.editions.standing('all')).toBeUndefined()
  })
})
