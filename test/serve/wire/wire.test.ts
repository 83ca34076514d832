import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { mintKey } from '../../../src/article.ts'
import { correct, kill, release, withhold } from '../../../src/operate/life.ts'
import { dump, openNewsroom, type Newsroom } from '../../newsroom.ts'
import { ask } from '../raw.ts'
import { until } from '../../redis.ts'
import { Follower, openWire, serveWire, type WireDocument } from './wire-server.ts'

const refOf = (file: string) => `desk/${mintKey(file)}`
const [alpha, beta] = [mintKey('a.txt'), mintKey('b.txt')]
const sections = (...names: string[]) => ({ title: 'Some', select: { sections: names } })
const at = ({ app, now }: Newsroom) => ({ store: app.store, now })

const files = { 'a.txt': dump('Alpha'), 'b.txt': dump('Beta', { section: 'Sport' }) }
const feeds = { news: sections('News'), sport: sections('Sport') }

function bodiesOf({ changes }: WireDocument): unknown {
  return changes[0]!.article['bodies']
}

describe('/wire from nothing', () => {
  it('tells every article of the public feeds once, as ninjs, and then that there is no more', async () => {
    await using opened = await openWire({ files, feeds })
    const { changes, cursor, more } = await opened.server.page()
    expect(changes.map(({ action, feeds: names, article }) => [action, names, article.uri])).toEqual([
      ['publish', ['news'], `tag:news.example,2024:desk/${alpha}`],
      ['publish', ['sport'], `tag:news.example,2024:desk/${beta}`],
    ])
    expect(changes[0]).toMatchObject({
      at: '2024-06-01T12:00:00.000Z',
      article: {
        standard: { name: 'ninjs', version: '3.1' },
        version: '1',
        pubStatus: 'usable',
        headlines: [{ value: 'Alpha' }],
        bodies: [{ value: '<p>One sentence. Another one.</p>' }],
      },
    })
    expect([more, cursor]).toEqual([false, changes.at(-1)!.cursor])
  })

  it('goes on page by page, at each seam from any cursor, and stands still at the end', async () => {
    const many = Object.fromEntries(Array.from({ length: 7 }, (_, i) => [`${i}.txt`, dump(`Story ${i}`)]))
    await using opened = await openWire({ files: many })
    const whole = await opened.server.page()
    expect(whole.changes).toHaveLength(7)
    for (const limit of [1, 2, 3, 7]) {
      const follower = new Follower(opened.server, { limit })
      expect(await follower.follow()).toHaveLength(7)
      expect(follower.cursor).toBe(whole.cursor)
    }
    for (const [i, { cursor }] of whole.changes.entries()) {
      const rest = await opened.server.page({ after: cursor })
      expect(rest.changes.map(change => change.article.uri)).toEqual(
        whole.changes.slice(i + 1).map(change => change.article.uri),
      )
    }
    expect(await opened.server.page({ after: whole.cursor })).toEqual({
      cursor: whole.cursor,
      changes: [],
      more: false,
    })
  })

  it('does not tell what was gone before it began, also where it is read in pieces', async () => {
    const many = Object.fromEntries(Array.from({ length: 6 }, (_, i) => [`${i}.txt`, dump(`Story ${i}`)]))
    await using opened = await openWire({ files: many })
    const { room, server } = opened
    await withhold(refOf('1.txt'), at(room))
    await kill(refOf('4.txt'), 'untrue', at(room))
    const follower = new Follower(server, { limit: 1 })
    expect((await follower.follow()).map(line => line.split(' ')[0])).toEqual(Array(4).fill('publish'))
    await kill(refOf('0.txt'), 'untrue', at(room))
    expect(await follower.follow()).toEqual([`kill ${mintKey('0.txt')}`])
    expect(follower.held.size).toBe(3)
  })

  it('tells what goes while it is read, and nothing of an empty wire', async () => {
    await using opened = await openWire({ files, feeds })
    const { room, server } = opened
    const first = await server.page({ limit: 1 })
    await kill(refOf('a.txt'), 'untrue', at(room))
    await withhold(refOf('b.txt'), at(room))
    const rest = await server.page({ after: first.cursor })
    expect(rest.changes.map(({ action }) => action)).toEqual(['kill', 'withhold'])
    expect(await server.page()).toMatchObject({ changes: [], more: false })
  })
})

describe('/wire', () => {
  it('tells an article that changed several times once, as it is now, with the operator’s reason', async () => {
    await using opened = await openWire({ files, feeds })
    const { room, server } = opened
    const { cursor } = await server.page()
    await withhold(refOf('a.txt'), at(room))
    await release(refOf('a.txt'), at(room))
    await correct(refOf('a.txt'), 'The name was wrong.', at(room))
    const corrected = await server.page({ after: cursor })
    expect(corrected.changes).toMatchObject([{ action: 'correct', reason: 'The name was wrong.', feeds: ['news'] }])
    await kill(refOf('a.txt'), 'It was untrue.', at(room))
    const { changes } = await server.page({ after: cursor })
    expect(changes).toEqual([
      {
        cursor: expect.any(String),
        action: 'kill',
        at: '2024-06-01T12:00:00.000Z',
        reason: 'It was untrue.',
        feeds: [],
        article: { uri: `tag:news.example,2024:desk/${alpha}`, version: '5', pubStatus: 'canceled' },
      },
    ])
  })

  it('tells who follows a section what leaves it as withheld, and who follows the other what enters as published', async () => {
    await using opened = await openWire({ files, feeds })
    const { room, server } = opened
    const [news, sport] = [new Follower(server, { feed: 'news' }), new Follower(server, { feed: 'sport' })]
    const [both, whole] = [new Follower(server, { feed: ['sport', 'news'] }), new Follower(server)]
    for (const each of [news, sport, both, whole]) await each.follow()
    await room.home.write('a.txt', dump('Alpha', { section: 'Sport' }))
    await room.app.collect('desk')
    expect(await news.follow()).toEqual([`withhold ${alpha}`])
    expect(await sport.follow()).toEqual(['publish Alpha'])
    expect([await both.follow(), await whole.follow()]).toEqual([['publish Alpha'], ['publish Alpha']])
    await room.home.write('a.txt', dump('Alpha again', { section: 'Sport' }))
    await room.app.collect('desk')
    expect([await news.follow(), await sport.follow(), await both.follow()]).toEqual([
      [],
      ['update Alpha again'],
      ['update Alpha again'],
    ])
    await kill(refOf('a.txt'), 'untrue', at(room))
    expect([await news.follow(), await sport.follow()]).toEqual([[`kill ${alpha}`], [`kill ${alpha}`]])
    expect((await server.page({ feed: 'news' })).changes).toEqual([])
  })

  it('tells what a new rule brings and takes, once the feed is filled', async () => {
    await using opened = await openWire({ files, feeds })
    const { room, server } = opened
    const news = new Follower(server, { feed: 'news' })
    await news.follow()
    await room.home.writeFeed('news', sections('Sport'))
    const other = await room.openApp()
    await other.publish('news')
    expect((await news.follow()).toSorted()).toEqual(['publish Beta', `withhold ${alpha}`])
    expect(news.held.size).toBe(1)
  })

  it('shows an article as full as the most generous of the feeds that were asked for', async () => {
    const text = 'First sentence of it. '.repeat(60)
    const brief = { title: 'Brief', content: 'summary' }
    await using opened = await openWire({
      files: { 'a.txt': dump('Alpha', { text }) },
      feeds: { brief, whole: { title: 'Whole' } },
    })
    expect(bodiesOf(await opened.server.page({ feed: 'brief' }))).toBeUndefined()
    expect(bodiesOf(await opened.server.page({ feed: 'whole' }))).toHaveLength(1)
    expect(bodiesOf(await opened.server.page())).toHaveLength(1)
    const [change] = (await opened.server.page({ feed: ['whole', 'brief'] })).changes
    expect([change!.feeds, change!.article['representationType']]).toEqual([['brief', 'whole'], 'full'])
  })

  it('tells ninjs 2.2 to who asks for it, in its own words', async () => {
    await using opened = await openWire({ files, feeds })
    const { room, server } = opened
    const { changes, cursor } = await server.page({ version: '2.2' })
    expect(changes[0]!.article).toMatchObject({
      standard: { version: '2.2', schema: 'http://www.iptc.org/std/ninjs/ninjs-schema_2.2.json#' },
      pubstatus: 'usable',
      versioncreated: '2024-05-01T10:00:00Z',
      headlines: [{ contenttype: 'text/plain', value: 'Alpha' }],
    })
    expect(JSON.stringify(changes)).not.toMatch(/"(pubStatus|versionCreated|contentType)"/)
    await kill(refOf('a.txt'), 'untrue', at(room))
    const after = await server.page({ version: '2.2', after: cursor })
    expect(after.changes[0]!.article).toMatchObject({ pubstatus: 'canceled' })
  })

  it('is told in small pieces where texts are large', async () => {
    const text = 'Words and words and more of these words.\n\n'.repeat(50_000)
    const many = Object.fromEntries(Array.from({ length: 5 }, (_, i) => [`${i}.txt`, dump(`Story ${i}`, { text })]))
    await using opened = await openWire({ files: many })
    const { body } = await opened.server.get('/wire?limit=500')
    const page = body as WireDocument
    expect(page.more).toBe(true)
    expect(JSON.stringify(page).length).toBeLessThan(8_000_000)
    expect(page.cursor).toBe(page.changes.at(-1)!.cursor)
    expect(await new Follower(opened.server).follow()).toHaveLength(5)
  })

  it('holds nothing back for feeds of other words: one may be called constructor', async () => {
    await using opened = await openWire({ files, feeds: { constructor: { title: 'All' }, news: sections('News') } })
    expect(await new Follower(opened.server, { feed: 'constructor' }).follow()).toHaveLength(2)
    expect((await opened.server.get('/wire?feed=tostring')).status).toBe(401)
  })

  it('says nothing of what is held back until it comes out', async () => {
    const later = dump('Tomorrow', { date: '02/06/2024 10h00' })
    await using opened = await openWire({ files: { 'a.txt': later } })
    const { room, server } = opened
    const follower = new Follower(server)
    expect(await follower.follow()).toEqual([])
    room.now = Date.parse('2024-06-02T10:00:01Z')
    await room.app.release()
    expect(await follower.follow()).toEqual(['publish Tomorrow'])
  })
})

describe('an answer of /wire', () => {
  it('is compressed, kept by nobody, and open to programs in browsers', async () => {
    await using opened = await openWire({ files, feeds })
    const { port } = new URL(opened.server.url)
    const plain = await ask(Number(port), '/wire')
    expect(plain.headers).toMatchObject({ 'cache-control': 'no-store', 'access-control-allow-origin': '*' })
    for (const [coding, decode] of [
      ['gzip', gunzipSync],
      ['br', brotliDecompressSync],
    ] as const) {
      const { headers, body } = await ask(Number(port), '/wire', [`Accept-Encoding: ${coding}`])
      expect(headers['content-encoding']).toBe(coding)
      expect(String(decode(body))).toBe(plain.body.toString())
    }
    const head = await ask(Number(port), '/wire', [], 'HEAD')
    expect([head.status, head.body.length, head.headers['content-length']]).toEqual([200, 0, String(plain.body.length)])
    expect((await ask(Number(port), '/wire', [], 'OPTIONS')).status).toBe(204)
  })

  it('to what may not be asked is a problem, as every error is', async () => {
    await using opened = await openWire({ files, feeds })
    const { port } = new URL(opened.server.url)
    const stranger = { authorization: 'Bearer fw_none' }
    // Until it is known who there is, nobody is told that they are not.
    await until(async () => (await opened.server.get('/wire', stranger)).status === 401)
    for (const path of ['/wire', '/wire/digest', '/wire/stream']) {
      const refused = await ask(Number(port), path, ['Content-Length: 0'], 'POST')
      expect([refused.status, refused.headers.allow]).toEqual([405, 'GET, HEAD, OPTIONS'])
      const unknown = await ask(Number(port), path, ['Authorization: Bearer fw_none'])
      expect([unknown.status, unknown.headers['www-authenticate']]).toEqual([401, 'Bearer error="invalid_token"'])
      for (const { status, headers, body } of [refused, unknown]) {
        expect([headers['content-type'], headers['content-length']]).toEqual([
          'application/problem+json',
          String(body.length),
        ])
        expect(JSON.parse(body.toString())).toMatchObject({ type: 'about:blank', status })
      }
    }
  })

  it.each([
    ['limit=0', 'limit'],
    ['limit=501', 'limit'],
    ['limit=1e2', 'limit'],
    ['limit=', 'limit'],
    ['limit=5&limit=5', 'limit'],
    ['wait=31', 'wait'],
    ['wait=-1', 'wait'],
    ['wait=1.5', 'wait'],
    ['version=3', 'version'],
    ['since=yesterday', 'since'],
    ['Limit=5', 'Limit'],
    ['after=', 'after'],
    ['after=rubbish', 'after'],
    ['after=constructor-1', 'after'],
    ['after=a1-1-aaaaaaaa', 'after'],
  ])('to %s is 400 and names the parameter', async (query, parameter) => {
    await using opened = await openWire({ files, feeds })
    const { status, headers, body } = await opened.server.get(`/wire?${query}`)
    expect([status, headers.get('content-type')]).toEqual([400, 'application/problem+json'])
    expect(body).toMatchObject({ type: 'about:blank', title: 'Bad Request', status: 400, parameter })
  })

  it('is 400 to a cursor of other feeds, and to one that was made up', async () => {
    await using opened = await openWire({ files, feeds })
    const { server } = opened
    const { cursor } = await server.page({ feed: 'news' })
    const statusOf = async (query: string) => (await server.get(`/wire?${query}`)).status
    expect(await statusOf(`feed=news&after=${cursor}`)).toBe(200)
    expect(await statusOf(`feed=news&feed=news&after=${cursor}`)).toBe(200)
    expect(await statusOf(`feed=sport&after=${cursor}`)).toBe(400)
    expect(await statusOf(`feed=news&feed=sport&after=${cursor}`)).toBe(400)
    expect(await statusOf(`after=${cursor}`)).toBe(400)
    const beyond = cursor.replace(/-(\d+)/, (_, position) => `-${Number(position) + 1000}`)
    expect(await statusOf(`feed=news&after=${beyond}`)).toBe(400)
  })

  it('is 401 alike for a partners’ feed and for one that there is not', async () => {
    await using opened = await openWire({ files, feeds: { ...feeds, club: { title: 'Club', access: 'partners' } } })
    const [club, nothing, beside] = await Promise.all(
      ['club', 'nothing', 'news&feed=club'].map(feed => opened.server.get(`/wire?feed=${feed}`)),
    )
    expect([club!.status, nothing!.status, beside!.status]).toEqual([401, 401, 401])
    expect(club!.body).toEqual(nothing!.body)
    expect(club!.headers.get('www-authenticate')).toBe('Bearer')
    expect((await opened.server.page()).changes.flatMap(change => change.feeds)).toEqual(['news', 'sport'])
  })
})

const club = (access: string) => ({ title: 'Club', access, select: { sections: ['Sport'] } })

describe('a feed that is opened to everybody, or closed', () => {
  it('brings and takes what it holds to who follows all public feeds', async () => {
    await using opened = await openWire({ files, feeds: { news: sections('News'), club: club('partners') } })
    const { room, server } = opened
    const follower = new Follower(server, { limit: 1 })
    expect(await follower.follow()).toEqual(['publish Alpha'])
    await room.home.writeFeed('club', club('public'))
    await room.openApp()
    // The process keeps back by its own configuration what it was told is for partners.
    expect((await server.get('/wire')).status).toBe(503)
    await using edge = await serveWire(await room.openApp())
    const at2 = new Follower(edge)
    at2.cursor = follower.cursor
    expect(await at2.follow()).toEqual(['publish Beta'])
    expect(await at2.follow()).toEqual([])
    await room.home.writeFeed('club', club('partners'))
    await using closed = await serveWire(await room.openApp())
    const at3 = new Follower(closed)
    at3.cursor = at2.cursor
    expect(await at3.follow()).toEqual([`withhold ${beta}`])
    await kill(refOf('b.txt'), 'untrue', at(room))
    expect(await at3.follow()).toEqual([`kill ${beta}`])
    const late = new Follower(closed)
    late.cursor = follower.cursor
    expect(await late.follow()).toEqual([`kill ${beta}`])
    expect(await new Follower(closed).follow()).toEqual(['publish Alpha'])
  })
})

describe('a feed that was closed for a while', () => {
  it('takes away what has left it meanwhile, from who had it before', async () => {
    await using opened = await openWire({ files, feeds: { news: sections('News'), club: club('public') } })
    const { room, server } = opened
    const { app } = room
    const follower = new Follower(server)
    await follower.follow()
    const declare = (access: 'public' | 'partners') =>
      app.store.definitions.declare(
        app.config.site,
        app.config.feeds.map(feed => (feed.name === 'club' ? { ...feed, access } : feed)),
      )
    await declare('partners')
    await room.home.write('b.txt', dump('Beta', { section: 'Arts' }))
    await app.collect('desk')
    await declare('public')
    expect(await follower.follow()).toEqual([`withhold ${beta}`])
    expect(await new Follower(server).follow()).toEqual(['publish Alpha'])
  })
})

describe('an answer that is put together while an article is taken away', () => {
  it('does not show it', async () => {
    await using opened = await openWire({ files, feeds })
    const { room, server } = opened
    const { articles } = room.app.store
    const article = articles.article.bind(articles)
    articles.article = async (...args) => {
      articles.article = article
      const read = await article(...args)
      await kill(refOf('a.txt'), 'untrue', at(room))
      return read
    }
    const { changes } = await server.page()
    expect(changes.map(change => change.article['headlines'])).toEqual([[expect.objectContaining({ value: 'Beta' })]])
  })
})

describe('a store that was put back', () => {
  it('refuses cursors of what it has lost with 410 and the address to begin at, before its next commit and after', async () => {
    await using room = await openNewsroom({ ownRedis: true, files, feeds })
    await room.app.collect('desk')
    await using server = await serveWire(room.app)
    const kept = (await server.page({ feed: 'news' })).cursor
    const client = room.redis.client()
    const saved = await Promise.all(
      (await client.keys('*')).map(async key => [key, await client.dumpBuffer(key)] as const),
    )
    await correct(refOf('a.txt'), 'Wrong.', at(room))
    const beyond = (await server.page({ feed: 'news' })).cursor
    await client.flushall()
    for (const [key, bytes] of saved) await client.restore(key, 0, bytes)
    await room.redis.stop()
    await room.redis.restart()
    const lost = () => server.get(`/wire?feed=news&limit=7&after=${beyond}`)
    expect(await lost()).toMatchObject({ status: 410, body: { restart: '/wire?feed=news&limit=7' } })
    expect((await server.page({ feed: 'news', after: kept })).changes).toEqual([])
    await correct(refOf('b.txt'), 'Wrong.', at(room))
    await correct(refOf('a.txt'), 'Wrong again.', at(room))
    expect((await lost()).status).toBe(410)
    expect((await server.page({ feed: 'news', after: kept })).changes).toMatchObject([{ action: 'correct' }])
  })
})
