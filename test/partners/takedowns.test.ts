import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { mintKey } from '../../src/article.ts'
import { readAudit, type AuditEntry } from '../../src/operate/audit.ts'
import { changeArticle } from '../../src/operate/change-article.ts'
import { kill, release, withhold } from '../../src/operate/life.ts'
import { addPartner, removePartner, setPartner } from '../../src/operate/partners.ts'
import { confirmTakedown, listTakedowns, showTakedown } from '../../src/operate/takedowns.ts'
import { dump, openNewsroom, type Newsroom } from '../newsroom.ts'
import { until } from '../redis.ts'

const feeds = {
  a: { title: 'A', access: 'partners', select: { sections: ['A'] } },
  b: { title: 'B', access: 'partners', select: { sections: ['B'] } },
}
const files = { 'a.txt': dump('Alpha', { section: 'A' }), 'b.txt': dump('Beta', { section: 'B' }) }
const uriOf = (file: string) => `tag:news.example,2024:desk/${mintKey(file)}`
const refOf = (file: string) => `desk/${mintKey(file)}`

interface Change {
  action: string
  takedown?: string
  article: { uri: string }
}
interface Served extends Newsroom {
  get: (path: string, token?: string, headers?: Record<string, string>) => Promise<Response>
  head: (path: string, token?: string) => Promise<Response>
  post: (path: string, token?: string) => Promise<Response>
  wire: (token: string, query?: string) => Promise<{ cursor: string; changes: Change[] }>
  /** A partner that every process knows. */
  enter: (name: string, given: readonly string[]) => Promise<string>
  kill: (file: string) => Promise<Awaited<ReturnType<typeof changeArticle>>>
  states: (file: string) => Promise<Record<string, string>>
  /** `PARTNER WAY` of every line of the audit, when there are so many. */
  lines: (count: number, partner?: string) => Promise<AuditEntry[]>
}

async function open(): Promise<Served> {
  const room = await openNewsroom({ feeds, files })
  await publishAll(room)
  const { server } = await room.app.serve()
  const options = () => ({ store: room.app.store, now: room.now })
  const send = (method: string, path: string, token?: string, headers: Record<string, string> = {}) =>
    fetch(`http://127.0.0.1:${server.port}${path}`, {
      method,
      headers: { ...headers, ...(token !== undefined && { Authorization: `Bearer ${token}` }) },
    })
  const get: Served['get'] = (path, token, headers) => send('GET', path, token, headers)
  const wire: Served['wire'] = async (token, query = '') =>
    (await (await get(`/wire${query}`, token)).json()) as { cursor: string; changes: Change[] }
  const { app } = room
  const { config, store, takedowns, clock } = app
  return Object.assign(room, {
    get,
    head: (path: string, token?: string) => send('HEAD', path, token),
    post: (path: string, token?: string) => send('POST', path, token),
    wire,
    async enter(name: string, given: readonly string[]) {
      const { token } = await addPartner(name, { feeds: given }, options())
      await until(async () => (await get('/feeds/none', token)).status !== 401)
      return token
    },
    kill: (file: string) =>
      changeArticle(uriOf(file), (ref, life) => kill(ref, 'It was untrue.', life), {
        config,
        store,
        takedowns,
        clock,
        publish: feed => app.publish(feed),
        operator: 'Ada',
        act: 'kill',
      }),
    async lines(count: number, partner?: string) {
      const read = () =>
        readAudit({ limit: 100, ...(partner !== undefined && { partner }) }, { site: config.site, store })
      await until(async () => (await read()).entries.length >= count)
      return (await read()).entries
    },
    async states(file: string) {
      const { holders } = await showTakedown(uriOf(file), { site: config.site, store })
      return Object.fromEntries(holders.map(({ partner, state }) => [partner, state]))
    },
  })
}

async function publishAll({ app }: Newsroom): Promise<void> {
  await app.collect('desk')
  for (const feed of await app.behind()) await app.publish(feed)
}

const isHeld = (room: Served, file: string, partner: string) => async () =>
  (await room.app.store.holders.of(refOf(file))).some(holder => holder.partner === partner)

describe('who holds what', () => {
  it('is known of every way by which an article is given, with its version', async () => {
    await using room = await open()
    const ways: [way: string, path: string][] = [
      ['edition', '/feeds/a.rss'],
      ['edition', '/feeds/a.ninjs'],
      ['archive', '/feeds/a/archive/1.atom'],
      ['page', `/articles/desk-${mintKey('a.txt')}`],
      ['page', `/articles/desk-${mintKey('a.txt')}.json`],
      ['wire', '/wire'],
    ]
    for (const [at, [way, path]] of ways.entries()) {
      const name = `paper-${at}`
      const token = await room.enter(name, ['a'])
      expect([path, (await room.get(path, token)).status]).toEqual([path, 200])
      expect(await room.lines(1, name)).toEqual([
        { partner: name, uri: uriOf('a.txt'), version: 1, way, at: '2024-06-01T12:00:00Z' },
      ])
      expect(await isHeld(room, 'b.txt', name)()).toBe(false)
    }
    expect(await room.app.store.holders.of(refOf('a.txt'))).toHaveLength(ways.length)
  })

  it('is known of a stream, and of what has changed since an edition', async () => {
    await using room = await open()
    const token = await room.enter('paper', ['a'])
    const { headers } = await room.get('/feeds/a.rss', token)
    await room.home.write('new.txt', dump('Gamma', { section: 'A' }))
    await publishAll(room)
    const delta = { 'A-IM': 'feed', 'If-None-Match': headers.get('etag') ?? '' }
    await until(async () => (await room.get('/feeds/a.rss', token, delta)).status === 226)
    await until(isHeld(room, 'new.txt', 'paper'))
    const other = await room.enter('site', ['b'])
    const stream = await room.get('/wire/stream', other)
    const reader = stream.body!.getReader()
    await until(isHeld(room, 'b.txt', 'site'))
    await reader.cancel()
    const ways = new Set((await room.lines(3)).map(({ partner, way }) => `${partner} ${way}`))
    expect(ways).toEqual(new Set(['paper edition', 'paper delta', 'site stream']))
  })

  it('is not changed by who has it already, by a HEAD, or without a token', async () => {
    await using room = await open()
    const token = await room.enter('paper', ['a'])
    await fetch((await room.get('/feeds/a.rss', token)).url, {
      method: 'HEAD',
      headers: { Authorization: `Bearer ${token}` },
    })
    const { headers } = await room.get('/feeds/a.rss', token)
    const again = await room.get('/feeds/a.rss', token, { 'If-None-Match': headers.get('etag') ?? '' })
    expect(again.status).toBe(304)
    const entries = await room.lines(2)
    expect(entries.map(({ way }) => way)).toEqual(['edition', 'edition'])
  })

  it('outlives the process that gave it, also where Redis did not hear of it', async () => {
    await using room = await open()
    const token = await room.enter('paper', ['a'])
    const { store, config, clock, log } = room.app
    const { Journal, Ledger } = await import('../../src/serve/parts.ts')
    const folder = `${config.data}/given`
    using journal = new Journal(folder)
    const parcel = { articles: [[refOf('a.txt'), 3] as const], gone: [] }
    journal.write([{ number: 1, text: JSON.stringify([room.now, 'gone-since', 'edition', 'p', parcel]) }])
    await using ledger = new Ledger({ store, journal: new Journal(folder), keep: 1e10, clock, log })
    ledger.start()
    await until(isHeld(room, 'a.txt', 'gone-since'))
    await using again = new Ledger({ store, journal: new Journal(folder), keep: 1e10, clock, log })
    again.start()
    await room.get('/feeds/a.rss', token)
    expect((await room.lines(2)).filter(({ partner }) => partner === 'gone-since')).toHaveLength(1)
  })

  it('is written down before it leaves, all that one turn gives at once', async () => {
    await using room = await open()
    const { store, config, clock, log } = room.app
    const { Journal, Ledger } = await import('../../src/serve/parts.ts')
    const journal = new Journal(`${config.data}/given`)
    await using ledger = new Ledger({ store, journal, keep: 1e10, clock, log })
    const parcel = { articles: [[refOf('a.txt'), 1] as const], gone: [] }
    const written = () => readFileSync(`${config.data}/given/${journal.id}`, 'utf8').match(/^\d+ .*$/gm)
    const seen = ['one', 'two', 'three'].map(
      name => new Promise(resolve => ledger.give(name, 'edition', parcel, () => resolve(written()?.length))),
    )
    expect(existsSync(`${config.data}/given/${journal.id}`)).toBe(false)
    expect(await Promise.all(seen)).toEqual([3, 3, 3])
  })
})

describe('a takedown', () => {
  it('names who holds the article, and is told to who asks the wire behind it', async () => {
    await using room = await open()
    const poller = await room.enter('poller', ['a'])
    await room.enter('stranger', ['b'])
    const { cursor } = await room.wire(poller)
    const { takedown, purge, feeds: changed } = await room.kill('a.txt')
    expect(takedown?.holders).toEqual(['poller'])
    expect(changed).toEqual(['a'])
    expect(purge).toEqual([`article:desk-${mintKey('a.txt')}`])
    expect(await room.states('a.txt')).toEqual({ poller: 'pending' })
    const told = await room.wire(poller, `?after=${cursor}`)
    expect(told.changes.map(({ action, takedown: id }) => [action, id])).toEqual([['kill', takedown?.id]])
    // It may have been cut off on its way: only who asks behind it is known to have it.
    expect(await room.states('a.txt')).toEqual({ poller: 'pending' })
    await room.wire(poller, `?after=${told.cursor}`)
    await until(async () => (await room.states('a.txt'))['poller'] === 'told')
  })

  it('is told to who asks behind it for a feed that held the article, not for another', async () => {
    await using room = await open()
    const token = await room.enter('paper', ['a', 'b'])
    await room.wire(token)
    const cursors = { a: (await room.wire(token, '?feed=a')).cursor, b: (await room.wire(token, '?feed=b')).cursor }
    await room.kill('a.txt')
    await room.kill('b.txt')
    const { cursor: ofB } = await room.wire(token, `?feed=b&after=${cursors.b}`)
    await room.wire(token, `?feed=b&after=${ofB}`)
    const { cursor: ofA, changes } = await room.wire(token, `?feed=a&after=${cursors.a}`)
    expect(changes.map(({ action }) => action)).toEqual(['kill'])
    await until(async () => (await room.states('b.txt'))['paper'] === 'told')
    expect(await room.states('a.txt')).toEqual({ paper: 'pending' })
    await room.wire(token, `?feed=a&after=${ofA}`)
    await until(async () => (await room.states('a.txt'))['paper'] === 'told')
  })

  it('is told to who resumes a stream behind it', async () => {
    await using room = await open()
    const token = await room.enter('paper', ['a'])
    const { cursor } = await room.wire(token)
    await room.kill('a.txt')
    const told = await room.wire(token, `?after=${cursor}`)
    const stream = await room.get('/wire/stream', token, { 'Last-Event-ID': told.cursor })
    await until(async () => (await room.states('a.txt'))['paper'] !== 'pending')
    expect(await room.states('a.txt')).toEqual({ paper: 'told' })
    await stream.body!.cancel()
  })

  it('is told to who gets an edition that says so, in every format that can', async () => {
    await using room = await open()
    for (const format of ['atom', 'json', 'ninjs', 'newsml']) {
      const token = await room.enter(format, ['a'])
      await room.get(`/feeds/a.${format}`, token)
      await until(isHeld(room, 'a.txt', format))
    }
    const rss = await room.enter('rss', ['a'])
    await room.get('/feeds/a.rss', rss)
    await until(isHeld(room, 'a.txt', 'rss'))
    const { takedown } = await room.kill('a.txt')
    expect(takedown?.holders).toHaveLength(5)
    for (const { name, token } of await tokensOf(room, ['atom', 'json', 'ninjs', 'newsml'])) {
      await until(async () => (await (await room.get(`/feeds/a.${name}`, token)).text()).includes(uriOf('a.txt')))
    }
    await until(async () => (await room.states('a.txt'))['newsml'] === 'told')
    expect(await room.states('a.txt')).toEqual({
      atom: 'told',
      json: 'told',
      ninjs: 'told',
      newsml: 'told',
      rss: 'pending',
    })
  })

  it('is confirmed by who holds it, and by no other', async () => {
    await using room = await open()
    const holder = await room.enter('holder', ['a'])
    const stranger = await room.enter('stranger', ['a'])
    await room.wire(holder)
    const { takedown } = await room.kill('a.txt')
    const path = `/wire/takedowns/${takedown?.id}/confirm`
    expect((await room.post(path)).status).toBe(401)
    expect((await room.post(path, stranger)).status).toBe(404)
    expect((await room.post(`/wire/takedowns/desk-${mintKey('b.txt')}.1/confirm`, holder)).status).toBe(404)
    expect((await room.get(path, holder)).status).toBe(405)
    for (let time = 0; time < 2; time++) {
      const response = await room.post(path, holder)
      expect([response.status, await response.json()]).toEqual([200, { id: takedown?.id, state: 'confirmed' }])
    }
    expect(await room.states('a.txt')).toEqual({ holder: 'confirmed' })
    const { takedowns } = (await (await room.get('/wire/takedowns', holder)).json()) as { takedowns: object[] }
    expect(takedowns).toEqual([
      {
        id: takedown?.id,
        uri: uriOf('a.txt'),
        action: 'kill',
        at: '2024-06-01T12:00:00Z',
        reason: 'It was untrue.',
        state: 'confirmed',
      },
    ])
    expect(await (await room.get('/wire/takedowns', stranger)).json()).toEqual({ takedowns: [], more: false })
    expect((await room.get('/wire/takedowns')).status).toBe(401)
    expect((await room.get('/wire/takedowns?after=x', holder)).status).toBe(400)
  })

  it('reaches who had a feed once, and got the article then; nobody else who had it', async () => {
    await using room = await open()
    const options = { store: room.app.store, now: room.now }
    const reader = await room.enter('reader', ['a', 'b'])
    const idler = await room.enter('idler', ['a', 'b'])
    await room.wire(reader)
    const cursors = []
    for (const [name, token] of [
      ['reader', reader],
      ['idler', idler],
    ] as const) {
      if (name === 'idler') await room.wire(token, '?feed=b')
      await setPartner(name, { feeds: ['b'] }, options)
      await until(async () => (await room.head('/feeds/a.rss', token)).status === 404)
      // Up to the end, with what was taken along with the feed.
      cursors.push((await room.wire(token)).cursor)
    }
    const { takedown } = await room.kill('a.txt')
    expect(takedown?.holders).toEqual(['reader'])
    const [ofReader, ofIdler] = cursors
    const told = await room.wire(reader, `?after=${ofReader}`)
    expect(told.changes.map(({ action, article }) => [action, article.uri])).toEqual([['kill', uriOf('a.txt')]])
    expect((await room.wire(idler, `?after=${ofIdler}`)).changes).toEqual([])
  })

  it('is over with a release, and another with the kill after a withhold', async () => {
    await using room = await open()
    const { site } = room.app.config
    const { store } = room.app
    const token = await room.enter('paper', ['a'])
    await room.wire(token)
    const options = { store, now: room.now }
    await withhold(refOf('a.txt'), options)
    const first = await showTakedown(uriOf('a.txt'), { site, store })
    expect([first.action, first.holders.map(({ state }) => state)]).toEqual(['withhold', ['pending']])
    await confirmTakedown(first.id, 'paper', { site, store, now: room.now })
    await release(refOf('a.txt'), options)
    await expect(showTakedown(uriOf('a.txt'), { site, store })).rejects.toThrow('is not taken away')
    await kill(refOf('a.txt'), 'untrue', options)
    const second = await showTakedown(uriOf('a.txt'), { site, store })
    expect(second.id).not.toBe(first.id)
    expect([second.action, second.holders.map(({ state }) => state)]).toEqual(['kill', ['pending']])
    await removePartner('paper', options)
    expect(await room.states('a.txt')).toEqual({ paper: 'pending' })
    const { takedowns } = await listTakedowns({ limit: 10 }, { site, store })
    expect(takedowns).toMatchObject([{ id: second.id, holders: 1, pending: 1, told: 0, confirmed: 0 }])
  })

  it('is in the audit as the act of who did it', async () => {
    await using room = await open()
    await room.enter('paper', ['a'])
    await room.kill('a.txt')
    const { site } = room.app.config
    const { acts } = await readAudit({ article: uriOf('a.txt'), limit: 10 }, { site, store: room.app.store })
    expect(acts).toEqual([
      {
        at: '2024-06-01T12:00:00Z',
        operator: 'Ada',
        act: 'kill',
        about: uriOf('a.txt'),
        before: 'usable, version 1',
        after: 'canceled, version 2',
        reason: 'It was untrue.',
      },
    ])
    const { acts: ofPaper } = await readAudit({ partner: 'paper', limit: 10 }, { site, store: room.app.store })
    expect(ofPaper).toMatchObject([{ act: 'partner add', about: 'paper' }])
  })
})

async function tokensOf(room: Served, names: readonly string[]): Promise<{ name: string; token: string }[]> {
  const { addToken } = await import('../../src/operate/partners.ts')
  const options = { store: room.app.store, now: room.now }
  const tokens = []
  for (const name of names) {
    const { token } = await addToken(name, undefined, options)
    await until(async () => (await room.get('/feeds/a.rss', token)).status === 200)
    tokens.push({ name, token })
  }
  return tokens
}
