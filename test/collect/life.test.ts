import { rename, rm } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import type { App } from '../../src/app.ts'
import { mintKey } from '../../src/article.ts'
import { correct, kill, release, withhold } from '../../src/collect/life.ts'
import { dump, openNewsroom, type Newsroom } from '../newsroom.ts'

const ref = `desk/${mintKey('a.txt')}`

async function wire(app: App) {
  return (await app.store.wire.after(0, 1000)).map(({ action, version }) => `${action} ${version}`)
}

async function titles(app: App): Promise<string[]> {
  await app.publish('all')
  const loaded = await app.store.editions.load('all')
  const json = loaded!.editions.editions.find(({ format }) => format === 'json')!
  const { items } = JSON.parse(json.bodies.identity.toString()) as { items: { title: string }[] }
  return items.map(({ title }) => title)
}

function at({ app, now }: Newsroom) {
  return { store: app.store, now }
}

/** Everything in Redis, as one text. */
async function dumpRedis(room: Newsroom): Promise<string> {
  const client = room.redis.client()
  const texts: string[] = []
  for (const key of await client.keys('*')) texts.push(key, (await client.dumpBuffer(key))?.toString('latin1') ?? '')
  return texts.join('\n')
}

describe('a killed article', () => {
  it('leaves every feed, tells the wire once, and takes its words out of the store', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': dump('Quokka'), 'b.txt': dump('Beta') } })
    await room.app.collect('desk')
    await room.home.write('a.txt', dump('Quokka again'))
    await room.app.collect('desk')
    expect(await titles(room.app)).toEqual(expect.arrayContaining(['Beta', 'Quokka again']))
    expect(await kill(ref, 'untrue', at(room))).toBe(true)
    expect(await kill(ref, 'untrue', at(room))).toBe(false)
    expect(await titles(room.app)).toEqual(['Beta'])
    expect(await wire(room.app)).toEqual(['publish 1', 'publish 1', 'update 2', 'kill 3'])
    expect(await room.app.store.articles.head(ref)).toMatchObject({ pubStatus: 'canceled', title: '', note: 'untrue' })
    expect(await dumpRedis(room)).not.toContain('Quokka')
  })

  it('does not come back by collecting, changing its file, or another rule', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': dump('Alpha') } })
    await room.app.collect('desk')
    await kill(ref, 'untrue', at(room))
    await room.home.write('a.txt', dump('Alpha, changed'))
    expect(await room.app.collect('desk')).toMatchObject({ new: 0, updated: 0 })
    await room.home.writeFeed('all', { title: 'All', select: { sections: ['News'] } })
    const later = await room.openApp()
    expect(await titles(later)).toEqual([])
    expect(await wire(later)).toEqual(['publish 1', 'kill 2'])
  })

  it('comes back with the next collect once its block is lifted', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': dump('Alpha') } })
    await room.app.collect('desk')
    await kill(ref, 'untrue', at(room))
    expect(await release(ref, at(room))).toBe(true)
    expect(await titles(room.app)).toEqual([])
    expect(await room.app.collect('desk')).toMatchObject({ updated: 1 })
    expect(await titles(room.app)).toEqual(['Alpha'])
    expect(await wire(room.app)).toEqual(['publish 1', 'kill 2', 'release 3'])
  })
})

describe('a withheld article', () => {
  it('is in no feed until it is released, and keeps up with its file meanwhile', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': dump('Alpha') } })
    await room.app.collect('desk')
    expect(await withhold(ref, at(room))).toBe(true)
    expect(await withhold(ref, at(room))).toBe(false)
    expect(await titles(room.app)).toEqual([])
    await room.home.write('a.txt', dump('Alpha, checked'))
    expect(await room.app.collect('desk')).toMatchObject({ updated: 1 })
    expect(await titles(room.app)).toEqual([])
    expect(await release(ref, at(room))).toBe(true)
    expect(await release(ref, at(room))).toBe(false)
    expect(await titles(room.app)).toEqual(['Alpha, checked'])
    expect(await wire(room.app)).toEqual(['publish 1', 'withhold 2', 'release 4'])
  })

  it('is published, not released, when nobody has seen it before', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': dump('Future', { date: '01/06/2024 13h00' }) } })
    await room.app.collect('desk')
    await withhold(ref, at(room))
    room.now += 7_200_000
    await room.app.release()
    expect(await wire(room.app)).toEqual([])
    await release(ref, at(room))
    expect(await wire(room.app)).toEqual(['publish 3'])
    expect(await titles(room.app)).toEqual(['Future'])
  })
})

describe('a correction', () => {
  it('goes out with its note', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': dump('Alpha') } })
    await room.app.collect('desk')
    await correct(ref, 'The bridge is in Pell.', at(room))
    expect(await wire(room.app)).toEqual(['publish 1', 'correct 2'])
    expect(await room.app.store.articles.head(ref)).toMatchObject({ version: 2, note: 'The bridge is in Pell.' })
  })

  it('is not for an article that nobody may see', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': dump('Alpha') } })
    await room.app.collect('desk')
    await kill(ref, 'untrue', at(room))
    await expect(correct(ref, 'note', at(room))).rejects.toThrow(/canceled/)
    await expect(withhold(ref, at(room))).rejects.toThrow(/killed/)
  })
})

describe('a vanished file of a source with `missing: kill`', () => {
  const source = { missing: 'kill' }
  const many = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`${i}.txt`, dump(`Story ${i}`)]))

  it('kills its article when it has been gone for ten minutes, and not before', async () => {
    await using room = await openNewsroom({ source, files: { 'a.txt': dump('Alpha'), 'b.txt': dump('Beta') } })
    await room.app.collect('desk')
    await rm(room.home.path('a.txt'))
    expect(await room.app.collect('desk')).toMatchObject({ killed: 0 })
    room.now += 9 * 60_000
    expect(await room.app.collect('desk')).toMatchObject({ killed: 0 })
    room.now += 60_000
    expect(await room.app.collect('desk')).toMatchObject({ killed: 1, unchanged: 1 })
    expect(await room.app.store.articles.head(ref)).toMatchObject({ pubStatus: 'canceled' })
    expect(await room.app.collect('desk')).toMatchObject({ killed: 0 })
  })

  it('kills nothing that was only moved', async () => {
    await using room = await openNewsroom({ source, files: { 'a.txt': dump('Alpha'), 'b.txt': dump('Beta') } })
    await room.app.collect('desk')
    await rename(room.home.path('a.txt'), room.home.path('elsewhere'))
    await room.app.collect('desk')
    room.now += 11 * 60_000
    expect(await room.app.collect('desk')).toMatchObject({ killed: 0 })
    expect(await room.app.store.articles.head(ref)).toMatchObject({ pubStatus: 'usable', file: 'elsewhere' })
  })

  it('kills nothing and fails loudly when too much is gone at once, or everything', async () => {
    await using room = await openNewsroom({ source, files: many })
    await room.app.collect('desk')
    const gone = Object.keys(many).slice(0, 20)
    for (const path of gone) await rm(room.home.path(path))
    for (let i = 0; i < 3; i++) {
      await expect(room.app.collect('desk')).rejects.toThrow(/20 of 30 files .* nothing is killed/)
      room.now += 11 * 60_000
    }
    for (const path of Object.keys(many)) await rm(room.home.path(path), { force: true })
    await expect(room.app.collect('desk')).rejects.toThrow(/all 30 files/)
    expect((await wire(room.app)).filter(line => line.startsWith('kill'))).toEqual([])
  })
})
