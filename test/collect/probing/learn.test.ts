import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { learn } from '../../../src/collect/probing/learn.ts'
import { Prober } from '../../../src/collect/probing/prober.ts'
import type { Place } from '../../../src/collect/identity/next-version.ts'
import type { Head } from '../../../src/head.ts'
import { packBody, unpackBody } from '../../../src/store/body.ts'
import { Probes } from '../../../src/store/probes.ts'
import { startRedis, type TestRedis } from '../../redis.ts'
import { png } from './media-samples.ts'
import { page, sourceAt, startSite, type Site } from '../sources/site.ts'

let redis: TestRedis
let site: Site

beforeAll(async () => {
  redis = await startRedis()
})

afterAll(() => redis[Symbol.asyncDispose]())

beforeEach(async () => {
  await redis.client().flushall()
  site = await startSite({ '/a': page(png(16, 9)), '/b': page(png(3, 2)) })
})

afterEach(() => site[Symbol.asyncDispose]())

function placeOf(paths: readonly string[], was?: Partial<Head>): Place {
  const media = paths.map(path => ({ kind: 'image' as const, url: site.origin + path }))
  const told = { title: 'T', language: 'en', keywords: [], media: [] }
  const body = packBody({ ...told, html: '<p>x</p>', authors: [], media })
  return { source: 'agency', key: 'k', reading: { told, body }, ...(was && { was: was as Head }) }
}

function openProber(perHost = 1_000): Prober {
  const limits = { perHost, whole: 60_000 }
  const options = { probes: new Probes(redis.client()), log: pino({ level: 'silent' }), userAgent: 'x', limits }
  return new Prober(sourceAt('https://agency.example/feed'), options)
}

function typesOf({ reading }: Place): unknown[] {
  return 'body' in reading ? (unpackBody(reading.body.packed).media ?? []).map(({ type }) => type) : []
}

function digestOf({ reading }: Place): string {
  return 'body' in reading ? reading.body.digest : ''
}

describe('learning of the media of readings', () => {
  it('keeps what the source said beside what was learned, for each of many', async () => {
    await using prober = openProber()
    const places = Array.from({ length: 150 }, (_, index) => placeOf(index % 2 === 0 ? ['/a'] : []))
    const learned = await learn(places, prober)
    expect(learned.map(typesOf)).toEqual(places.map((_, index) => (index % 2 === 0 ? ['image/png'] : [])))
    expect(learned[0]).toMatchObject({ said: digestOf(places[0]!) })
    expect(digestOf(learned[0]!)).not.toBe(digestOf(places[0]!))
    expect(learned[1]).not.toHaveProperty('said')
    expect(site.asked).toHaveLength(1)
  })

  it('asks nothing about words that were completed before, about a killed article, and without a prober', async () => {
    await using prober = openProber()
    const place = placeOf(['/a'])
    const said = placeOf(['/a'], { said: digestOf(place) })
    const killed = placeOf(['/a'], { pubStatus: 'canceled' })
    const canceled: Place = { source: 'agency', key: 'k', reading: { pubStatus: 'canceled', ownId: 'x' } }
    expect(await learn([said, killed, canceled], prober)).toEqual([said, killed, canceled])
    expect(await learn([place], undefined)).toEqual([place])
    expect(site.asked).toHaveLength(0)
  })

  it('does not call an article complete of which something is left for later', async () => {
    await using prober = openProber(1)
    const [place] = await learn([placeOf(['/a', '/b'])], prober)
    expect(typesOf(place!)).toEqual(['image/png', undefined])
    expect(place).toMatchObject({ later: true })
    expect(place).not.toHaveProperty('said')
  })
})
