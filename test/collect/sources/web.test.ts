import { once } from 'node:events'
import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  ask,
  atomFeed,
  expectPoll,
  minute,
  page,
  redirect,
  sourceAt,
  start,
  startSite,
  status,
  type Site,
} from './site.ts'

const feed = atomFeed('One')
let site: Site
let other: Site

beforeEach(async () => {
  site = await startSite()
  other = await startSite()
})

afterEach(async () => {
  await site[Symbol.asyncDispose]()
  await other[Symbol.asyncDispose]()
})

describe('a poll', () => {
  it('gives the page the first time, and asks for feeds in the words of HTTP', async () => {
    site.answers['/feed'] = page(feed)
    const { pages } = await expectPoll('fresh', ask(sourceAt(`${site.origin}/feed`)))
    expect(pages.map(String)).toEqual([feed])
    expect(site.asked[0]?.headers).toMatchObject({
      'user-agent': 'Feedwire/0 (+https://wire.example)',
      'accept-encoding': 'br, gzip',
    })
    expect(site.asked[0]?.headers.accept).toMatch(/^application\/feed\+json, application\/atom\+xml, .*\*\/\*;q=0\.1$/)
    expect(site.asked[0]?.headers).not.toHaveProperty('a-im')
    expect(site.asked[0]?.headers).not.toHaveProperty('if-none-match')
  })

  it('sends back the validators as they came, and learns from 304 that nothing changed', async () => {
    const validators = { etag: 'W/"a,b"', 'last-modified': 'Wed, 01 May 2024 11:00:00 GMT' }
    site.answers['/feed'] = (response, headers) =>
      headers['if-none-match'] === validators.etag
        ? response.writeHead(304).end()
        : response.writeHead(200, validators).end(feed)
    const source = sourceAt(`${site.origin}/feed`)
    const first = await expectPoll('fresh', ask(source))
    const second = await expectPoll('unchanged', ask(source, first.state, { now: start + minute }))
    await expectPoll('unchanged', ask(source, second.state, { now: start + 2 * minute }))
    expect(site.asked[2]?.headers).toMatchObject({
      'if-none-match': validators.etag,
      'if-modified-since': validators['last-modified'],
    })
  })

  it('finds the same bytes unchanged, whatever the status says, and other bytes fresh', async () => {
    site.answers['/feed'] = page(feed)
    const source = sourceAt(`${site.origin}/feed`)
    const first = await expectPoll('fresh', ask(source))
    const second = await expectPoll('unchanged', ask(source, first.state, { now: start + minute }))
    site.answers['/feed'] = page(atomFeed('Two'))
    const third = await expectPoll('fresh', ask(source, second.state, { now: start + 2 * minute }))
    expect(third.pages.map(String)).toEqual([atomFeed('Two')])
  })

  it('takes no 304 for an answer to a question without validators', async () => {
    site.answers['/feed'] = status(304)
    const { error } = await expectPoll('failed', ask(sourceAt(`${site.origin}/feed`)))
    expect(error.message).toMatch(/answered 304 Not Modified$/)
  })

  it('asks nothing within a minute, nor before the site said', async () => {
    site.answers['/feed'] = page(feed, { 'cache-control': 'max-age=300' })
    site.answers['/eager'] = page(feed, { 'cache-control': 'max-age=1' })
    const source = sourceAt(`${site.origin}/feed`)
    const { state } = await expectPoll('fresh', ask(source))
    expect(await ask(source, state, { now: start + 5 * minute - 1 })).toEqual({
      kind: 'notYet',
      until: '2024-05-01T12:05:00Z',
    })
    await expectPoll('unchanged', ask(source, state, { now: start + 5 * minute }))
    const eager = sourceAt(`${site.origin}/eager`)
    const soon = await expectPoll('fresh', ask(eager))
    await expectPoll('notYet', ask(eager, soon.state, { now: start + minute - 1 }))
    expect(site.asked).toHaveLength(3)
  })

  it('waits for as long as the RSS ttl says, also after a 304', async () => {
    const rss =
      '<rss version="2.0"><channel><title>T</title><ttl>30</ttl><item><title>One</title></item></channel></rss>'
    site.answers['/feed'] = (response, headers) =>
      headers['if-none-match'] === undefined
        ? response.writeHead(200, { etag: '"1"', 'cache-control': 'max-age=60' }).end(rss)
        : response.writeHead(304).end()
    const source = sourceAt(`${site.origin}/feed`)
    const first = await expectPoll('fresh', ask(source))
    expect(first.state.next).toBe('2024-05-01T12:30:00Z')
    const second = await expectPoll('unchanged', ask(source, first.state, { now: start + 30 * minute }))
    expect(second.state.next).toBe('2024-05-01T13:00:00Z')
  })

  it('asks again at once, and for everything, when the settings of its source changed', async () => {
    site.answers['/feed'] = page(feed, { etag: '"1"', 'cache-control': 'max-age=3600' })
    const source = sourceAt(`${site.origin}/feed`)
    const { state } = await expectPoll('fresh', ask(source))
    await expectPoll('fresh', ask({ ...source, section: 'News' }, state))
    expect(site.asked[1]?.headers).not.toHaveProperty('if-none-match')
  })

  it('never asks again after 410, until the settings change', async () => {
    site.answers['/feed'] = status(410)
    const source = sourceAt(`${site.origin}/feed`)
    const { state } = await expectPoll('gone', ask(source))
    await expectPoll('gone', ask(source, state, { now: start + 10 * 86_400_000 }))
    expect(site.asked).toHaveLength(1)
    await expectPoll('failed', ask(sourceAt(`${site.origin}/moved`), state))
  })

  it.each([429, 503])('stays away for as long as Retry-After of a %i says', async code => {
    const source = sourceAt(`${site.origin}/feed`)
    site.answers['/feed'] = status(code, { 'retry-after': '600' })
    const seconds = await expectPoll('failed', ask(source))
    expect(seconds.state.next).toBe('2024-05-01T12:10:00Z')
    site.answers['/feed'] = status(code, { 'retry-after': 'Wed, 01 May 2024 13:00:00 GMT' })
    const date = await expectPoll('failed', ask(source))
    expect(date.state.next).toBe('2024-05-01T13:00:00Z')
  })

  it('waits longer with each failure, keeps what it knows, and forgets the failures with the first answer', async () => {
    const source = sourceAt(`${site.origin}/feed`)
    site.answers['/feed'] = page(feed, { etag: '"1"' })
    let { state } = await expectPoll('fresh', ask(source))
    let now = start
    const waits: number[] = []
    site.answers['/feed'] = status(500)
    for (let i = 0; i < 12; i++) {
      now = Date.parse(state.next)
      ;({ state } = await expectPoll('failed', ask(source, state, { now })))
      waits.push(Math.floor((Date.parse(state.next) - now) / minute / 1.1 + 0.1))
    }
    expect(waits).toEqual(
      [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360].map(minutes => expect.closeTo(minutes, -1.5)),
    )
    expect(state).toMatchObject({ failures: 12, etag: '"1"' })
    site.answers['/feed'] = page(atomFeed('Two'))
    const well = await expectPoll('fresh', ask(source, state, { now: Date.parse(state.next) }))
    expect(well.state).toMatchObject({ failures: 0 })
  })

  it('stops when it is told to, and is not blamed for it', async () => {
    const stop = new AbortController()
    site.answers['/feed'] = () => stop.abort()
    expect(await ask(sourceAt(`${site.origin}/feed`), undefined, { signal: stop.signal })).toEqual({ kind: 'stopped' })
    expect(await ask(sourceAt(`${site.origin}/feed`), undefined, { signal: stop.signal })).toEqual({ kind: 'stopped' })
    expect(site.asked).toHaveLength(1)
  })
})

describe('a redirect', () => {
  it.each([301, 308])('for good (%i) is remembered', async code => {
    site.answers['/feed'] = redirect(code, `${other.origin}/new`)
    other.answers['/new'] = page(feed)
    const source = sourceAt(`${site.origin}/feed`)
    const { state } = await expectPoll('fresh', ask(source))
    await expectPoll('unchanged', ask(source, state, { now: start + minute }))
    expect([site.asked.length, other.asked.length]).toEqual([1, 2])
  })

  it.each([302, 303, 307])('for this once (%i) is followed each time anew', async code => {
    site.answers['/feed'] = redirect(code, `${other.origin}/now`)
    other.answers['/now'] = page(feed)
    const source = sourceAt(`${site.origin}/feed`)
    const { state } = await expectPoll('fresh', ask(source))
    await expectPoll('unchanged', ask(source, state, { now: start + minute }))
    expect([site.asked.length, other.asked.length]).toEqual([2, 2])
  })

  it('for good behind one for this once is not remembered, nor is a move to where nothing is', async () => {
    site.answers['/feed'] = redirect(302, '/a')
    site.answers['/a'] = redirect(301, '/b')
    site.answers['/b'] = page(feed)
    const kept = await expectPoll('fresh', ask(sourceAt(`${site.origin}/feed`)))
    expect(kept.state.url).toBe(`${site.origin}/feed`)
    site.answers['/lost'] = redirect(301, '/nothing')
    const lost = await expectPoll('failed', ask(sourceAt(`${site.origin}/lost`)))
    expect(lost.state).not.toHaveProperty('url')
  })

  it('for this once to what is gone does not end the source', async () => {
    site.answers['/feed'] = redirect(302, '/gone')
    site.answers['/gone'] = status(410)
    const { error } = await expectPoll('failed', ask(sourceAt(`${site.origin}/feed`)))
    expect(error.message).toMatch(/answered 410 Gone$/)
  })

  it('is followed five times and no further', async () => {
    for (let i = 0; i < 6; i++) site.answers[`/${i}`] = redirect(302, `/${i + 1}`)
    site.answers['/6'] = page(feed)
    await expectPoll('fresh', ask(sourceAt(`${site.origin}/1`)))
    const { error } = await expectPoll('failed', ask(sourceAt(`${site.origin}/0`)))
    expect(error.message).toMatch(/redirects more than 5 times$/)
    site.answers['/loop'] = redirect(301, '/loop')
    await expectPoll('failed', ask(sourceAt(`${site.origin}/loop`)))
  })

  it('with an endless body is cut off, and followed all the same', async () => {
    let cutOff: Promise<unknown> | undefined
    site.answers['/feed'] = response => {
      cutOff = once(response, 'close')
      response.writeHead(302, { location: '/to' }).write('x')
    }
    site.answers['/to'] = response => void cutOff?.then(() => response.end(feed))
    expect(await ask(sourceAt(`${site.origin}/feed`))).toHaveProperty('kind', 'fresh')
  })

  it('does not carry the secret headers to another origin', async () => {
    site.answers['/feed'] = redirect(301, `${other.origin}/back`)
    other.answers['/back'] = redirect(301, `${site.origin}/there`)
    site.answers['/there'] = redirect(301, `${other.origin}/new`)
    other.answers['/new'] = page(feed)
    const source = sourceAt(`${site.origin}/feed`, { headers: { Authorization: 'Bearer hush', 'X-Key': 'hush' } })
    const { state } = await expectPoll('fresh', ask(source))
    await expectPoll('unchanged', ask(source, state, { now: start + minute }))
    expect(site.asked.map(({ headers }) => headers['x-key'])).toEqual(['hush', 'hush'])
    expect(JSON.stringify(other.asked)).not.toContain('hush')
    expect(JSON.stringify(state)).not.toContain('hush')
  })
})

describe('an error', () => {
  const secret = { headers: { Authorization: 'Bearer hush' } }

  it.each<[string, (path: string) => void]>([
    ['a status', path => (site.answers[path] = status(401))],
    ['a redirect', path => (site.answers[path] = redirect(302, 'ftp://hush@x.example/?hush'))],
    [
      'a redirect to a host that does not answer',
      path => (site.answers[path] = redirect(302, 'http://127.0.0.1:1/?hush')),
    ],
    ['a redirect to nowhere', path => (site.answers[path] = redirect(302, 'http://hush:hush@[/?hush'))],
    ['a broken connection', path => (site.answers[path] = response => response.destroy())],
    ['a damaged body', path => (site.answers[path] = page('hush', { 'content-encoding': 'gzip' }))],
    ['no HTTP', path => (site.answers[path] = response => void response.socket?.end('hush hush\r\n\r\n'))],
  ])('never tells a secret: %s', async (_, prepare) => {
    prepare('/feed?token=hush')
    const { error } = await expectPoll('failed', ask(sourceAt(`${site.origin}/feed?token=hush`, secret)))
    expect(error.message).toMatch(/^127\.0\.0\.1:\d+ (?:answered 401 Unauthorized$|redirects to|cannot be read: .)/)
    expect(inspect(error)).not.toContain('hush')
  })

  it('never tells a header that cannot be sent', async () => {
    const source = sourceAt(`${site.origin}/feed`, { headers: { Authorization: 'hu\nsh' } })
    const { error } = await expectPoll('failed', ask(source))
    expect(inspect(error)).not.toMatch(/hu\\?\n?sh/)
  })
})
