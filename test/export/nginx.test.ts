import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { request, type OutgoingHttpHeaders } from 'node:http'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mintKey } from '../../src/article.ts'
import { kill } from '../../src/operate/life.ts'
import { Archives } from '../../src/show/archive.ts'
import { ExportFolder } from '../../src/export/folder.ts'
import { exportRound } from '../../src/export/round.ts'
import { dump, openNewsroom, type Newsroom } from '../newsroom.ts'
import { until } from '../redis.ts'

const nginx = ['/usr/sbin/nginx', '/usr/bin/nginx', '/usr/local/sbin/nginx'].find(path => existsSync(path))
const documented = fileURLToPath(new URL('../../docs/nginx.conf', import.meta.url))
const slug = (path: string) => `desk-${mintKey(path)}`

interface Answer {
  status: number
  headers: Record<string, string | undefined>
  body: Buffer
}

describe.skipIf(nginx === undefined && !process.env['CI'])('the documented nginx (not where there is none)', () => {
  let room: Newsroom
  let folder: string
  let server: ChildProcess
  let port: number
  /** Of the program itself. */
  let served: number
  beforeAll(async () => {
    room = await openNewsroom({
      site: { hub: 'https://hub.example/' },
      feeds: { all: { title: 'All', formerly: ['everything'] }, over: { title: 'Over', gone: true } },
      files: { 'a.txt': dump('Alpha', { text: 'Words. '.repeat(200) }), 'b.txt': dump('Beta') },
    })
    folder = await mkdtemp(join(tmpdir(), 'feedwire-nginx-'))
    await publishAndExport()
    await kill(`desk/${mintKey('b.txt')}`, 'wrong', { store: room.app.store, now: room.now })
    await publishAndExport()
    const program = await room.app.serve()
    served = program.server.port
    await until(async () => (await ask('/readyz', {}, 'GET', served)).status === 200)
    port = await freePort()
    await writeFile(join(folder, 'nginx.conf'), await configuration())
    server = spawn(nginx ?? 'nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], { stdio: 'inherit' })
    await until(async () => (await ask('/')).status === 200)
  })
  afterAll(async () => {
    server.kill()
    await once(server, 'exit')
    await rm(folder, { recursive: true, force: true })
    await room[Symbol.asyncDispose]()
  })

  async function publishAndExport(): Promise<void> {
    await room.app.collect('desk')
    for (const feed of await room.app.behind()) await room.app.publish(feed)
    const { store, takedowns, config, log, clock } = room.app
    await using opened = await ExportFolder.open(join(folder, 'www'))
    await exportRound(opened, { store, takedowns, config, log, clock, archives: new Archives(store) })
  }

  /** The documented one, with what is an operator's own set for this test. */
  async function configuration(): Promise<string> {
    const own = { 'listen      80;': `listen 127.0.0.1:${port};`, '/var/www/feedwire': join(folder, 'www') }
    let text = await readFile(documented, 'utf8')
    for (const [theirs, ours] of Object.entries(own)) {
      expect(text).toContain(theirs)
      text = text.replaceAll(theirs, ours)
    }
    await writeFile(join(folder, 'feedwire.conf'), text)
    const folders = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      name => `${name}_temp_path ${join(folder, name)};`,
    )
    // Its workers must be allowed to read what this process has written.
    const user = process.getuid?.() === 0 ? 'user root;' : ''
    return `${user} daemon off; pid ${join(folder, 'pid')}; error_log stderr emerg; events {}
      http { access_log off; ${folders.join(' ')} include ${join(folder, 'feedwire.conf')}; }`
  }

  function ask(path: string, headers: OutgoingHttpHeaders = {}, method = 'GET', at = port): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const asking = request({ host: '127.0.0.1', port: at, path, method, headers, agent: false }, response => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject)
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers as Answer['headers'],
            body: Buffer.concat(chunks),
          }),
        )
      })
      asking.on('error', reject).end()
    })
  }

  it.each([
    ['/feeds/all.rss', {}],
    ['/feeds/all.atom', { 'Accept-Encoding': 'gzip' }],
    ['/feeds/all.json', {}],
    ['/feeds/all/archive/1.rss', {}],
    ['/feeds/all', {}],
    ['/feeds/all', { Accept: 'application/feed+json' }],
    ['/feeds/all', { Accept: 'text/html' }],
    [`/articles/${slug('a.txt')}`, { 'Accept-Encoding': 'gzip' }],
    [`/articles/${slug('a.txt')}.json`, {}],
    ['/', {}],
    ['/feeds.opml', {}],
    ['/sitemap-news.xml', {}],
    ['/feeds/copy.js', {}],
  ])('sends for %s what the program itself sends: %j', async (path, headers) => {
    expect(told(await ask(path, headers))).toEqual(told(await ask(path, headers, 'GET', served)))
  })

  const types = { rss: 'application/rss+xml', atom: 'application/atom+xml', json: 'application/feed+json' }

  it.each(Object.entries(types))(
    'serves %s as this program does: type, date, caching, open to programs',
    async (ending, type) => {
      const { status, headers, body } = await ask(`/feeds/all.${ending}`)
      const path = join(folder, 'www', `feeds/all.${ending}`)
      expect([status, body.equals(await readFile(path))]).toEqual([200, true])
      expect(headers).toMatchObject({
        'content-type': `${type}; charset=utf-8`,
        'last-modified': new Date((await stat(path)).mtimeMs).toUTCString(),
        'cache-control': 'public, max-age=60, stale-while-revalidate=30, stale-if-error=3600',
        'access-control-allow-origin': '*',
        vary: 'Accept-Encoding, A-IM',
        link: `<https://news.example/feeds/all.${ending}>; rel="self", <https://hub.example/>; rel="hub"`,
      })
      expect(headers['accept-ranges']).toBe('none')
    },
  )

  it('sends the file that lies compressed beside it, under another tag', async () => {
    const [plain, gzipped] = [
      await ask('/feeds/all.rss'),
      await ask('/feeds/all.rss', { 'Accept-Encoding': 'gzip, br' }),
    ]
    expect(gzipped.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept-Encoding, A-IM' })
    expect(gzipped.body.equals(await readFile(join(folder, 'www/feeds/all.rss.gz')))).toBe(true)
    expect(gunzipSync(gzipped.body).equals(plain.body)).toBe(true)
    expect(gzipped.headers['etag']).not.toBe(plain.headers['etag'])
  })

  it.each(['identity', 'gzip'])('answers 304 to whoever has it: %s', async accepted => {
    const coding = { 'Accept-Encoding': accepted }
    const { etag = '', 'last-modified': date = '' } = (await ask('/feeds/all.atom', coding)).headers
    for (const condition of [{ 'If-None-Match': etag }, { 'If-Modified-Since': date }]) {
      const { status, headers, body } = await ask('/feeds/all.atom', { ...coding, ...condition })
      expect([status, body.length, headers['etag'], headers['vary']]).toEqual([304, 0, etag, 'Accept-Encoding, A-IM'])
      expect(headers['access-control-allow-origin']).toBe('*')
    }
    expect((await ask('/feeds/all.atom', { 'If-None-Match': '"other"' })).status).toBe(200)
  })

  it.each([
    [undefined, 'application/rss+xml', '.rss'],
    ['*/*', 'application/rss+xml', '.rss'],
    ['application/atom+xml', 'application/atom+xml', '.atom'],
    ['application/json', 'application/feed+json', '.json'],
    ['application/feed+json', 'application/feed+json', '.json'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'text/html', ''],
  ])('chooses by Accept: %s', async (accept, type, ending) => {
    const { status, headers } = await ask('/feeds/all', accept === undefined ? {} : { Accept: accept })
    expect(status).toBe(200)
    expect(headers).toMatchObject({
      'content-type': `${type}; charset=utf-8`,
      vary: 'Accept-Encoding, A-IM, Accept',
    })
    // The page for people has no address of its own.
    expect(headers['content-location']).toBe(ending === '' ? undefined : `/feeds/all${ending}`)
  })

  it('shows articles to people and to programs', async () => {
    const [page, ninjs] = [await ask(`/articles/${slug('a.txt')}`), await ask(`/articles/${slug('a.txt')}.json`)]
    expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
    expect(String(page.body)).toContain('Alpha')
    expect([ninjs.status, ninjs.headers['content-type']]).toEqual([200, 'application/json; charset=utf-8'])
    expect(JSON.parse(String(ninjs.body))).toMatchObject({ pubStatus: 'usable' })
  })

  it.each([
    ['/', 'text/html'],
    ['/feeds.opml', 'text/x-opml'],
    ['/sitemap-news.xml', 'application/xml'],
    ['/feeds/copy.js', 'text/javascript'],
  ])('serves %s', async (path, type) => {
    const { status, headers } = await ask(path)
    expect([status, headers['content-type']]).toEqual([200, `${type}; charset=utf-8`])
  })

  it.each([
    ['/feeds/over', 410],
    ['/feeds/over.rss', 410],
    ['/feeds/over/archive/1.json', 410],
    [`/articles/${slug('b.txt')}`, 410],
    [`/articles/${slug('b.txt')}.json`, 410],
    ['/feeds/nobody', 404],
    ['/feeds/nobody.atom', 404],
    ['/feeds/all/archive/2.rss', 404],
    [`/articles/${slug('c.txt')}`, 404],
    ['/feeds/over.gone', 404],
    ['/feeds/all.rss.gz', 404],
    ['/nginx-redirects.conf', 404],
    ['/nginx-headers.conf', 404],
    ['/.feedwire-export/manifest', 404],
  ])('answers %s with %i', async (path, status) => {
    expect((await ask(path)).status).toBe(status)
  })

  it.each([
    ['/feeds/everything', '/feeds/all'],
    ['/feeds/everything.json', '/feeds/all.json'],
    ['/feeds/everything/archive/1.rss', '/feeds/all/archive/1.rss'],
    ['/feeds/', '/'],
    ['/feeds/all.html', '/feeds/all'],
  ])('sends %s to %s for good', async (path, location) => {
    expect(await ask(path)).toMatchObject({ status: 301, headers: { location } })
  })

  it('answers preflights, ignores ranges, and refuses to be written to', async () => {
    const preflight = await ask('/feeds/all.rss', { Origin: 'https://reader.example' }, 'OPTIONS')
    expect(preflight).toMatchObject({ status: 204, headers: { 'access-control-allow-origin': '*' } })
    expect(preflight.headers['access-control-allow-headers']).toContain('If-None-Match')
    expect((await ask('/feeds/all.rss', { Range: 'bytes=0-9' })).status).toBe(200)
    expect((await ask('/feeds/all.rss', {}, 'POST')).status).toBe(405)
  })
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** What two servers may say each in their own way of the same bytes, or of the connection. */
const ofTheServer = /^(?:date|etag|last-modified|server|connection|keep-alive|content-length|transfer-encoding)$/

/** The status and all else, by name. */
function told({ status, headers }: Answer): unknown[] {
  const fields = Object.entries(headers).filter(([name]) => !ofTheServer.test(name))
  return [status, ...fields.toSorted(([a], [b]) => (a < b ? -1 : 1))]
}
