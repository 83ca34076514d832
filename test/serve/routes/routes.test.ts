import { createHash } from 'node:crypto'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import express from 'express'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Article } from '../../../src/article.ts'
import type { Feed } from '../../../src/feed.ts'
import type { Head } from '../../../src/head.ts'
import { createLog } from '../../../src/log.ts'
import { Admission } from '../../../src/serve/http/admission.ts'
import { createEdge } from '../../../src/serve/edge/edge.ts'
import type { Newsroom, Readiness } from '../../../src/serve/newsroom.ts'
import { createRoutes } from '../../../src/serve/routes/routes.ts'
import { startServer, type RunningServer } from '../../../src/serve/http/server.ts'
import { Shelf } from '../../../src/serve/edge/shelf.ts'
import { ask } from '../raw.ts'
import { headOf, makeArticle, makeFeed, seal, site } from '../samples.ts'

const port = makeFeed('port', { select: { sections: ['Port'], languages: [], sources: [], keywords: [] } })
const brief = makeFeed('brief', { content: 'summary', title: 'Brief <&> "quick"' })
const feeds: Feed[] = [port, brief, makeFeed('club', { access: 'partners' }), makeFeed('ended', { gone: true })]
const article = makeArticle({
  section: 'Port',
  standfirst: 'One ticket for all.',
  rights: '© Harbour Media',
  usageTerms: 'Not for resale.',
  media: [
    {
      kind: 'image',
      url: 'https://images.example/q.jpg?a=1&b=2',
      alt: 'A "quay"',
      caption: 'The quay',
      credit: 'A. Lens',
    },
  ],
})
const known = new Map<string, { head: Head; article?: Article } | Error>()
let readiness: Readiness
const shelf = new Shelf(site)
for (const feed of feeds)
  shelf.put(seal(feed, [article, makeArticle({ title: '<b>Bold</b>', key: 'b'.repeat(16) })]), feed)
const newsroom: Newsroom = {
  site,
  configured: feeds,
  feeds,
  shelf,
  admission: new Admission(),
  archivePage: () => Promise.resolve(undefined),
  partnerEdition: () => Promise.resolve(undefined),
  takedownsFor: () => Promise.resolve({ takedowns: [], more: false }),
  confirmTakedown: () => Promise.resolve(true),
  position: () => Promise.resolve(0),
  publishedSince: () => Promise.resolve([]),
  isTakenDown: () => false,
  head: () => Promise.resolve(undefined),
  counts: names => Promise.resolve(names.map(name => (name === 'brief' ? 1 : 1200))),
  async article({ source, key }) {
    const found = known.get(`${source}/${key}`)
    if (found instanceof Error) throw found
    return found
  },
  readiness: () => readiness,
}
const routes = () => createRoutes({ newsroom, edge: createEdge(shelf, newsroom), log: createLog('silent', 'test') })

let server: RunningServer
beforeEach(async () => {
  known.clear()
  readiness = { ready: true, status: 'ready' }
  server = await startServer({ handler: routes(), host: '127.0.0.1', port: 0 })
  return () => server.stop()
})

async function page(path: string, lines: string[] = [], method = 'GET') {
  const { status, headers, body } = await ask(server.port, path, lines, method)
  return { status, headers, text: body.toString() }
}

const address = '/articles/the-desk-abcdefghij234567'
const store = (changes: Partial<Article> = {}, headChanges: Partial<Head> = {}) => {
  const stored = { ...article, ...changes }
  known.set(`${stored.source}/${stored.key}`, { head: headOf(stored, headChanges), article: stored })
}

describe('every page', () => {
  test('carries its style, allowed by its hash, and a policy that allows nothing else', async () => {
    store()
    for (const path of ['/', address, '/feeds/port']) {
      const { headers, text } = await page(path, ['Accept: text/html'])
      const style = /<style>([^]*?)<\/style>/.exec(text)?.[1] ?? ''
      const hash = createHash('sha256').update(style).digest('base64')
      expect(headers['content-security-policy']).toContain(`default-src 'none';style-src 'sha256-${hash}'`)
      expect(text).not.toMatch(/ style=| on[a-z]+=|<script(?! type="application\/ld\+json"| src="[^"]*" defer><)/)
      expect(headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'x-content-type-options': 'nosniff' })
    }
  })

  test('runs no script, but for the preview the one of our own', async () => {
    store()
    for (const path of ['/', address]) {
      const { headers, text } = await page(path, ['Accept: text/html'])
      expect(text).not.toContain('<script src')
      expect(headers['content-security-policy']).not.toContain('script-src')
    }
    const { headers, text } = await page('/feeds/port', ['Accept: text/html'])
    expect(headers['content-security-policy']).toContain("script-src 'self'")
    expect(text.match(/<script[^>]*>/g)).toEqual(['<script src="/wire/feeds/copy.js" defer>'])
    const script = await page('/feeds/copy.js')
    expect([script.status, script.headers['content-type']]).toEqual([200, 'text/javascript; charset=utf-8'])
  })

  test('comes compressed to who can read that, each coding with a tag of its own', async () => {
    store({ html: `<p>${'One ticket is enough. '.repeat(100)}</p>` })
    const plain = await page(address)
    expect(plain.headers).not.toHaveProperty('content-encoding')
    const tags = new Set([plain.headers.etag])
    for (const [coding, decode] of [
      ['gzip', gunzipSync],
      ['br', brotliDecompressSync],
    ] as const) {
      const { headers, body } = await ask(server.port, address, [`Accept-Encoding: ${coding}`])
      expect(headers).toMatchObject({ 'content-encoding': coding, vary: 'Accept-Encoding' })
      expect(String(decode(body))).toBe(plain.text)
      expect(Number(headers['content-length'])).toBe(body.length)
      expect((await page(address, [`Accept-Encoding: ${coding}`, `If-None-Match: ${headers.etag}`])).status).toBe(304)
      tags.add(headers.etag)
    }
    expect(tags.size).toBe(3)
    expect((await ask(server.port, address, ['Accept-Encoding: gzip'], 'HEAD')).body).toHaveLength(0)
  })

  test('and every edition keeps to itself what it runs on', async () => {
    for (const path of ['/', '/feeds/port.rss', '/nothing'])
      expect((await page(path)).headers).not.toHaveProperty('x-powered-by')
  })

  test('is not sent again to who has it', async () => {
    const { headers } = await page('/')
    const again = await page('/', [`If-None-Match: ${headers.etag}`, 'Cache-Control: no-cache'])
    expect([again.status, again.text]).toEqual([304, ''])
    expect((await page('/', ['If-Match: "x"'])).status).toBe(412)
  })
})

describe('the directory', () => {
  test('lists each public feed with its addresses, for people and for readers, and no other', async () => {
    const { status, text } = await page('/')
    expect(status).toBe(200)
    for (const [type, ending] of [
      ['application/rss+xml', 'rss'],
      ['application/atom+xml', 'atom'],
      ['application/feed+json', 'json'],
    ]) {
      expect(text).toContain(`<link rel="alternate" type="${type}" href="/wire/feeds/port.${ending}"`)
      expect(text).toContain(`<a href="/wire/feeds/brief.${ending}" type="${type}">`)
    }
    expect(text).toContain('Brief &lt;&amp;> &quot;quick&quot;')
    expect(text).not.toMatch(/club|ended/)
  })

  test("begins with the feeds of the site's language and the largest, each with its newest article", async () => {
    const korean = makeFeed('korean', { language: 'ko' })
    const british = makeFeed('british', { language: 'en-GB' })
    for (const feed of [korean, british]) shelf.put(seal(feed, [article]), feed)
    const { text } = await withFeeds([korean, brief, port, british], () => page('/'))
    const order = Array.from(text.matchAll(/<h2><a href="\/wire\/feeds\/(\w+)"/g), ([, name]) => name)
    expect(order).toEqual(['british', 'port', 'brief', 'korean'])
    expect(text.indexOf('href="/wire/feeds/british.rss"')).toBeLessThan(text.indexOf('href="/wire/feeds/port.rss"'))
    expect(text).toContain(
      `<a href="/wire${address}" lang="en" dir="ltr"><bdi>Ferry &amp; tram share a ticket</bdi></a>`,
    )
    expect(text).toContain('lang="en" dir="ltr">May 6, 2024 at 7:08 AM UTC</time>')
    expect(text).toContain('1200 articles')
    expect(text).toContain('1 article<')
  })

  test('shows another headline as soon as there is one, and none that is gone', async () => {
    const changing = makeFeed('changing')
    shelf.put(seal(changing, [article]), changing)
    await withFeeds([changing], async () => {
      expect((await page('/')).text).toContain('<bdi>Ferry &amp; tram share a ticket</bdi>')
      shelf.put(seal(changing, [makeArticle({ title: 'Later' })]), changing)
      expect((await page('/')).text).toContain('<bdi>Later</bdi>')
      shelf.put(seal(changing, []), changing)
      expect((await page('/')).text).not.toContain('<bdi>')
    })
  })

  test('is there without its counts while nobody can tell them', async () => {
    await server.stop()
    const handler = createRoutes({
      newsroom: { ...newsroom, counts: () => Promise.reject(new Error('away')) },
      edge: createEdge(shelf, newsroom),
      log: createLog('silent', 'test'),
    })
    server = await startServer({ handler, host: '127.0.0.1', port: 0 })
    const { status, text } = await page('/')
    expect([status, text.includes('<bdi>Ferry')]).toEqual([200, true])
    expect(text).not.toMatch(/\d articles?</)
  })

  test('leads to the list of all feeds for reading programs', async () => {
    const { text } = await page('/')
    expect(text).toContain('<link rel="alternate" type="text/x-opml" href="/wire/feeds.opml"')
    const { status, headers, text: list } = await page('/feeds.opml')
    expect([status, headers['content-type']]).toEqual([200, 'text/x-opml; charset=utf-8'])
    expect(list.match(/xmlUrl="[^"]*"/g)).toEqual(
      ['port', 'brief'].map(name => `xmlUrl="https://news.example/wire/feeds/${name}.rss"`),
    )
    expect(await page('/feeds.opml', [`If-None-Match: ${headers.etag}`])).toMatchObject({ status: 304, text: '' })
  })

  test('shows what is in force at the moment, not what was when the server started', async () => {
    let inForce: readonly Feed[] = feeds
    const room = {
      ...newsroom,
      get feeds() {
        return inForce
      },
    }
    await server.stop()
    const handler = createRoutes({
      newsroom: room,
      edge: createEdge(shelf, newsroom),
      log: createLog('silent', 'test'),
    })
    server = await startServer({ handler, host: '127.0.0.1', port: 0 })
    expect((await page('/')).text).toContain('All of port')
    inForce = [{ ...port, access: 'partners' }, brief]
    for (const path of ['/', '/feeds.opml']) expect((await page(path)).text).not.toContain('All of port')
    expect((await page('/feeds/port', ['Accept: text/html'])).status).toBe(404)
  })
})

describe('the preview of a feed', () => {
  test('shows what the feed is, its addresses and its newest articles', async () => {
    const { status, headers, text } = await page('/feeds/port', ['Accept: text/html,*/*;q=0.8'])
    expect([status, headers.vary]).toEqual([200, 'Accept-Encoding, A-IM, Accept'])
    expect(text).toContain('<h1>All of port</h1>')
    expect(text).toContain('https://news.example/wire/feeds/port.json')
    expect(text).toContain(
      '<a href="/wire/articles/the-desk-abcdefghij234567"><bdi>Ferry &amp; tram share a ticket</bdi></a>',
    )
    expect(text).toContain(
      '<time datetime="2024-05-06T07:08:09Z" lang="en" dir="ltr">May 6, 2024 at 7:08 AM UTC</time>',
    )
    expect(text).toContain('&lt;b>Bold&lt;/b>')
    expect(text).not.toContain('The newest')
    expect(text).toMatch(
      /<figure><img src="https:\/\/images.example\/q.jpg[^"]*" alt(?:="")? loading="lazy" referrerpolicy="no-referrer"/,
    )
  })

  test('says how many there are where it does not show all', async () => {
    const many = Array.from({ length: 23 }, (_, i) => makeArticle({ key: `${'a'.repeat(14)}${20 + i}` }))
    const long = makeFeed('long')
    shelf.put(seal(long, many), long)
    const { text } = await withFeeds([long], () => page('/feeds/long', ['Accept: text/html']))
    expect(text).toContain('The newest 20 of 23')
    expect(text.match(/<bdi>/g)).toHaveLength(20)
  })

  test('has one address, and the folder of all of them leads to the directory', async () => {
    for (const path of ['/feeds/port/', '/FEEDS/port', '/feeds/Port', '/feeds/port.rss/', '/healthz/'])
      expect((await page(path, ['Accept: text/html'])).status).toBe(404)
    for (const path of ['/feeds', '/feeds/']) {
      const { status, headers } = await page(path)
      expect([status, headers.location]).toEqual([301, '/wire/'])
    }
  })

  test('is not there for an unknown feed', async () => {
    expect((await page('/feeds/nobody', ['Accept: text/html'])).status).toBe(404)
  })
})

describe('an article', () => {
  test('is shown whole where a public feed grants it', async () => {
    store({ version: 2, changed: '2024-05-07T00:00:00Z', note: 'The price was wrong.' })
    const { status, headers, text } = await page(address)
    expect([status, headers['cache-control']]).toEqual([200, 'public, max-age=60'])
    expect(text).toContain('<html lang="en" dir="ltr">')
    for (const part of [
      '<h1>Ferry &amp; tram share a ticket</h1>',
      '<p class="standfirst">One ticket for all.</p>',
      'Ada Quay',
      'Port',
      '<time datetime="2024-05-06T07:08:09Z" lang="en" dir="ltr">May 6, 2024 at 7:08 AM UTC</time>',
      '<strong>Correction</strong> (<time datetime="2024-05-07T00:00:00Z">May 7, 2024</time>):',
      'The price was wrong.',
      'src="https://images.example/q.jpg?a=1&amp;b=2" alt="A &quot;quay&quot;"',
      '<figcaption>The quay · A. Lens</figcaption>',
      article.html,
      '© Harbour Media',
      'Not for resale.',
      `<link rel="canonical" href="https://news.example/wire${address}"`,
    ]) {
      expect(text).toContain(part)
    }
  })

  test('leads to the feeds that it is in, for people and for readers, and to its ninjs as no feed', async () => {
    store()
    const { text } = await page(address)
    for (const name of ['port', 'brief']) {
      expect(text).toContain(`<link rel="alternate" type="application/atom+xml" href="/wire/feeds/${name}.atom"`)
      expect(text).toContain(`<a href="/wire/feeds/${name}" lang="en" dir="ltr">`)
    }
    expect(text).toContain(`<a href="/wire${address}.json" type="application/json">`)
    expect(text).not.toMatch(/<link[^>]*application\/json/)
    store({ section: 'Else' })
    expect((await page(address)).text).not.toContain('/wire/feeds/port')
  })

  test('shows no picture twice, and asks for those in its text as for the others', async () => {
    const inText = '<p>See: <img src="https://images.example/q.jpg?w=600&amp;h=400" alt="" /></p>'
    store({ html: inText, media: [...article.media, { kind: 'image', url: 'https://images.example/other.png' }] })
    const { text } = await page(address)
    const pictures = Array.from(text.matchAll(/<img[^>]*>/g), ([tag]) => tag)
    expect(pictures.map(tag => /src="([^"?]*)/.exec(tag)?.[1])).toEqual([
      'https://images.example/other.png',
      'https://images.example/q.jpg',
    ])
    for (const tag of pictures) expect(tag).toMatch(/loading="lazy" referrerpolicy="no-referrer"/)
  })

  test('tells machines the same, whatever stands in it', async () => {
    store({
      title: '</script><script>alert(1)</script>',
      publisher: { name: 'Quay', url: 'javascript:alert(2)' },
      authors: [],
    })
    const { text } = await page(address)
    const data = /<script type="application\/ld\+json">([^]*?)<\/script>/.exec(text)?.[1] ?? ''
    expect(JSON.parse(data)).toMatchObject({ '@type': 'NewsArticle', headline: '</script><script>alert(1)</script>' })
    expect(text).not.toContain('<script>')
    expect(text).not.toContain('href="javascript')
  })

  test('names its publisher beside its authors, once, and tells machines which is an organisation', async () => {
    const publisher = { name: 'Quay Press' }
    const ada = { name: 'Ada Quay' }
    for (const [authors, names, types] of [
      [[ada], ['Ada Quay', 'Quay Press'], ['Person']],
      [
        [ada, publisher],
        ['Ada Quay', 'Quay Press'],
        ['Person', 'Organization'],
      ],
      [[publisher], ['Quay Press'], ['Organization']],
      [[], ['Quay Press'], ['Organization']],
    ] as const) {
      store({ authors: [...authors], publisher })
      const { text } = await page(address)
      expect(Array.from(text.matchAll(/<bdi>(.*?)<\/bdi>/g), ([, name]) => name)).toEqual(names)
      const data = /<script type="application\/ld\+json">([^]*?)<\/script>/.exec(text)?.[1] ?? ''
      expect(JSON.parse(data)).toMatchObject({
        author: types.map(type => ({ '@type': type })),
        publisher: { '@type': 'Organization', name: 'Quay Press' },
      })
    }
  })

  test('keeps what is written from left to right apart from a text that is not', async () => {
    store({ language: 'ar', place: 'Cairo', section: 'Else', standfirst: undefined, link: 'https://desk.example/1' })
    const { text } = await page(address)
    expect(text).toContain('<bdi>Cairo</bdi>')
    expect(text).toContain('<time datetime="2024-05-06T07:08:09Z" lang="ar" dir="rtl">')
    expect(text).toContain('<link rel="canonical" href="https://desk.example/1"/>')
    expect(text).toContain('<a href="https://desk.example/1" dir="ltr">')
  })

  test('has a key by which shared caches forget it, page and ninjs', async () => {
    store({})
    const key = address.replace('/articles/', 'article:')
    for (const ending of ['', '.json']) {
      const { headers } = await page(`${address}${ending}`)
      expect(headers).toMatchObject({ 'surrogate-key': key, 'cache-tag': key })
    }
  })

  test('keeps no room for an image that a browser may be unable to load, unless a text can stand there', async () => {
    const image = { kind: 'image', url: 'https://images.example/q.jpg', width: 1600, height: 900 } as const
    store({ media: [image] })
    expect((await page(address)).text).toMatch(
      /<img src="[^"]*" alt(="")? loading="lazy" referrerpolicy="no-referrer"\/>/,
    )
    store({ media: [{ ...image, caption: 'The quay' }] })
    expect((await page(address)).text).toContain('alt="The quay" width="1600" height="900"')
  })

  test('follows its language and direction', async () => {
    store({ language: 'ar-EG' })
    expect((await page(address)).text).toContain('<html lang="ar-EG" dir="rtl">')
  })

  test('is shown as an excerpt where public feeds grant no more', async () => {
    store({ section: 'Else' })
    const { text } = await page(address)
    expect(text).toContain('One ticket for all.')
    expect(text).not.toContain('harbour office')
    store({
      section: 'Else',
      standfirst: undefined,
      html: `${article.html}<p>${'Later text. '.repeat(90)}Secret end.</p>`,
      link: 'https://desk.example/1',
    })
    const again = (await page(address)).text
    expect(again).toContain('From Monday, one ticket is enough.')
    expect(again).toContain('href="https://desk.example/1"')
    expect(again).not.toContain('Secret end')
    const { text: json } = await page(`${address}.json`)
    expect(JSON.parse(json)).toMatchObject({ representationType: 'partial' })
    expect(json).not.toContain('Secret end')
  })

  test('is ninjs under .json', async () => {
    store()
    const { status, headers, text } = await page(`${address}.json`)
    expect([status, headers['content-type'], headers['access-control-allow-origin']]).toEqual([
      200,
      'application/json; charset=utf-8',
      '*',
    ])
    expect(JSON.parse(text)).toMatchObject({ uri: article.uri, pubStatus: 'usable', bodies: [{ value: article.html }] })
  })

  test('with a second key of the same name is another', async () => {
    store({ key: 'abcdefghij234567-2', title: 'The second' })
    expect((await page(`${address}-2`)).text).toContain('The second')
    expect((await page(address)).status).toBe(404)
  })

  test.each<[why: string, changes: Partial<Head>]>([
    ['withheld', { pubStatus: 'withheld' }],
    ['held back', { heldUntil: '2099-01-01T00:00:00Z' }],
  ])('is not there while it is %s', async (_why, changes) => {
    store({}, changes)
    for (const path of [address, `${address}.json`]) {
      const { status, text } = await page(path)
      expect(status).toBe(404)
      expect(text).not.toContain('Ferry')
    }
  })

  test('that was killed is gone, and nothing of it is said', async () => {
    store({}, { pubStatus: 'canceled' })
    for (const path of [address, `${address}.json`]) {
      const { status, text } = await page(path)
      expect([status, text]).toEqual([410, 'This article has been withdrawn.\n'])
    }
  })

  test('that only partners get is not there', async () => {
    const { status } = await withFeeds([feeds[2]!], () => page(address))
    expect(status).toBe(404)
  })

  test('cannot be shown while Redis is away, and says for how long', async () => {
    known.set('the-desk/abcdefghij234567', new Error('connect ECONNREFUSED secret-host:6379'))
    const { status, headers, text } = await page(address)
    expect([status, headers['retry-after'], headers['cache-control']]).toEqual([503, '5', 'no-store'])
    expect(text).not.toMatch(/secret|Error|at /)
    for (const path of ['/', '/feeds/port', '/feeds/port.rss'])
      expect((await page(path, ['Accept: text/html, */*'])).status).toBe(200)
  })

  test.each([
    '',
    'x',
    'the-desk',
    'the-desk-abc',
    `-${'a'.repeat(16)}`,
    'THE-DESK-abcdefghij234567',
    'a-'.repeat(1900),
    'a%00b',
    '..%2f..%2fx',
  ])('with the name %j is not there', async name => {
    expect((await page(`/articles/${name}`)).status).toBe(404)
  })
})

async function withFeeds<T>(others: Feed[], run: () => Promise<T>): Promise<T> {
  store()
  await server.stop()
  const room = { ...newsroom, feeds: others }
  const handler = createRoutes({ newsroom: room, edge: createEdge(shelf, room), log: createLog('silent', 'test') })
  server = await startServer({ handler, host: '127.0.0.1', port: 0 })
  return run()
}

describe('the rest', () => {
  test('healthz says that the process lives, readyz whether it may be asked', async () => {
    expect(await page('/healthz')).toMatchObject({ status: 200, text: '{"status":"ok"}' })
    expect(await page('/readyz')).toMatchObject({ status: 200, text: '{"status":"ready"}' })
    readiness = { ready: true, status: 'degraded', reason: 'Redis is away' }
    expect(await page('/readyz')).toMatchObject({ status: 200, text: '{"status":"degraded","reason":"Redis is away"}' })
    readiness = { ready: false, status: 'draining' }
    const draining = await page('/readyz')
    expect([draining.status, draining.headers['cache-control']]).toEqual([503, 'no-store'])
  })

  test('says what is not there as the client likes it', async () => {
    expect(await page('/nothing')).toMatchObject({ status: 404, text: 'There is nothing here.\n' })
    const json = await page('/nothing', ['Accept: application/json'])
    expect([json.status, JSON.parse(json.text)]).toEqual([404, { error: 'There is nothing here.' }])
    const { status, headers, text } = await page('/nothing', ['Accept: text/html,*/*;q=0.8'])
    expect([status, headers['content-type'], headers['cache-control']]).toEqual([
      404,
      'text/html; charset=utf-8',
      'no-store',
    ])
    expect(text).toContain('There is nothing here.</span></h1>')
    expect(text).toContain('<a href="/wire/"><span lang="en" dir="ltr">All feeds</span></a>')
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect((await page('/feeds/%E0%A4%A', ['Accept: text/html'])).status).toBe(400)
    expect((await page('/articles/%', [])).status).toBe(400)
    expect((await page('/nothing', ['Content-Length: 0'], 'POST')).status).toBe(404)
  })

  test.each(['/', '/feeds.opml', '/sitemap-news.xml', '/sitemap-news-1.xml', `${address}.json`, '/healthz'])(
    '%s answers preflights, and says what else it may be asked',
    async path => {
      const { status, headers } = await page(path, [], 'OPTIONS')
      expect([status, headers['access-control-allow-methods']]).toEqual([204, 'GET, HEAD, OPTIONS'])
      const refused = await page(path, ['Content-Length: 0'], 'POST')
      expect([refused.status, refused.headers.allow]).toEqual([405, 'GET, HEAD, OPTIONS'])
    },
  )

  test('has no icon, and says so in no page', async () => {
    expect(await page('/favicon.ico', ['Accept: image/*'])).toMatchObject({ status: 204, text: '' })
  })

  test('mounted in another application, leaves to it what it does not know', async () => {
    await server.stop()
    const host = express().use(routes())
    for (const path of ['/theirs', '/favicon.ico']) host.get(path, (_request, response) => void response.send('theirs'))
    server = await startServer({ handler: host, host: '127.0.0.1', port: 0 })
    const theirs = await page('/theirs')
    expect(theirs).toMatchObject({ status: 200, text: 'theirs' })
    expect(theirs.headers).not.toHaveProperty('content-security-policy')
    expect((await page('/favicon.ico')).text).toBe('theirs')
    expect((await page('/feeds/port.rss')).status).toBe(200)
    expect((await page('/')).text).toContain('The Harbour Post')
  })
})
