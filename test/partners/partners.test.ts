import { describe, expect, it } from 'vitest'
import type { App } from '../../src/app.ts'
import { mintKey } from '../../src/article.ts'
import {
  addPartner,
  addToken,
  listPartners,
  removePartner,
  revokeToken,
  setPartner,
  showPartner,
} from '../../src/operate/partners.ts'
import { kill } from '../../src/operate/life.ts'
import { newsmlFaults } from '../publish/newsml-schema.ts'
import { dump, openNewsroom, type Newsroom } from '../newsroom.ts'
import { until } from '../redis.ts'

const feeds = {
  all: { title: 'All', select: { sections: ['News'] } },
  a: { title: 'A', access: 'partners', select: { sections: ['A'] }, formerly: ['olda'] },
  b: { title: 'B', access: 'partners', select: { sections: ['B'] } },
  c: { title: 'C', access: 'partners', select: { sections: ['C'] } },
}
const files = {
  'n.txt': dump('For everybody'),
  'a.txt': dump('Alpha', { section: 'A' }),
  'b.txt': dump('Beta', { section: 'B' }),
  'c.txt': dump('Gamma', { section: 'C', text: 'Unheard of. Nobody may know.' }),
}
const uriOf = (file: string) => `tag:news.example,2024:desk/${mintKey(file)}`
const pageOf = (file: string) => `/articles/desk-${mintKey(file)}`

interface Served extends Newsroom {
  get: (path: string, headers?: Record<string, string>) => Promise<{ status: number; text: string; headers: Headers }>
  withToken: (token: string) => { Authorization: string }
}

async function open(): Promise<Served> {
  const room = await openNewsroom({ feeds, files })
  await round(room.app)
  const { server } = await room.app.serve()
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`http://127.0.0.1:${server.port}${path}`, { headers, redirect: 'manual' })
    return { status: response.status, text: await response.text(), headers: response.headers }
  }
  await until(async () => (await get('/readyz')).status === 200)
  return Object.assign(room, { get, withToken: (token: string) => ({ Authorization: `Bearer ${token}` }) })
}

async function round(app: App): Promise<void> {
  await app.collect('desk')
  for (const feed of await app.behind()) await app.publish(feed)
}

const optionsOf = ({ app, now }: Newsroom) => ({ store: app.store, now })

/** A partner whom the edge knows. */
async function enter(room: Served, name: string, given: readonly string[]): Promise<string> {
  const { token } = await addPartner(name, { feeds: given }, optionsOf(room))
  await until(async () => (await room.get('/feeds.opml', room.withToken(token))).status === 200)
  return token
}

describe('a partner', () => {
  it('gets the feeds that they have, in every format, by a header or by an address', async () => {
    await using room = await open()
    const token = await enter(room, 'paper', ['a', 'b'])
    for (const format of ['rss', 'atom', 'json']) {
      const { status, text, headers } = await room.get(`/feeds/a.${format}`, room.withToken(token))
      expect([status, text.includes('Alpha')]).toEqual([200, true])
      expect(headers.get('cache-control')).toMatch(/^private/)
      expect(headers.get('vary')).toContain('Authorization')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      const byAddress = await room.get(`/p/${token}/feeds/a.${format}`)
      expect(byAddress.text).toBe(text)
      expect(byAddress.headers.get('etag')).toBe(headers.get('etag'))
      expect(text + JSON.stringify([...byAddress.headers])).not.toContain(token.slice(3, 20))
      const again = await room.get(`/feeds/a.${format}`, {
        ...room.withToken(token),
        'If-None-Match': headers.get('etag')!,
      })
      expect(again.status).toBe(304)
    }
    expect((await room.get('/feeds/b/archive/1.json', room.withToken(token))).text).toContain('Beta')
    expect((await room.get(pageOf('a.txt'), room.withToken(token))).text).toContain('Alpha')
    expect((await room.get(`${pageOf('a.txt')}.json`, room.withToken(token))).headers.get('cache-control')).toMatch(
      /^private/,
    )
    expect((await room.get('/feeds/all.rss', room.withToken(token))).status).toBe(200)
  })

  it('is led from an old name to the new one, with the token that is in the address', async () => {
    await using room = await open()
    const token = await enter(room, 'paper', ['a'])
    for (const [path, now] of [
      ['/feeds/olda.rss', '/feeds/a.rss'],
      ['/feeds/olda/archive/1.atom', '/feeds/a/archive/1.atom'],
    ] as const) {
      const moved = await room.get(`/p/${token}${path}`)
      expect(moved.status).toBe(301)
      expect(new URL(moved.headers.get('location')!, `https://news.example/p/x${path}`).pathname).toBe(`/p/x${now}`)
      expect((await room.get(path)).status).toBe(401)
    }
    const other = await enter(room, 'site', ['b'])
    expect((await room.get('/feeds/olda.rss', room.withToken(other))).status).toBe(404)
  })

  it('gets ninjs and NewsML-G2 of every feed that they have, with what was taken away', async () => {
    await using room = await open()
    const token = await enter(room, 'paper', ['a', 'all'])
    const get = (path: string) => room.get(path, room.withToken(token))
    const before = await get('/feeds/a.ninjs')
    expect((JSON.parse(before.text) as { uri: string }[]).map(({ uri }) => uri)).toEqual([uriOf('a.txt')])
    expect(before.headers.get('cache-control')).toMatch(/^private/)
    expect((await get('/feeds/all.ninjs')).headers.get('cache-control')).toMatch(/^private/)
    const newsml = await get('/feeds/a.newsml')
    expect(newsml.headers.get('content-type')).toContain('newsmessage+xml')
    expect(newsml.text).toContain('Alpha')
    expect(newsmlFaults(newsml.text)).toEqual([])
    await kill(`desk/${mintKey('a.txt')}`, 'untrue', optionsOf(room))
    await until(async () => (await get('/feeds/a.ninjs')).text.includes('canceled'))
    const [killed] = JSON.parse((await get('/feeds/a.ninjs')).text) as object[]
    expect(killed).toMatchObject({ uri: uriOf('a.txt'), pubStatus: 'canceled', edNote: 'untrue' })
    const after = await get('/feeds/a.newsml')
    expect(after.text).toContain('stat:canceled')
    expect(after.text).not.toContain('Alpha')
    expect(newsmlFaults(after.text)).toEqual([])
    for (const path of ['/feeds/b.ninjs', '/feeds/b.newsml', '/feeds/nosuch.ninjs']) {
      expect([path, (await get(path)).status]).toEqual([path, 404])
    }
    expect([(await room.get('/feeds/a.ninjs')).status, (await room.get('/feeds/all.newsml')).status]).toEqual([
      401, 401,
    ])
  })

  it('finds nothing of what they have not, as if it did not exist', async () => {
    await using room = await open()
    const token = await enter(room, 'paper', ['a', 'b'])
    const unknown = await room.get('/feeds/nosuch.rss', room.withToken(token))
    for (const path of ['/feeds/c.rss', '/feeds/c.atom', '/feeds/c.json', '/feeds/c', '/feeds/c/archive/1.rss']) {
      const found = await room.get(path, room.withToken(token))
      expect([path, found.status]).toEqual([path, 404])
    }
    expect((await room.get('/feeds/c.rss', room.withToken(token))).text).toBe(unknown.text)
    for (const path of [pageOf('c.txt'), `${pageOf('c.txt')}.json`]) {
      expect((await room.get(path, room.withToken(token))).status).toBe(404)
    }
    for (const path of ['/', '/feeds.opml', '/sitemap-news.xml', '/feeds/a.json', '/feeds/b.json']) {
      expect((await room.get(path, room.withToken(token))).text).not.toMatch(/Gamma|Unheard/)
    }
  })

  it('is refused with a token that is none, of somebody who is none, and without one', async () => {
    await using room = await open()
    const token = await enter(room, 'paper', ['a'])
    const wrong = `${token.slice(0, -1)}${token.endsWith('0') ? '1' : '0'}`
    for (const path of ['/feeds/a.rss', '/feeds/all.rss', '/', pageOf('n.txt')]) {
      const refused = await room.get(path, room.withToken(wrong))
      expect([path, refused.status]).toEqual([path, 401])
      expect(refused.headers.get('www-authenticate')).toContain('invalid_token')
      expect((await room.get(`/p/${wrong}${path}`)).status).toBe(401)
    }
    expect((await room.get('/feeds/a.rss')).status).toBe(401)
    // What stands in front of us may have its own.
    expect((await room.get('/feeds/all.rss', { Authorization: 'Basic YTpi' })).status).toBe(200)
    expect((await room.get('/p//feeds/all.rss')).status).toBe(401)
  })

  it('is refused from the second on in which the token is revoked, or is no longer good', async () => {
    await using room = await open()
    const token = await enter(room, 'paper', ['a'])
    const second = await addToken('paper', '2024-06-01T13:00:00Z', optionsOf(room))
    const statusOf = async (each: string) => (await room.get('/feeds/a.rss', room.withToken(each))).status
    await until(async () => (await statusOf(second.token)) === 200)
    const { tokens } = await showPartner('paper', optionsOf(room))
    await revokeToken('paper', tokens[0]!.id, optionsOf(room))
    await until(async () => (await statusOf(token)) === 401)
    expect(await statusOf(second.token)).toBe(200)
    room.now = Date.parse('2024-06-01T13:00:00Z')
    expect(await statusOf(second.token)).toBe(401)
  })

  it('may ask as often as was agreed, a 304 being a tenth, and then is told when to come again', async () => {
    await using room = await open()
    const { token } = await addPartner('paper', { feeds: ['a'], rate: 5 }, optionsOf(room))
    const other = await enter(room, 'site', ['a'])
    const ask = (headers: Record<string, string> = {}) =>
      room.get('/feeds/a.rss', { ...room.withToken(token), ...headers })
    await until(async () => (await ask()).status === 200)
    const { headers } = await ask()
    expect(headers.get('ratelimit-policy')).toBe('"partner";q=5;w=60')
    expect(headers.get('ratelimit')).toMatch(/^"partner";r=[0-4];t=\d+$/)
    for (let i = 0; i < 10; i++) expect((await ask({ 'If-None-Match': headers.get('etag')! })).status).toBe(304)
    await until(async () => (await ask()).status === 429)
    const { status, headers: late } = await ask()
    expect([status, Number(late.get('retry-after')) > 0]).toEqual([429, true])
    expect((await room.get('/feeds/a.rss', room.withToken(other))).status).toBe(200)
    const shown = await showPartner('site', optionsOf(room))
    expect(shown.rate).toBe(600)
  })

  it('gets other feeds once they are given, and no longer what was taken', async () => {
    await using room = await open()
    const token = await enter(room, 'paper', ['a', 'b'])
    const statusOf = async (feed: string) => (await room.get(`/feeds/${feed}.rss`, room.withToken(token))).status
    await setPartner('paper', { feeds: ['b', 'c'] }, optionsOf(room))
    await until(async () => (await statusOf('c')) === 200)
    expect([await statusOf('a'), await statusOf('b')]).toEqual([404, 200])
    await removePartner('paper', optionsOf(room))
    await until(async () => (await statusOf('b')) === 401)
  })
})

describe('what is known of partners', () => {
  it('is listed without any token', async () => {
    await using room = await openNewsroom({ feeds, files })
    const { token, tokenId } = await addPartner('paper', { feeds: ['b', 'a'], rate: 60 }, optionsOf(room))
    await addPartner('site', { feeds: [] }, optionsOf(room))
    const partners = await listPartners(optionsOf(room))
    expect(partners.map(({ name, feeds: given, rate }) => [name, given, rate])).toEqual([
      ['paper', ['a', 'b'], 60],
      ['site', [], 600],
    ])
    expect(partners[0]!.tokens).toEqual([{ id: tokenId, created: '2024-06-01T12:00:00Z', isExpired: false }])
    expect(JSON.stringify(partners)).not.toContain(token.slice(3, 12))
  })

  it('takes a position on the wire where feeds are given or taken, and none where nothing is', async () => {
    await using room = await openNewsroom({ feeds, files })
    const { store } = room.app
    const before = await store.wire.position()
    await addPartner('paper', { feeds: ['a', 'b'] }, optionsOf(room))
    await setPartner('paper', { feeds: ['b'] }, optionsOf(room))
    await setPartner('paper', { rate: 5 }, optionsOf(room))
    await setPartner('paper', { feeds: ['b', 'a'] }, optionsOf(room))
    const found = await store.partners.find('paper')
    expect(found?.partner.grants).toEqual([
      { feed: 'a', from: before + 1, until: before + 2 },
      { feed: 'b', from: before + 1 },
      { feed: 'a', from: before + 3 },
    ])
    expect(await store.wire.position()).toBe(before + 3)
  })

  it('may have a feed that stands in the configuration and was not declared yet', async () => {
    await using room = await openNewsroom({ feeds, files })
    const options = { ...optionsOf(room), configured: ['soon'] }
    await addPartner('paper', { feeds: ['soon', 'a'] }, options)
    expect((await showPartner('paper', options)).feeds).toEqual(['a', 'soon'])
    await expect(setPartner('paper', { feeds: ['never'] }, options)).rejects.toThrow('there is no feed “never”')
  })

  it('says what is wrong with a name, a feed, a token', async () => {
    await using room = await openNewsroom({ feeds, files })
    const options = optionsOf(room)
    await addPartner('paper', { feeds: ['a'] }, options)
    await expect(addPartner('paper', { feeds: ['a'] }, options)).rejects.toThrow('there is a partner “paper” already')
    await expect(addPartner('The Paper', {}, options)).rejects.toThrow('is no name for a partner')
    await expect(addPartner('site', { feeds: ['nosuch'] }, options)).rejects.toThrow('there is no feed “nosuch”')
    await expect(setPartner('constructor', { rate: 1 }, options)).rejects.toThrow('there is no partner “constructor”')
    await expect(revokeToken('paper', 'nosuch', options)).rejects.toThrow('has no token “nosuch”')
    await expect(addToken('paper', '2020-01-01T00:00:00Z', options)).rejects.toThrow('past already')
  })
})
