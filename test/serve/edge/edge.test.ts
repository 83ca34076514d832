import { createServer, type RequestListener } from 'node:http'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import express from 'express'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { etagOf } from '../../../src/edition.ts'
import { createEdge } from '../../../src/serve/edge/edge.ts'
import { formatHttpDate } from '../../../src/serve/http/http-date.ts'
import { startServer, type RunningServer } from '../../../src/serve/http/server.ts'
import { Shelf } from '../../../src/serve/edge/shelf.ts'
import { ask, exchange } from '../raw.ts'
import { makeArticle, makeFeed, seal, site } from '../samples.ts'

const modified = 1_700_000_000
const at = (seconds: number) => formatHttpDate(modified + seconds)
const port = makeFeed('port', { formerly: ['harbour', 'docks'] })
const feeds = [port, makeFeed('ended', { gone: true }), makeFeed('club', { access: 'partners' }), makeFeed('empty')]
const sealed = seal(port, [makeArticle()], modified)
const shelf = new Shelf(site)
for (const feed of feeds) if (feed.name !== 'empty') shelf.put(seal(feed, [makeArticle()], modified), feed)
const edge = createEdge(shelf, { site, feeds })
const rss = sealed.editions[0]!
const tags = { plain: etagOf(rss.hash, 'identity'), gzip: etagOf(rss.hash, 'gzip'), br: etagOf(rss.hash, 'br') }

const match = (value: string) => `If-None-Match: ${value}`

const inExpress = express().use(edge)
const below = express().use('/syndication', edge)
const notFound: RequestListener = (_request, response) => void response.writeHead(404).end('next')
const arrangements: Record<string, { handler: RequestListener; base: string }> = {
  'in front of everything': {
    handler: (request, response) => edge(request, response, () => notFound(request, response)),
    base: '',
  },
  'inside Express': { handler: inExpress, base: '' },
  'below a path of Express': { handler: below, base: '/syndication' },
}

describe.each(Object.entries(arrangements))('the edge %s', (_name, { handler, base }) => {
  let server: RunningServer
  const get = (path: string, lines: string[] = [], method = 'GET') => ask(server.port, base + path, lines, method)
  beforeAll(async () => {
    server = await startServer({ handler, host: '127.0.0.1', port: 0 })
  })
  afterAll(() => server.stop())

  test('gives an edition with all that caches, browsers and readers need', async () => {
    const { status, headers, body } = await get('/feeds/port.rss')
    expect(status).toBe(200)
    expect(body).toEqual(rss.bodies.identity)
    expect(headers).toMatchObject({
      'content-type': 'application/rss+xml; charset=utf-8',
      'content-length': String(body.length),
      etag: tags.plain,
      'last-modified': at(0),
      'cache-control': 'public, max-age=60, stale-while-revalidate=30, stale-if-error=3600',
      vary: 'Accept-Encoding, A-IM',
      link: '<https://news.example/wire/feeds/port.rss>; rel="self"',
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'ETag, Last-Modified, Link',
      'x-content-type-options': 'nosniff',
      'accept-ranges': 'none',
      'cdn-cache-control': 'max-age=120, stale-while-revalidate=60, stale-if-error=86400',
      'surrogate-key': 'feed:port',
      'cache-tag': 'feed:port',
    })
    expect(headers).not.toHaveProperty('content-encoding')
  })

  test.each([
    ['atom', 'application/atom+xml; charset=utf-8'],
    ['json', 'application/feed+json; charset=utf-8'],
  ])('gives .%s as %s', async (format, type) => {
    const { status, headers } = await get(`/feeds/port.${format}`)
    expect([status, headers['content-type']]).toEqual([200, type])
  })

  test('gives each coding with its own tag and the same content', async () => {
    const gzip = await get('/feeds/port.rss', ['Accept-Encoding: gzip'])
    const br = await get('/feeds/port.rss', ['Accept-Encoding: br, gzip'])
    expect(gzip.headers).toMatchObject({
      'content-encoding': 'gzip',
      etag: tags.gzip,
      'content-length': String(gzip.body.length),
    })
    expect(br.headers).toMatchObject({ 'content-encoding': 'br', etag: tags.br, vary: 'Accept-Encoding, A-IM' })
    expect(gunzipSync(gzip.body)).toEqual(rss.bodies.identity)
    expect(brotliDecompressSync(br.body)).toEqual(rss.bodies.identity)
    expect(new Set(Object.values(tags)).size).toBe(3)
  })

  const conditions: [why: string, lines: string[], status: number][] = [
    ['the tag', [match(tags.plain)], 304],
    ['the weak form of the tag', [match(`W/${tags.plain}`)], 304],
    ['a list with the tag', [match(`"x", W/"y" ,${tags.plain}, "z"`)], 304],
    ['a list with empty members', [match(`, ,${tags.plain},,`)], 304],
    ['a list over two fields', [match('"x"'), match(tags.plain)], 304],
    ['a tag with a comma before the tag', [match(`"a,b", ${tags.plain}`)], 304],
    ['any', [match('*')], 304],
    ['the tag and a request for fresh data', [match(tags.plain), 'Cache-Control: no-cache', 'Pragma: no-cache'], 304],
    ['another tag', [match('"x"')], 200],
    ['a tag that holds the tag', [match(`"a,${tags.plain.slice(1)}`)], 200],
    ['the tag without quotes', [match(rss.hash)], 200],
    ['the tag with an unknown prefix', [match(`w/${tags.plain}`)], 200],
    ['the star in quotes', [match('"*"')], 200],
    ['the star in a list', [match('"x", *')], 200],
    ['an empty field', [match('')], 200],
    ['a quote that does not end', [match(`"x, ${tags.plain}`)], 200],
    ['the tag of another coding', [match(tags.gzip)], 200],
    ['the tag of the coding asked for', ['Accept-Encoding: gzip', match(tags.gzip)], 304],
    ['the plain tag while asking for a coding', ['Accept-Encoding: gzip', match(tags.plain)], 200],
    ['another tag, though the date fits', [match('"x"'), `If-Modified-Since: ${at(0)}`], 200],
    ['the tag, though the date does not fit', [match(tags.plain), `If-Modified-Since: ${at(-9)}`], 304],
    ['an empty field, though the date fits', [match(''), `If-Modified-Since: ${at(0)}`], 200],
    ['its own date', [`If-Modified-Since: ${at(0)}`], 304],
    ['a later date', [`If-Modified-Since: ${at(99)}`], 304],
    ['an earlier date', [`If-Modified-Since: ${at(-1)}`], 200],
    ['its date as RFC 850 wrote it', ['If-Modified-Since: Tuesday, 14-Nov-23 22:13:20 GMT'], 304],
    ['its date as asctime wrote it', ['If-Modified-Since: Tue Nov 14 22:13:20 2023'], 304],
    ['no date', ['If-Modified-Since: yesterday'], 200],
    ['two dates', [`If-Modified-Since: ${at(0)}`, `If-Modified-Since: ${at(0)}`], 200],
    ['If-Match with the tag', [`If-Match: ${tags.plain}`], 200],
    ['If-Match with any', ['If-Match: *'], 200],
    ['If-Match with a list', [`If-Match: "x", ${tags.plain}`], 200],
    ['If-Match with another tag', ['If-Match: "x"'], 412],
    ['If-Match with the weak form', [`If-Match: W/${tags.plain}`], 412],
    ['If-Match and If-None-Match with the tag', [`If-Match: ${tags.plain}`, match(tags.plain)], 304],
    ['If-Match that fails before If-None-Match', ['If-Match: "x"', match(tags.plain)], 412],
    ['If-Unmodified-Since its date', [`If-Unmodified-Since: ${at(0)}`], 200],
    ['If-Unmodified-Since an earlier date', [`If-Unmodified-Since: ${at(-1)}`], 412],
    ['If-Unmodified-Since no date', ['If-Unmodified-Since: yesterday'], 200],
    [
      'If-Unmodified-Since, which If-Match overrules',
      [`If-Match: ${tags.plain}`, `If-Unmodified-Since: ${at(-1)}`],
      200,
    ],
    ['Range, which is not offered', ['Range: bytes=0-9'], 200],
    ['Range with If-Range', ['Range: bytes=0-9', `If-Range: ${tags.plain}`], 200],
    ['A-IM, which is not offered yet', ['A-IM: feed', match(tags.plain)], 304],
  ]
  describe.each(['GET', 'HEAD'])('%s on condition of', method => {
    test.each(conditions)('%s', async (_why, lines, status) => {
      const response = await get('/feeds/port.rss', lines, method)
      expect(response.status).toBe(status)
      expect(response.body.length > 0).toBe(method === 'GET' && status !== 304)
    })
  })

  test('says in a 304 what a cache has to renew, and nothing of a body', async () => {
    const { headers } = await get('/feeds/port.rss', [match(tags.br), 'Accept-Encoding: br'])
    expect(headers).toMatchObject({
      etag: tags.br,
      'last-modified': at(0),
      'cache-control': 'public, max-age=60, stale-while-revalidate=30, stale-if-error=3600',
      vary: 'Accept-Encoding, A-IM',
      'cdn-cache-control': 'max-age=120, stale-while-revalidate=60, stale-if-error=86400',
      'access-control-allow-origin': '*',
    })
    for (const absent of ['content-type', 'content-length', 'content-encoding', 'transfer-encoding', 'cache-tag']) {
      expect(headers).not.toHaveProperty(absent)
    }
  })

  test('answers HEAD as GET', async () => {
    const lines = ['Accept-Encoding: gzip']
    const [head, whole] = [await get('/feeds/port.atom', lines, 'HEAD'), await get('/feeds/port.atom', lines)]
    expect({ ...head.headers, date: '' }).toEqual({ ...whole.headers, date: '' })
    expect(head.body.length).toBe(0)
  })

  test('answers a 304 to the fetch of Node, which adds no-cache', async () => {
    const url = `http://127.0.0.1:${server.port}${base}/feeds/port.json`
    const first = await fetch(url)
    const etag = first.headers.get('etag') ?? ''
    const second = await fetch(url, { headers: { 'If-None-Match': etag } })
    expect([first.status, second.status, second.headers.get('etag')]).toEqual([200, 304, etag])
    expect(await first.json()).toMatchObject({ version: 'https://jsonfeed.org/version/1.1' })
  })

  test('answers a preflight', async () => {
    const lines = [
      'Origin: https://reader.example',
      'Access-Control-Request-Method: GET',
      'Access-Control-Request-Headers: if-none-match',
    ]
    const { status, headers, body } = await get('/feeds/port.rss', lines, 'OPTIONS')
    expect([status, body.length]).toEqual([204, 0])
    expect(headers).toMatchObject({
      allow: 'GET, HEAD, OPTIONS',
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, HEAD, OPTIONS',
      'access-control-max-age': '86400',
    })
    for (const name of ['If-None-Match', 'A-IM'])
      expect(headers['access-control-allow-headers']?.split(', ')).toContain(name)
  })

  test.each(['/feeds/port', '/feeds/docks.atom', '/feeds/ended.json', '/feeds/port/archive/1.json'])(
    'says of %s too what may be asked of it',
    async path => {
      expect(await get(path, [], 'OPTIONS')).toMatchObject({ status: 204, headers: { allow: 'GET, HEAD, OPTIONS' } })
      expect(await get(path, ['Content-Length: 0'], 'POST')).toMatchObject({ status: 405 })
    },
  )

  test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'PROPFIND'])('refuses %s and says what it takes', async method => {
    const { status, headers } = await get('/feeds/port.rss', ['Content-Length: 0'], method)
    expect([status, headers.allow]).toEqual([405, 'GET, HEAD, OPTIONS'])
  })

  test.each(['', '.rss', '.atom', '.json'])('tells from every address%s what became of a feed', async ending => {
    const [ended, club, empty, old, unknown] = await Promise.all(
      ['ended', 'club', 'empty', 'docks', 'nobody'].map(name => get(`/feeds/${name}${ending}`)),
    )
    expect(ended?.status).toBe(410)
    expect([club?.status, club?.headers['www-authenticate']]).toEqual([401, 'Bearer'])
    expect([empty?.status, Number(empty?.headers['retry-after']) > 0]).toEqual([503, true])
    expect([old?.status, old?.headers.location]).toEqual([301, `/wire/feeds/port${ending}`])
    expect(unknown?.status).toBe(404)
  })

  test('gives /feeds/NAME by Accept, and says where it lies', async () => {
    const { status, headers, body } = await get('/feeds/port', [
      'Accept: application/atom+xml',
      'Accept-Encoding: gzip',
    ])
    expect(status).toBe(200)
    expect(headers).toMatchObject({
      'content-type': 'application/atom+xml; charset=utf-8',
      'content-location': '/wire/feeds/port.atom',
      vary: 'Accept-Encoding, A-IM, Accept',
    })
    expect(gunzipSync(body)).toEqual(sealed.editions[1]?.bodies.identity)
    const again = await get('/feeds/port', [
      'Accept: application/atom+xml',
      'Accept-Encoding: gzip',
      match(headers.etag ?? ''),
    ])
    expect([again.status, again.headers.vary]).toEqual([304, 'Accept-Encoding, A-IM, Accept'])
    // RFC 9110, 15.4.5.
    expect(again.headers['content-location']).toBe('/wire/feeds/port.atom')
  })

  test('has RSS for who does not say, the page behind it for browsers, and 406 for who wants something else', async () => {
    expect((await get('/feeds/port')).headers['content-location']).toBe('/wire/feeds/port.rss')
    expect((await get('/feeds/port', ['Accept: text/html'])).status).toBe(404)
    expect((await get('/feeds/empty', ['Accept: text/html'])).status).toBe(503)
    const refused = await get('/feeds/port', ['Accept: image/png'])
    expect([refused.status, refused.headers.vary]).toEqual([406, 'Accept-Encoding, A-IM, Accept'])
  })

  test.each(['?', '?a=1', '?%', '?x=/feeds/ended.rss', `?${'q'.repeat(3000)}`])('ignores the query %j', async query => {
    expect((await get(`/feeds/port.rss${query.slice(0, 3000)}`)).status).toBe(200)
  })

  test('takes a target in absolute form', async () => {
    expect((await ask(server.port, `http://any.example:81${base}/feeds/port.rss?x`)).status).toBe(200)
  })

  const strange = [
    '/',
    '//',
    '/feeds',
    '/feeds/',
    '/feeds/.rss',
    '/feeds/port.',
    '/feeds/port.rss/',
    '/feeds//port.rss',
    '//feeds/port.rss',
    '/feeds/%',
    '/feeds/%E0%A4%A.rss',
    '/feeds/%00.rss',
    '/feeds/port%2Erss%',
    '/feeds/..%2f..%2fetc',
    '/feeds/../feeds',
    '/feeds/__proto__',
    '/feeds/constructor.rss',
    '/feeds/PORT.rss',
    '/feeds/port.html',
    `/feeds/${'a'.repeat(3900)}.rss`,
  ]
  test.each(strange)('leaves %j to what stands behind it', async path => {
    const { status } = await get(path)
    expect([400, 404]).toContain(status)
  })

  test('survives the target of OPTIONS * and of nothing at all', async () => {
    const [star, bare] = [await ask(server.port, '*', [], 'OPTIONS'), await exchange(server.port, 'GET\r\n\r\n')]
    expect(star.status).toBe(204)
    expect(bare.status).toBe(400)
    expect((await get('/feeds/port.rss')).status).toBe(200)
  })
})

test('the newest editions are what is served, and none when they are dropped', async () => {
  const mine = new Shelf(site)
  const changing = createEdge(mine, { site, feeds: [port] })
  await using server = await startServer({
    handler: (request, response) => changing(request, response, () => response.end()),
    host: '127.0.0.1',
    port: 0,
  })
  const status = async (lines: string[] = []) => (await ask(server.port, '/feeds/port.rss', lines)).status
  expect(await status()).toBe(503)
  mine.put(sealed, port)
  expect([mine.has('port'), await status([`If-None-Match: ${tags.plain}`])]).toEqual([true, 304])
  mine.put(seal(port, [makeArticle({ title: 'New' })], modified + 60), port)
  expect(await status([`If-None-Match: ${tags.plain}`])).toBe(200)
  expect(await status([`If-Modified-Since: ${at(0)}`])).toBe(200)
  mine.put({ ...sealed, editions: sealed.editions.slice(1) }, port)
  expect(await status()).toBe(503)
  mine.drop('port')
  expect([mine.has('port'), mine.find('/feeds/port.atom')]).toEqual([false, undefined])
})

test('partners’ editions are private, in case they ever leave the house', () => {
  const { whole } = shelf.find('/feeds/club.rss')!.direct.gzip
  expect(whole).toContain('private, max-age=60')
  for (const header of ['Access-Control-Allow-Origin', 'CDN-Cache-Control', 'Surrogate-Key', 'Cache-Tag'])
    expect(whole).not.toContain(header)
})

test('a feed names the hub that the site has, a partners’ feed does not', () => {
  const hub = 'https://hub.example/'
  const mine = new Shelf({ ...site, hub })
  for (const name of ['port', 'club'])
    mine.put(
      seal(port, [makeArticle()]),
      feeds.find(feed => feed.name === name)!,
    )
  const linkOf = (name: string) => {
    const { whole } = mine.find(`/feeds/${name}.rss`)!.direct.gzip
    return whole[whole.indexOf('Link') + 1]
  }
  expect(linkOf('port')).toBe(`<https://news.example/wire/feeds/port.rss>; rel="self", <${hub}>; rel="hub"`)
  expect(linkOf('club')).toBe('<https://news.example/wire/feeds/club.rss>; rel="self"')
})

test('keeps a delta out of every cache, also out of those that read a field of their own', async () => {
  const known = 'k'.repeat(22)
  const changes = { parts: [], cut: 0, known: new Map([[known, modified - 60]]) }
  const mine = new Shelf(site)
  mine.put({ ...sealed, editions: [{ ...rss, changes }] }, port)
  const withDelta = createEdge(mine, { site, feeds: [port] })
  const handler: RequestListener = (request, response) => withDelta(request, response, () => response.end())
  await using server = await startServer({ handler, host: '127.0.0.1', port: 0 })
  const { status, headers } = await ask(server.port, '/feeds/port.rss', ['A-IM: feed', match(`"${known}"`)])
  expect(status).toBe(226)
  expect(headers).toMatchObject({ 'cache-control': 'no-store', 'cdn-cache-control': 'no-store' })
})

test('answers plain node:http without our server around it', async () => {
  const plain = createServer((request, response) => edge(request, response, () => response.end()))
  await new Promise<void>(resolve => plain.listen(0, '127.0.0.1', resolve))
  const address = plain.address()
  const { status } = await ask(typeof address === 'object' ? (address?.port ?? 0) : 0, '/feeds/port.rss')
  plain.close()
  expect(status).toBe(200)
})
