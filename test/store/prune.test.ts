import { describe, expect, it } from 'vitest'
import { mintKey, refOf } from '../../src/article.ts'
import { kill } from '../../src/operate/life.ts'
import { keys } from '../../src/store/keys.ts'
import { dump, openNewsroom } from '../newsroom.ts'

const day = 86_400_000
const keep = { versions: 30 * day }

describe('pruning', () => {
  it('drops old versions with their texts, and never a kill or what is current', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': dump('One'), 'b.txt': dump('Beta') } })
    const { app } = room
    await app.collect('desk')
    await kill(`desk/${mintKey('b.txt')}`, 'untrue', { store: app.store, now: room.now })
    for (const headline of ['Two', 'Three']) {
      room.now += 20 * day
      await room.home.write('a.txt', dump(headline))
      await app.collect('desk')
    }
    const ref = `desk/${mintKey('a.txt')}`
    // Version 1 gave way 40 days before, version 2 twenty.
    room.now += 20 * day
    expect(await app.store.prune({ now: room.now, keep, underWay: 0 })).toMatchObject({ versions: 1, bodies: 1 })
    expect((await app.store.articles.past(ref)).map(({ title }) => title)).toEqual(['Two'])
    room.now += 40 * day
    expect(await app.store.prune({ now: room.now, keep, underWay: 0 })).toMatchObject({ versions: 1, bodies: 1 })
    const left = await app.store.wire.after(0, 100)
    expect(left.map(({ action, version }) => `${action} ${version}`)).toEqual(['kill 2', 'update 3'])
    const head = await app.store.articles.head(ref)
    expect(await app.store.articles.article(head!, 'news.example,2024')).toMatchObject({ title: 'Three' })
    expect(await app.store.prune({ now: room.now, keep, underWay: 0 })).toMatchObject({ versions: 0, bodies: 0 })
  })

  it('drops a text that nothing names, once no commit can be under way with it', async () => {
    await using room = await openNewsroom()
    await room.redis.client().set('body:desk/orphan:digest', 'text')
    const options = { now: room.now, keep }
    expect(await room.app.store.prune(options)).toMatchObject({ bodies: 0 })
    expect(await room.app.store.prune({ ...options, underWay: 0 })).toMatchObject({ bodies: 1 })
  })

  it('packs each text small, once, and gives back none that was taken away or is damaged', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': dump('One'), 'b.txt': dump('Beta') } })
    const { articles } = room.app.store
    await room.app.collect('desk')
    const [a, b] = await articles.list({ limit: 2 })
    const said = await articles.article(a!, 'news.example,2024')
    const client = room.redis.client()
    const name = keys.body(refOf(b!), b!.body)
    await client.set(name, 'damaged')
    const options = { now: room.now, keep }
    expect(await room.app.store.prune(options)).toEqual({ versions: 0, bodies: 0, packed: 1 })
    expect(await room.app.store.prune(options)).toEqual({ versions: 0, bodies: 0, packed: 0 })
    expect(await articles.article(a!, 'news.example,2024')).toEqual(said)
    expect(await client.get(name)).toBe('damaged')
  })
})
