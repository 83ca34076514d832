import { readFileSync } from 'node:fs'
import { array, assert, asyncProperty, integer, nat, oneof } from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startRedis, type TestRedis } from '../redis.ts'

const lua = readFileSync(new URL('../../src/store/lua/sorted.lua', import.meta.url), 'utf8')
const put = `${lua} for i = 2, #ARGV, 2 do put(ARGV[1], ARGV[i], ARGV[i + 1]) end`
const take = `${lua} for i = 2, #ARGV, 2 do take(ARGV[1], ARGV[i], ARGV[i + 1]) end`
const highest = `${lua} return highest(ARGV[1], ARGV[2], tonumber(ARGV[3]), true)`

let redis: TestRedis

beforeAll(async () => {
  redis = await startRedis()
})
afterAll(() => redis[Symbol.asyncDispose]())

type Entry = [score: number, member: string]

const flat = (entries: readonly Entry[]) => entries.flat().map(String)

/** As the whole set would be read from its end. */
const fromAbove = (entries: Iterable<Entry>) =>
  [...entries]
    .toSorted(([a, one], [b, other]) => b - a || (one < other ? 1 : -1))
    .flatMap(([score, member]) => [member, String(score)])

async function pieces(set: string): Promise<number[]> {
  const client = redis.client()
  const names = await client.zrange(set, '0', '-1')
  return Promise.all(names.map(name => client.zcard(`${set}:${name}`)))
}

describe('a sorted set in pieces', () => {
  it('reads as one set would, whatever comes in which order, and goes', async () => {
    const client = redis.client()
    const scores = oneof(nat(3), nat(400), integer({ min: 1_000, max: 1_003 }))
    let sets = 0
    await assert(
      asyncProperty(array(scores, { minLength: 200, maxLength: 900 }), nat(7), async (all, gone) => {
        const set = `set${sets++}`
        const entries = all.map((score, at): Entry => [score, `m${String(at).padStart(4, '0')}`])
        await client.eval(put, 0, set, ...flat(entries))
        const left = entries.filter((_, at) => at % 8 > gone)
        await client.eval(take, 0, set, ...flat(entries.filter((_, at) => at % 8 <= gone)))
        expect(await client.eval(highest, 0, set, '-inf', 1_000)).toEqual(fromAbove(left))
      }),
      { numRuns: 60 },
    )
  })

  it('leaves an archive of one date in one piece, and what came beside it in others', async () => {
    const client = redis.client()
    const bunch = Array.from({ length: 3_000 }, (_, at): Entry => [500, `b${at}`])
    const beside = Array.from({ length: 300 }, (_, at): Entry => [at % 2 ? 1_000 - at : at, `a${at}`])
    await client.eval(put, 0, 'bunch', ...flat([...bunch.slice(0, 1_000), ...beside, ...bunch.slice(1_000)]))
    expect(await client.eval(highest, 0, 'bunch', '-inf', 4_000)).toEqual(fromAbove([...bunch, ...beside]))
    const sizes = await pieces('bunch')
    expect(sizes.filter(size => size > 128)).toEqual([
      expect.toSatisfy((size: number) => size >= 3_000 && size < 3_128),
    ])
    expect(sizes.length).toBeLessThan(12)
  })

  it.each([
    ['upwards', (at: number) => at],
    ['downwards', (at: number) => -at],
    ['downwards above what is full', (at: number) => (at < 128 ? at : 5_000 - at)],
  ])('fills its pieces where entries come %s', async (name, scoreOf) => {
    const entries = Array.from({ length: 2_000 }, (_, at): Entry => [scoreOf(at), `m${at}`])
    await redis.client().eval(put, 0, name, ...flat(entries))
    expect((await pieces(name)).length).toBeLessThan(2_000 / 60)
  })
})
