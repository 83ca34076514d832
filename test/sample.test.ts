import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { App } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { toNinjs } from '../src/publish/formats/ninjs.ts'
import { formatNames } from '../src/publish/render.ts'
import { openNewsroom, publicUrl } from './newsroom.ts'
import { texts, validate, validateNinjs } from './publish/validate.ts'
import { startRedis, type TestRedis } from './redis.ts'

const checkout = fileURLToPath(new URL('..', import.meta.url))

async function editionText(app: App, feed: string, format: string): Promise<string> {
  const loaded = await app.store.editions.load(feed)
  return loaded!.editions.editions.find(each => each.format === format)!.bodies.identity.toString()
}

describe('the sample archive', () => {
  let redis: TestRedis
  let app: App
  const config = readConfig({ FEEDWIRE_HOME: checkout, PUBLIC_URL: publicUrl, LOG_LEVEL: 'silent' })

  beforeAll(async () => {
    redis = await startRedis()
    app = await App.open({ ...config, redis: redis.address }, { process: 'test' })
    await app.declare()
    for (const { name } of config.sources) await app.collect(name)
    for (const { name } of config.feeds) await app.publish(name)
  })

  afterAll(async () => {
    await app[Symbol.asyncDispose]()
    await redis[Symbol.asyncDispose]()
  })

  it.each(config.feeds.flatMap(({ name }) => formatNames.map(format => [name, format] as const)))(
    'has nothing that a validator could fault in %s.%s',
    async (feed, format) => {
      const text = await editionText(app, feed, format)
      expect(validate(format, text)).toEqual([])
      const uris = text.match(/tag:example\.com,2023:[a-z]+\/[a-z2-7]{16}/g) ?? []
      expect(uris.length).toBeGreaterThan(2)
      expect(new Set(uris).size).toBe(uris.length)
    },
  )

  it('has valid ninjs for every article', async () => {
    const heads = await app.store.articles.list({ limit: 1000 })
    for (const head of heads) {
      const article = await app.store.articles.article(head, config.site.authority)
      expect(validateNinjs(toNinjs(article, config.site))).toEqual([])
    }
    expect(heads.length).toBeGreaterThanOrEqual(29)
  })
})

const seed = new URL('../../shared/seed/icaro-2023-11-01.txt', import.meta.url)

describe.skipIf(!existsSync(seed))('the seed article (left out: ../shared/seed is not there)', () => {
  const source = {
    include: ['**/*.txt'],
    format: 'page-dump',
    dates: ["dd/MM/yyyy HH'h'mm"],
    publisher: 'ICARO Media Group',
    boilerplate: ['The views expressed in this article'],
    tail: ['Related'],
  }

  it('says the same in every format', async () => {
    await using room = await openNewsroom({
      source,
      files: { 'icaro-2023-11-01.txt': readFileSync(seed) },
      feeds: { politics: { title: 'Politics', select: { sections: ['Politics'] } } },
    })
    await room.app.collect('desk')
    await room.app.publish('politics')
    const [head] = await room.app.store.articles.list({ limit: 1 })
    const article = await room.app.store.articles.article(head!, 'news.example,2024')
    expect(article).toMatchObject({
      title: "South Korea's Intelligence Agency Believes North Korea Sent Over a Million Artillery Shells to Russia",
      published: '2023-11-01T23:52:00Z',
      section: 'Politics',
      authors: [{ name: 'ICARO Media Group' }],
      place: 'SEOUL, South Korea',
      usageTerms: expect.stringMatching(/^The views expressed in this article/),
    })
    const image =
      'https://icaro.icaromediagroup.com/system/images/photos/15854545/original/open-uri20231101-56-1lz0eid?1698882789'
    const rss = await editionText(room.app, 'politics', 'rss')
    expect(texts(rss, '//item/guid')).toEqual([article.uri])
    expect(texts(rss, '//item/media:content[@medium="image"][not(@type)]/@url')).toEqual([image])
    expect(texts(rss, '//enclosure')).toEqual([])
    const [html = ''] = texts(rss, '//item/content:encoded')
    expect(html.match(/<p>/g)).toHaveLength(12)
    expect(html).toMatch(/^<figure><img [^>]*><\/figure><p>SEOUL, South Korea - /)
    expect(html).not.toMatch(/Related|The views expressed/)

    const atom = await editionText(room.app, 'politics', 'atom')
    expect(texts(atom, '//atom:entry/atom:id')).toEqual([article.uri])
    expect(texts(atom, '//atom:entry/atom:published')).toEqual(['2023-11-01T23:52:00.000Z'])
    expect(texts(atom, '//atom:entry/atom:content')).toEqual([html])
    const json = JSON.parse(await editionText(room.app, 'politics', 'json')) as { items: Record<string, unknown>[] }
    expect(json.items).toMatchObject([{ id: article.uri, content_html: html, image }])
    for (const format of formatNames) {
      expect(validate(format, await editionText(room.app, 'politics', format))).toEqual([])
    }
  })
})
