import { rename, rm } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import type { App } from '../../src/app.ts'
import { mintKey } from '../../src/article.ts'
import { correct, kill, release, withhold } from '../../src/operate/life.ts'
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

async function article({ app }: Newsroom) {
  const head = await app.store.articles.head(ref)
  return app.store.articles.article(head!, app.config.site.authority)
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
    expect(await wire(room.app)).toEqual(['publish 1', 'kill 3'])
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
    expect(await wire(later)).toEqual(['kill 2'])
  })

  it('comes back with the next collect once its block is lifted', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': dump('Alpha') } })
    await room.app.collect('desk')
    await kill(ref, 'untrue', at(room))
    expect(await release(ref, at(room))).toBe(true)
    expect(await titles(room.app)).toEqual([])
    expect(await room.app.collect('desk')).toMatchObject({ updated: 1 })
    expect(await titles(room.app)).toEqual(['Alpha'])
    expect(await wire(room.app)).toEqual(['release 3'])
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
    expect(await wire(room.app)).toEqual(['release 4'])
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
    expect(await wire(room.app)).toEqual(['correct 2'])
    expect(await room.app.store.articles.head(ref)).toMatchObject({ version: 2, note: 'The bridge is in Pell.' })
  })

  it('keeps its note and date through updates, withholding and release, until another takes its place', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': dump('Alpha') } })
    await room.app.collect('desk')
    await correct(ref, 'The bridge is in Pell.', at(room))
    const noted = { note: 'The bridge is in Pell.', notedAt: '2024-06-01T12:00:00Z' }
    room.now += 3_600_000
    await room.home.write('a.txt', dump('Alpha, longer'))
    await room.app.collect('desk')
    expect(await article(room)).toMatchObject({ version: 3, changed: '2024-06-01T13:00:00Z', ...noted })
    await withhold(ref, at(room))
    await release(ref, at(room))
    expect(await article(room)).toMatchObject({ version: 5, ...noted })
    room.now += 3_600_000
    await correct(ref, 'The bridge is in Pell, on the Orn.', at(room))
    const corrected = { note: 'The bridge is in Pell, on the Orn.', notedAt: '2024-06-01T14:00:00Z' }
    expect(await article(room)).toMatchObject({ version: 6, ...corrected })
    expect(await wire(room.app)).toEqual(['correct 6'])
  })

  it('is one also where its note says what the last one said', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': dump('Alpha') } })
    await room.app.collect('desk')
    for (let i = 0; i < 2; i++) {
      await correct(ref, 'A date was wrong.', at(room))
      room.now += 1000
    }
    expect(await wire(room.app)).toEqual(['correct 3'])
  })

  it('has no note left after a kill', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': dump('Alpha') } })
    await room.app.collect('desk')
    await correct(ref, 'The bridge is in Pell.', at(room))
    await kill(ref, 'untrue', at(room))
    expect(await article(room)).not.toHaveProperty('notedAt')
    await release(ref, at(room))
    await room.app.collect('desk')
    expect(await article(room)).not.toHaveProperty('note')
  })

  it('is not for an article that nobody may see', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': dump('Alpha') } })
    await room.app.collect('desk')
    await kill(ref, 'untrue', at(room))
    await expect(correct(ref, 'note', at(room))).rejects.toThrow(/canceled/)
    await expect(withhold(ref, at(room))).rejects.toThrow(/killed/)
  })
})

/** An article with an id of its own. */
function markdown(id: string, text: string): string {
  return `---\ntitle: ${id}\nid: ${id}\ndate: 2024-05-01\n---\n${text}\n`
}

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

  it('kills the article whose file another was moved over, when that has stood for ten minutes', async () => {
    await using room = await openNewsroom({ source, files: { 'a.txt': dump('Alpha'), 'b.txt': dump('Beta') } })
    await room.app.collect('desk')
    await rename(room.home.path('b.txt'), room.home.path('a.txt'))
    expect(await room.app.collect('desk')).toMatchObject({ killed: 0 })
    room.now += 9 * 60_000
    expect(await room.app.collect('desk')).toMatchObject({ killed: 0 })
    room.now += 60_000
    expect(await room.app.collect('desk')).toMatchObject({ killed: 1, unchanged: 1 })
    expect(await room.app.store.articles.head(ref)).toMatchObject({
      pubStatus: 'canceled',
      note: expect.stringMatching(/a\.txt has vanished$/),
    })
    expect(await titles(room.app)).toEqual(['Beta'])
    expect(await room.app.collect('desk')).toMatchObject({ killed: 0 })
  })

  it('spares the article whose file was moved over, and turned up elsewhere', async () => {
    await using room = await openNewsroom({ source, files: { 'a.txt': dump('Alpha'), 'b.txt': dump('Beta') } })
    await room.app.collect('desk')
    await rename(room.home.path('b.txt'), room.home.path('a.txt'))
    await room.app.collect('desk')
    await room.home.write('late.txt', dump('Alpha'))
    await room.app.collect('desk')
    room.now += 11 * 60_000
    expect(await room.app.collect('desk')).toMatchObject({ killed: 0 })
    expect(await room.app.store.articles.head(ref)).toMatchObject({ pubStatus: 'usable', file: 'late.txt' })
  })

  it('spares the article that another file gives by now, or its own path again', async () => {
    for (const path of ['a.md', 'c.md']) {
      const files = { 'a.md': markdown('one', 'First.'), 'b.md': markdown('two', 'Second.') }
      await using room = await openNewsroom({ source, files })
      await room.app.collect('desk')
      await rename(room.home.path('b.md'), room.home.path('a.md'))
      await room.app.collect('desk')
      await room.home.write(path, markdown('one', 'First, and longer.'))
      await room.app.collect('desk')
      room.now += 11 * 60_000
      await room.app.collect('desk')
      room.now += 11 * 60_000
      await room.app.collect('desk')
      expect({ path, head: await room.app.store.articles.head(`desk/${mintKey('one')}`) }).toMatchObject({
        path,
        head: { pubStatus: 'usable', file: path },
      })
    }
  })

  it('kills nothing and fails loudly when many were moved over at once', async () => {
    const others = Object.fromEntries(Object.keys(many).map(path => [`new/${path}`, dump(`Other ${path}`)]))
    await using room = await openNewsroom({ source, files: { ...many, ...others } })
    await room.app.collect('desk')
    for (const path of Object.keys(many).slice(0, 20)) await rename(room.home.path(`new/${path}`), room.home.path(path))
    await room.app.collect('desk')
    for (let i = 0; i < 2; i++) {
      room.now += 11 * 60_000
      await expect(room.app.collect('desk')).rejects.toThrow(/20 of 60 files .* overwritten .* nothing is killed/)
    }
    expect((await wire(room.app)).filter(line => line.startsWith('kill'))).toEqual([])
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
