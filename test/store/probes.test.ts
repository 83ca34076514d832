import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Probes } from '../../src/store/probes.ts'
import { startRedis, type TestRedis } from '../redis.ts'

let redis: TestRedis

beforeAll(async () => {
  redis = await startRedis()
})

afterAll(() => redis[Symbol.asyncDispose]())

describe('what a medium answered', () => {
  it('is kept by its kind and address, for a while, under a name that tells neither', async () => {
    const probes = new Probes(redis.client())
    const asked = { kind: 'audio', url: `https://a.example/talk?key=hunter2&${'x'.repeat(9_000)}` } as const
    expect(await probes.get(asked)).toBeUndefined()
    await probes.keep(asked, { type: 'audio/mp4', length: 5 })
    await probes.keep({ ...asked, kind: 'video' }, 'failed')
    await probes.keep({ ...asked, kind: 'image' }, {})
    expect(await probes.get(asked)).toEqual({ type: 'audio/mp4', length: 5 })
    expect(await probes.get({ ...asked, kind: 'video' })).toBe('failed')
    expect(await probes.get({ ...asked, kind: 'image' })).toEqual({})
    const client = redis.client()
    for (const key of await client.keys('*')) {
      expect(key).toMatch(/^probe:[\w-]{43}$/)
      expect(await client.ttl(key)).toBeGreaterThan(0)
    }
  })
})
