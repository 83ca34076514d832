import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { kill, release, withhold } from '../../src/operate/life.ts'
import { dump, openNewsroom, publicUrl, type Newsroom } from '../newsroom.ts'
import { texts, validate } from '../publish/validate.ts'
import { until } from '../redis.ts'
import { ask } from '../serve/raw.ts'

const count = 250
const nameOf = (i: number) => `Story ${String(i).padStart(4, '0')}`

/** As many articles, one an hour; the first is read first. */
function stories(from: number, to: number): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: to - from }, (_, at) => {
      const moment = new Date(Date.UTC(2024, 0, 1) + (from + at) * 3_600_000).toISOString()
      const date = `${moment.slice(8, 10)}/${moment.slice(5, 7)}/${moment.slice(0, 4)} ${moment.slice(11, 13)}h00`
      return [`${nameOf(from + at)}.txt`, dump(nameOf(from + at), { date })]
    }),
  )
}

interface Item {
  id: string
  title: string
}

interface Page {
  items: Item[]
  next_url?: string
}

let room: Newsroom
let port: number
beforeAll(async () => {
  room = await openNewsroom({
    files: stories(0, count),
    feeds: {
      all: { title: 'All', formerly: ['everything'] },
      small: { title: 'Small', select: { keywords: ['none'] } },
    },
  })
  await publish()
  port = (await room.app.serve()).server.port
  await until(async () => (await ask(port, '/feeds/all.json')).status === 200)
})
afterAll(() => room[Symbol.asyncDispose]())

async function publish(): Promise<void> {
  await room.app.collect('desk')
  for (const feed of await room.app.behind()) await room.app.publish(feed)
}

async function get(path: string): Promise<{ status: number; text: string; etag: string | undefined }> {
  const { status, body, headers } = await ask(port, path)
  return { status, text: body.toString(), etag: headers['etag'] }
}

/** The documents of a feed, from the newest to the last that it leads to. */
async function walk(ending: 'rss' | 'atom' | 'json'): Promise<string[]> {
  const documents: string[] = []
  for (let path: string | undefined = `/feeds/all.${ending}`; path !== undefined;) {
    const { status, text } = await get(path)
    expect([path, status, validate(ending, text)]).toEqual([path, 200, []])
    documents.push(text)
    path = previousOf(text, ending)?.slice(publicUrl.length)
  }
  return documents
}

function previousOf(text: string, ending: 'rss' | 'atom' | 'json'): string | undefined {
  return ending === 'json'
    ? (JSON.parse(text) as Page).next_url
    : texts(text, '//atom:link[@rel="prev-archive"]/@href')[0]
}

function titlesIn(text: string, ending: 'rss' | 'atom' | 'json'): string[] {
  if (ending === 'json') return (JSON.parse(text) as Page).items.map(({ title }) => title)
  return texts(text, ending === 'rss' ? '//item/title' : '//atom:entry/atom:title')
}

async function titlesOfPage(number: number): Promise<string[]> {
  return titlesIn((await get(`/feeds/all/archive/${number}.json`)).text, 'json')
}

async function refOf(title: string): Promise<string> {
  const heads = await room.app.store.articles.list({ limit: 2000 })
  const head = heads.find(each => each.title === title)
  return `${head?.source}/${head?.key}`
}

const all = Array.from({ length: count }, (_, i) => nameOf(i))

describe('the archive of a feed', () => {
  it.each(['rss', 'atom', 'json'] as const)('leads through %s to the first article, each once', async ending => {
    const documents = await walk(ending)
    expect(documents).toHaveLength(4)
    const pages = documents.slice(1).flatMap(text => titlesIn(text, ending))
    expect(pages.toSorted()).toEqual(all)
  })

  it('says of each page what it is', async () => {
    const { text } = await get('/feeds/all/archive/2.atom')
    expect(texts(text, '//*[local-name()="archive"]')).toHaveLength(1)
    const links = ['self', 'current', 'prev-archive', 'next-archive'].map(
      rel => texts(text, `//atom:feed/atom:link[@rel="${rel}"]/@href`)[0],
    )
    const feed = `${publicUrl}/feeds/all`
    expect(links).toEqual([
      `${feed}/archive/2.atom`,
      `${feed}.atom`,
      `${feed}/archive/1.atom`,
      `${feed}/archive/3.atom`,
    ])
  })

  it('moves nothing between pages when articles are added, however old', async () => {
    const before = await get('/feeds/all/archive/1.rss')
    await room.home.write('late.txt', dump('Late', { date: '01/01/1999 10h00' }))
    await publish()
    expect(await titlesOfPage(3)).toContain('Late')
    expect((await get('/feeds/all/archive/1.rss')).etag).toBe(before.etag)
  })

  it('is shorter by a killed article, on its page alone', async () => {
    const before = await get('/feeds/all/archive/2.json')
    await kill(await refOf(nameOf(7)), 'untrue', { store: room.app.store, now: room.now })
    const page = await titlesOfPage(1)
    expect(page).toHaveLength(99)
    expect(page).not.toContain(nameOf(7))
    expect((await get('/feeds/all/archive/2.json')).etag).toBe(before.etag)
  })

  it('shows an article where it was, once it is released', async () => {
    const options = { store: room.app.store, now: room.now }
    const before = await titlesOfPage(2)
    const ref = await refOf(nameOf(150))
    await withhold(ref, options)
    expect(await titlesOfPage(2)).toEqual(before.filter(title => title !== nameOf(150)))
    await release(ref, options)
    expect(await titlesOfPage(2)).toEqual(before)
  })

  it('shows a change on its page', async () => {
    await room.home.write(`${nameOf(20)}.txt`, dump('Told anew', { date: '01/01/2024 20h00' }))
    await publish()
    expect(await titlesOfPage(1)).toContain('Told anew')
  })

  it('answers conditional requests, and redirects old names', async () => {
    const { etag } = await get('/feeds/all/archive/2.atom')
    expect((await ask(port, '/feeds/all/archive/2.atom', [`If-None-Match: ${etag}`])).status).toBe(304)
    const { status, headers } = await ask(port, '/feeds/everything/archive/2.atom')
    expect([status, headers['location']]).toEqual([301, '/feeds/all/archive/2.atom'])
  })

  it('has no date that could hide a late article from who asks by date', async () => {
    const path = '/feeds/all/archive/1.atom'
    const { headers } = await ask(port, path)
    expect(headers).not.toHaveProperty('last-modified')
    const later = new Date(room.now + 86_400_000).toUTCString()
    expect((await ask(port, path, [`If-Modified-Since: ${later}`])).status).toBe(200)
  })

  it.each(['0.rss', '4.rss', '99999999999.rss', '1.xml', '1', '-1.rss', '1.5.rss', '01.rss'])(
    'has no page %s',
    async page => {
      expect((await get(`/feeds/all/archive/${page}`)).status).toBe(404)
    },
  )

  it('is none for a feed that never had an article', async () => {
    expect((await get('/feeds/small/archive/1.rss')).status).toBe(404)
    expect((await get('/feeds/small.rss')).text).not.toContain('archive')
  })

  it('keeps its pages when the rule of the feed changes, and puts what it finds behind them', async () => {
    const before = await titlesOfPage(1)
    await room.home.writeFeed('all', { title: 'All', select: { sections: ['News', 'Sport'] } })
    await room.home.write('Sport.txt', dump('A game', { section: 'Sport' }))
    const later = await room.openApp()
    await later.collect('desk')
    await later.publish('all')
    expect(await titlesOfPage(1)).toEqual(before)
    expect(await titlesOfPage(3)).toContain('A game')
  })

  it('lets a reader catch up who was away for a thousand articles', async () => {
    const seen = new Set((await walk('atom')).flatMap(text => titlesIn(text, 'atom')))
    const added = stories(count, count + 1000)
    for (const [name, text] of Object.entries(added)) await room.home.write(name, text)
    await publish()
    const newest = nameOf(count + 999)
    await until(async () => (await get('/feeds/all.atom')).text.includes(newest))
    const documents = await walk('atom')
    const found = documents.flatMap(text => titlesIn(text, 'atom')).filter(title => !seen.has(title))
    expect(new Set(found).size).toBe(1000)
  })
})
