import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Media } from '../../../src/article.ts'
import { Prober, type ProberOptions } from '../../../src/collect/probing/prober.ts'
import { Probes } from '../../../src/store/probes.ts'
import { startRedis, type TestRedis } from '../../redis.ts'
import { png } from './media-samples.ts'
import { page, sourceAt, startSite, status, type Respond, type Site } from '../sources/site.ts'

let redis: TestRedis
let site: Site

beforeAll(async () => {
  redis = await startRedis()
})

afterAll(() => redis[Symbol.asyncDispose]())

beforeEach(async () => {
  await redis.client().flushall()
  site = await startSite()
})

afterEach(() => site[Symbol.asyncDispose]())

const picture: Respond = page(png(16, 9), { 'content-length': '29' })
const learned = { type: 'image/png', length: 29, width: 16, height: 9 }

function image(path: string, more: Partial<Media> = {}): Media {
  return { kind: 'image', url: site.origin + path, ...more }
}

function openProber(options: Partial<ProberOptions> = {}): Prober {
  return new Prober(sourceAt('https://agency.example/feed'), {
    probes: new Probes(redis.client()),
    log: pino({ level: 'silent' }),
    userAgent: 'Feedwire/0 (+https://wire.example)',
    ...options,
  })
}

describe('a round of probing', () => {
  it('completes what the source does not tell, in its order, and asks for nothing else', async () => {
    for (const path of ['/a', '/b', '/c', '/d']) site.answers[path] = picture
    await using prober = openProber()
    const told = image('/c', { type: 'image/webp', length: 5, width: 1, height: 2 })
    const half = image('/d', { type: 'image/webp', length: 5, width: 800 })
    const named = image('/b', { type: 'image/x-own', width: 800, alt: 'B' })
    const { media, answered, later } = await prober.complete([image('/a'), named, told, half])
    expect(media).toEqual([
      { ...image('/a'), ...learned },
      // One measure alone may be that of a smaller print.
      { ...named, length: 29 },
      told,
      half,
    ])
    expect({ answered, later }).toEqual({ answered: true, later: false })
    expect(site.asked.map(({ path }) => path).toSorted()).toEqual(['/a', '/b'])
    expect(site.asked[0]?.headers['user-agent']).toBe('Feedwire/0 (+https://wire.example)')
  })

  it('sends nobody the secrets of the source', async () => {
    site.answers['/a'] = picture
    const source = sourceAt(`${site.origin}/feed`, { headers: { authorization: 'Bearer hunter2' } })
    const options = { probes: new Probes(redis.client()), log: pino({ level: 'silent' }), userAgent: 'x' }
    await using prober = new Prober(source, options)
    await prober.complete([image('/a')])
    expect(JSON.stringify(site.asked)).not.toContain('hunter2')
  })

  it('asks once for what several articles share, and not again in the next round', async () => {
    site.answers['/a'] = picture
    for (let round = 0; round < 2; round++) {
      await using prober = openProber()
      const all = await Promise.all([1, 2, 3].map(() => prober.complete([image('/a'), image('/a')])))
      expect(all.flatMap(({ media }) => media)).toEqual(
        Array.from({ length: 6 }, () => ({ ...image('/a'), ...learned })),
      )
    }
    expect(site.asked).toHaveLength(1)
  })

  it('remembers failures and what is no medium too, but for a shorter time', async () => {
    Object.assign(site.answers, { '/a': picture, '/gone': status(404), '/page': page('<p>No picture</p>') })
    const media = ['/a', '/gone', '/page'].map(path => image(path))
    for (let round = 0; round < 2; round++) {
      await using prober = openProber()
      expect(await prober.complete(media)).toEqual({
        media: [{ ...media[0], ...learned }, media[1], media[2]],
        answered: false,
        later: false,
      })
    }
    expect(site.asked).toHaveLength(3)
    const client = redis.client()
    const lifetimes = await Promise.all((await client.keys('probe:*')).map(key => client.ttl(key)))
    expect(lifetimes.map(seconds => Math.round(seconds / 3600)).toSorted((a, b) => a - b)).toEqual([1, 24, 720])
  })

  it('leaves an article as it is where nobody answers, and leaves that host alone', async () => {
    const refused = `http://127.0.0.1:9/`
    await using prober = openProber()
    for (let index = 0; index < 20; index++) {
      const medium: Media = { kind: 'image', url: refused + index }
      expect(await prober.complete([medium])).toEqual({ media: [medium], answered: false, later: false })
    }
    expect(await redis.client().keys('probe:*')).toHaveLength(3)
  })

  it('goes on asking a host that says what it does not have', async () => {
    for (let index = 0; index < 10; index++) site.answers[`/${index}`] = index < 9 ? status(404) : picture
    await using prober = openProber()
    for (let index = 0; index < 10; index++) await prober.complete([image(`/${index}`)])
    expect(site.asked).toHaveLength(10)
  })

  it('goes on asking a host that answers now and then', async () => {
    const media = Array.from({ length: 9 }, (_, index) => image(`/${index}`))
    for (let index = 0; index < 9; index++) site.answers[`/${index}`] = index % 3 === 2 ? picture : status(503)
    await using prober = openProber()
    for (const medium of media) await prober.complete([medium])
    expect(site.asked).toHaveLength(9)
  })

  it('asks one host only so often, and all of them only so long: the rest is for another round', async () => {
    for (let index = 0; index < 6; index++) site.answers[`/${index}`] = picture
    const media = Array.from({ length: 6 }, (_, index) => image(`/${index}`))
    {
      await using prober = openProber({ limits: { perHost: 2, whole: 60_000 } })
      expect(await prober.complete(media)).toMatchObject({ answered: false, later: true })
      expect(site.asked).toHaveLength(2)
    }
    {
      await using prober = openProber({ limits: { perHost: 100, whole: -1 } })
      expect(await prober.complete(media)).toMatchObject({ answered: false, later: true })
      expect(site.asked).toHaveLength(2)
    }
    await using prober = openProber()
    expect(await prober.complete(media)).toMatchObject({ answered: true, later: false })
    expect(site.asked).toHaveLength(6)
  })

  it('has no more than six questions under way, and of an article with a thousand media asks for fifty', async () => {
    let [open, most] = [0, 0]
    for (let index = 0; index < 1_000; index++) {
      site.answers[`/${index}`] = (response, headers) => {
        most = Math.max(most, ++open)
        response.on('close', () => open--)
        setTimeout(() => picture(response, headers), 20)
      }
    }
    await using prober = openProber()
    const media = Array.from({ length: 1_000 }, (_, index) => image(`/${index}`))
    expect((await prober.complete(media)).media.filter(({ type }) => type !== undefined)).toHaveLength(50)
    expect(site.asked).toHaveLength(50)
    expect(most).toBeLessThanOrEqual(6)
  })

  it('is ended by its signal, and takes that for no answer', async () => {
    const stopping = new AbortController()
    site.answers['/a'] = () => stopping.abort()
    await using prober = openProber({ signal: stopping.signal })
    expect(await prober.complete([image('/a')])).toMatchObject({ media: [image('/a')], answered: false })
    expect(await prober.complete([image('/b')])).toMatchObject({ media: [image('/b')], answered: false })
    expect(site.asked).toHaveLength(1)
    expect(await redis.client().keys('probe:*')).toEqual([])
  })

  it('says once what it did, and names no address', async () => {
    const lines: string[] = []
    const log = pino({ level: 'trace' }, { write: line => void lines.push(line) })
    Object.assign(site.answers, { '/a?key=hunter2': picture, '/b?key=hunter2': status(500) })
    {
      await using prober = openProber({ log })
      await prober.complete([image('/a?key=hunter2'), image('/b?key=hunter2')])
    }
    expect(lines.map(line => JSON.parse(line) as object)).toMatchObject([
      { level: 20, error: expect.stringContaining('answered 500') as string },
      { source: 'agency', asked: 2, learned: 1, failed: 1, later: 0, msg: 'probed' },
    ])
    expect(lines.join('')).not.toContain('hunter2')
    expect((await redis.client().keys('*')).join(' ')).not.toContain('hunter2')
  })
})
