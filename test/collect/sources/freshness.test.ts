import { describe, expect, it } from 'vitest'
import { backOff, isDue, lifetimeOf, nextMoment, retryAfter, ttlOf } from '../../../src/collect/sources/freshness.ts'
import { expectBounded } from '../parsers/outcomes.ts'

const now = Date.UTC(2024, 4, 1, 12)
const date = 'Wed, 01 May 2024 12:00:00 GMT'
const later = 'Wed, 01 May 2024 12:10:00 GMT'

describe('the lifetime of an answer', () => {
  it.each<[Record<string, string | string[]>, number | undefined]>([
    [{}, undefined],
    [{ 'cache-control': 'public' }, undefined],
    [{ 'cache-control': 'public, max-age=300, stale-while-revalidate=30' }, 300],
    [{ 'cache-control': 'MAX-AGE = "300"' }, 300],
    [{ 'cache-control': ['public', 'max-age=300'] }, 300],
    [{ 'cache-control': 'max-age=300', age: '100' }, 200],
    [{ 'cache-control': 'max-age=300', age: '400' }, 0],
    [{ 'cache-control': 'max-age=300', age: '-5' }, 300],
    [{ 'cache-control': 's-maxage=900' }, undefined],
    [{ 'cache-control': 's-maxage=900, max-age=60' }, 60],
    [{ 'cache-control': 'max-age=300, no-cache' }, 0],
    [{ 'cache-control': 'no-store' }, 0],
    [{ 'cache-control': 'max-age=300, no-cache="set-cookie"' }, 300],
    [{ expires: later, date }, 600],
    [{ expires: later }, 600],
    [{ expires: later, date: later }, 0],
    [{ expires: later, date, age: '60' }, 540],
    [{ expires: 'Wednesday, 01-May-24 12:10:00 GMT', date }, 600],
    [{ expires: '0', date }, 0],
    [{ expires: later, date, 'cache-control': 'max-age=60' }, 60],
  ])('by %o is %s seconds', (headers, seconds) => {
    expect(lifetimeOf(headers, now)).toBe(seconds)
  })

  it('is told from hostile headers in linear time', () => {
    expectBounded(2000, () => {
      for (const piece of [',', ' ', ', ', 'no-', 'max-age', 'max-age=', '9'])
        lifetimeOf({ 'cache-control': piece.repeat(20_000), expires: piece.repeat(20_000), age: '9'.repeat(400) }, now)
    })
  })
})

describe('Retry-After', () => {
  it.each([
    ['120', 120],
    [later, 600],
    ['Wed, 01 May 2024 11:00:00 GMT', 0],
    ['soon', 0],
    ['-1', 0],
  ])('of %s is %i seconds', (written, seconds) => {
    expect(retryAfter({ 'retry-after': written }, now)).toBe(seconds)
  })
})

describe('the next moment', () => {
  it.each([
    [0, '2024-05-01T12:01:00Z'],
    [90, '2024-05-01T12:01:30Z'],
    [1e300, '2024-05-02T12:00:00Z'],
    [Infinity, '2024-05-02T12:00:00Z'],
  ])('is between a minute and a day away: %i seconds', (seconds, moment) => {
    expect(nextMoment(now, seconds)).toBe(moment)
  })

  it('has come when it is past, or so far off that only a wrong clock can have set it', () => {
    expect([-1, 0, 1, 172_800_000, 172_800_001].map(wait => isDue(new Date(now + wait).toISOString(), now))).toEqual([
      true,
      true,
      false,
      false,
      true,
    ])
  })
})

describe('the ttl of a channel', () => {
  it.each([
    ['<rss><channel><ttl>15</ttl><item/></channel></rss>', 900],
    ['<rss><channel><ttl> 5 </ttl></channel></rss>', 300],
    ['<rss><channel><item>&lt;ttl><ttl>15</ttl></item></channel></rss>', 0],
    ['<rss><channel><ttl>soon</ttl></channel></rss>', 0],
    ['{"items": []}', 0],
  ])('in %s is %i seconds', (text, seconds) => {
    expect(ttlOf(text)).toBe(seconds)
  })

  it('is found in linear time', () => {
    expectBounded(2000, () => {
      for (const piece of ['<ttl>', '<ttl> ', ' ', '<ttl>1']) ttlOf(`<ttl>${piece.repeat(500_000)}`)
    })
  })
})

describe('the back-off', () => {
  it('doubles from a minute to six hours, and spreads sources by up to a tenth, each always in the same way', () => {
    const names = Array.from({ length: 100 }, (_, i) => `source-${i}`)
    for (const [failures, minutes] of [
      [1, 1],
      [2, 2],
      [3, 4],
      [9, 256],
      [10, 360],
      [5000, 360],
    ] as const) {
      const waits = names.map(name => backOff(failures, name) / 60)
      expect(Math.min(...waits)).toBeGreaterThanOrEqual(minutes)
      expect(Math.max(...waits)).toBeLessThanOrEqual(minutes * 1.1)
      expect(new Set(waits).size).toBeGreaterThan(90)
      expect(waits).toEqual(names.map(name => backOff(failures, name) / 60))
    }
  })
})
