import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { App } from '../../../src/app.ts'
import { kill, release } from '../../../src/operate/life.ts'
import { openNewsroom, type Newsroom } from '../../newsroom.ts'
import { png } from './media-samples.ts'
import { page, startSite, status, type Site } from '../sources/site.ts'

let site: Site

beforeEach(async () => {
  site = await startSite()
  site.answers['/a.jpg'] = page(png(16, 9), { 'content-length': '29' })
})

afterEach(() => site[Symbol.asyncDispose]())

/** `revision` is a word of the feed that is none of the article's. */
function jsonFeed({ title = 'Harbour', revision = '1', image = '/a.jpg' } = {}): string {
  const item = {
    id: 'h',
    title,
    content_text: 'A text.',
    date_published: '2024-05-01T10:00:00Z',
    image: site.origin + image,
  }
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: 'Agency',
    description: revision,
    items: [item],
  })
}

function openAgency(probe = true) {
  site.answers['/feed'] = page(jsonFeed())
  return openNewsroom({ sources: [{ name: 'agency', url: `${site.origin}/feed`, private: true, probe }] })
}

async function harbour(app: App) {
  const [head] = await app.store.articles.list({ limit: 10 })
  const { media, version } = await app.store.articles.article(head!, 'news.example,2024')
  return { media, version }
}

async function forgetProbes({ redis }: Newsroom): Promise<void> {
  const client = redis.client()
  for (const key of await client.keys('probe:*')) await client.del(key)
}

const learned = { type: 'image/png', length: 29, width: 16, height: 9 }

describe('collecting from a source that wants its media probed', () => {
  it('learns what the source does not tell, so that an edition can name type and length', async () => {
    await using room = await openAgency()
    expect(await room.app.collect('agency')).toMatchObject({ new: 1 })
    expect((await harbour(room.app)).media).toEqual([{ kind: 'image', url: `${site.origin}/a.jpg`, ...learned }])
    await room.app.publish('all')
    const { editions } = (await room.app.store.editions.load('all'))!.editions
    const rss = editions.find(({ format }) => format === 'rss')
    expect(String(rss?.bodies.identity)).toContain(`<enclosure url="${site.origin}/a.jpg" length="29" type="image/png"`)
  })

  it('asks nothing for a source that does not', async () => {
    await using room = await openAgency(false)
    await room.app.collect('agency')
    expect(site.asked.map(({ path }) => path)).toEqual(['/feed'])
  })

  it('takes an article whose media cannot be had as it is', async () => {
    site.answers['/a.jpg'] = status(404)
    await using room = await openAgency()
    expect(await room.app.collect('agency')).toMatchObject({ new: 1, rejected: 0 })
    expect((await harbour(room.app)).media).toEqual([{ kind: 'image', url: `${site.origin}/a.jpg` }])
  })

  it('makes no new version of the same words, though the medium cannot be reached any more', async () => {
    await using room = await openAgency()
    await room.app.collect('agency')
    site.answers['/a.jpg'] = status(500)
    for (const revision of ['2', '3']) {
      await forgetProbes(room)
      site.answers['/feed'] = page(jsonFeed({ revision }))
      room.now += 3_600_000
      expect(await room.app.collect('agency')).toMatchObject({ unchanged: 1, updated: 0 })
    }
    expect(await harbour(room.app)).toMatchObject({ version: 1, media: [learned] })
    expect(site.asked.filter(({ path }) => path === '/a.jpg')).toHaveLength(1)
  })

  it('completes an article when a medium that could not be had has come', async () => {
    site.answers['/a.jpg'] = status(404)
    await using room = await openAgency()
    await room.app.collect('agency')
    site.answers['/a.jpg'] = page(png(16, 9), { 'content-length': '29' })
    await forgetProbes(room)
    site.answers['/feed'] = page(jsonFeed({ revision: '2' }))
    room.now += 3_600_000
    expect(await room.app.collect('agency')).toMatchObject({ updated: 1 })
    expect(await harbour(room.app)).toMatchObject({ version: 2, media: [learned] })
  })

  it('follows what the source says anew, and keeps what is known of the medium', async () => {
    await using room = await openAgency()
    await room.app.collect('agency')
    site.answers['/feed'] = page(jsonFeed({ title: 'Harbour, better' }))
    room.now += 3_600_000
    expect(await room.app.collect('agency')).toMatchObject({ updated: 1 })
    expect(await harbour(room.app)).toMatchObject({ version: 2, media: [learned] })
    expect(site.asked.filter(({ path }) => path === '/a.jpg')).toHaveLength(1)
  })

  it('brings a killed article that was released back with what is known of its medium', async () => {
    await using room = await openAgency()
    await room.app.collect('agency')
    const [head] = await room.app.store.articles.list({ limit: 1 })
    const around = { store: room.app.store, now: room.now }
    await kill(`agency/${head!.key}`, 'a mistake', around)
    expect((await room.app.store.articles.list({ limit: 1 }))[0]).not.toHaveProperty('said')
    await release(`agency/${head!.key}`, around)
    site.answers['/feed'] = page(jsonFeed({ revision: '2' }))
    room.now += 3_600_000
    await room.app.collect('agency')
    expect(await harbour(room.app)).toMatchObject({ media: [learned] })
  })
})
