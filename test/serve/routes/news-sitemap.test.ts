import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { instant, mintKey, refOf } from '../../../src/article.ts'
import { kill, withhold } from '../../../src/operate/life.ts'
import { NewsSitemap } from '../../../src/serve/routes/news-sitemap.ts'
import type { Newsroom as Served } from '../../../src/serve/newsroom.ts'
import { startServer, type RunningServer } from '../../../src/serve/http/server.ts'
import { dump, openNewsroom, publicUrl, type Newsroom } from '../../newsroom.ts'
import { ask } from '../raw.ts'

const feeds = {
  all: { title: 'All', select: { sections: ['News', 'Sport'] } },
  sport: { title: 'Sport', select: { sections: ['Sport'] } },
  inside: { title: 'Inside', select: { sections: ['Inside'] }, access: 'partners' },
}
const second = 1000
const hour = 3600 * second

let room: Newsroom
let served: Served
let server: RunningServer
beforeEach(async () => {
  room = await openNewsroom({ ownRedis: true, feeds, source: { dates: ['yyyy-MM-dd HH:mm'] } })
  const { routes, newsroom } = await room.app.createHandlers()
  served = newsroom
  server = await startServer({ handler: routes, host: '127.0.0.1', port: 0 })
})
afterEach(async () => {
  await server.stop()
  await room[Symbol.asyncDispose]()
})

/** Writes articles that were published so many hours ago, and collects them. */
async function write(...articles: { title: string; hours: number; section?: string }[]): Promise<void> {
  for (const { title, hours, section = 'News' } of articles) {
    const date = instant(room.now - hours * hour)
    const printed = `${date.slice(0, 10)} ${date.slice(11, 16)}`
    await room.home.write(`${title}.txt`, dump(title, { section, date: printed }))
  }
  await room.app.collect('desk')
}

async function get(path = '/sitemap-news.xml', lines: string[] = []) {
  const { status, headers, body } = await ask(server.port, path, lines)
  const all = (pattern: RegExp) => Array.from(String(body).matchAll(pattern), ([, text]) => text)
  return { status, headers, titles: all(/<news:title>(.*?)</g), locations: all(/<loc>(.*?)</g) }
}

describe('the news sitemap', () => {
  it('holds what public feeds show of the last two days, each article once, the newest first', async () => {
    await write(
      { title: 'Old', hours: 49 },
      { title: 'Eve', hours: 47 },
      { title: 'Cup', hours: 2, section: 'Sport' },
      { title: 'Memo', hours: 1, section: 'Inside' },
      { title: 'New', hours: 1 },
    )
    const { status, headers, titles, locations } = await get()
    expect([status, headers['content-type']]).toEqual([200, 'application/xml; charset=utf-8'])
    expect(titles).toEqual(['New', 'Cup', 'Eve'])
    for (const location of locations) {
      const { status: found } = await ask(server.port, String(location).replace(publicUrl, ''))
      expect(found).toBe(200)
    }
    expect((await get('/sitemap-news.xml', [`If-None-Match: ${headers.etag}`])).status).toBe(304)
  })

  it('follows the wire within a second, and the clock within a minute', async () => {
    await write({ title: 'Early', hours: 47 }, { title: 'Late', hours: 1 })
    expect((await get()).titles).toEqual(['Late', 'Early'])
    await write({ title: 'Later', hours: 0 })
    room.now += second
    expect((await get()).titles).toEqual(['Later', 'Late', 'Early'])
    room.now += hour + second
    expect((await get()).titles).toEqual(['Later', 'Late'])
  })

  it('loses a killed and a withheld article within a second', async () => {
    await write({ title: 'Wrong', hours: 1 }, { title: 'Unsure', hours: 2 }, { title: 'Right', hours: 3 })
    expect((await get()).titles).toEqual(['Wrong', 'Unsure', 'Right'])
    const { store } = room.app
    const refs = new Map((await store.articles.list({ limit: 10 })).map(head => [head.title, refOf(head)]))
    await kill(refs.get('Wrong')!, 'wrong', { store, now: room.now })
    await withhold(refs.get('Unsure')!, { store, now: room.now })
    room.now += second
    expect((await get()).titles).toEqual(['Right'])
  })

  it('leaves out what is taken away while it is made', async () => {
    await write({ title: 'Wrong', hours: 1 }, { title: 'Right', hours: 2 })
    const { store } = room.app
    const late: Served = Object.create(served, {
      publishedSince: {
        async value(...of: [string[], number]) {
          const refs = await served.publishedSince(...of)
          await kill(refs[0]!, 'wrong', { store, now: room.now })
          return refs
        },
      },
    })
    const { identity } = await new NewsSitemap(late, () => room.now).front()
    expect(String(identity).match(/<url>/g)).toHaveLength(1)
    expect(String(identity)).toContain('Right')
  })

  it('asks Redis once a second, however many ask, and for no more than it needs', async () => {
    await write({ title: 'One', hours: 1 })
    const asked: string[] = []
    const counted: Served = Object.create(served, {
      position: { value: () => (asked.push('position'), served.position()) },
      publishedSince: { value: (...of: [string[], number]) => (asked.push('since'), served.publishedSince(...of)) },
      head: { value: (ref: string) => (asked.push('head'), served.head(ref)) },
    })
    const sitemap = new NewsSitemap(counted, () => room.now)
    await Promise.all(Array.from({ length: 30 }, () => sitemap.front()))
    expect(asked).toEqual(['position', 'since', 'head'])
    room.now += second
    await Promise.all(Array.from({ length: 30 }, () => sitemap.front()))
    expect(asked.slice(3)).toEqual(['position'])
  })

  it('is divided into pages of a thousand, with an index, when there are more', async () => {
    await write({ title: 'Template', hours: 1 })
    await multiply(2499)
    room.now += second
    const { locations, titles } = await get()
    expect(titles).toEqual([])
    expect(locations).toEqual([1, 2, 3].map(page => `${publicUrl}/sitemap-news-${page}.xml`))
    const pages = await Promise.all([1, 2, 3].map(page => get(`/sitemap-news-${page}.xml`)))
    expect(pages.map(page => page.locations.length)).toEqual([1000, 1000, 500])
    expect(new Set(pages.flatMap(page => page.locations)).size).toBe(2500)
    for (const page of ['0', '4', '01', '-1', 'x', '99999999999']) {
      expect((await get(`/sitemap-news-${page}.xml`)).status).toBe(404)
    }
  })

  it('stands as it was while Redis is away, and is a 503 where it never was', async () => {
    await write({ title: 'Firm', hours: 1 })
    expect((await get()).titles).toEqual(['Firm'])
    await room.redis.stop()
    room.now += second
    expect((await get()).titles).toEqual(['Firm'])
    expect((await get('/sitemap-news-1.xml')).titles).toEqual(['Firm'])
    await expect(new NewsSitemap(served, () => room.now).front()).rejects.toMatchObject({ status: 503 })
  })
})

/** So many more articles like the one that is there. */
async function multiply(count: number): Promise<void> {
  const [head] = await room.app.store.articles.list({ limit: 1 })
  const copies = Array.from({ length: count }, (_, index) => ({ ...head!, key: mintKey(String(index)) }))
  const changes = copies.map(copy => ({
    source: copy.source,
    articles: [{ ref: refOf(copy), head: copy, action: 'publish' as const }],
  }))
  await room.app.store.commits.commit(changes, room.now)
}
