import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PollStates, type PollState } from '../../src/store/polls.ts'
import { startRedis, type TestRedis } from '../redis.ts'

let redis: TestRedis

beforeAll(async () => {
  redis = await startRedis()
})

afterAll(() => redis[Symbol.asyncDispose]())

const state: PollState = {
  settings: 'abc',
  next: '2024-05-01T12:01:00Z',
  failures: 0,
  etag: '"ü"',
  backfill: { next: 'https://a.example/1', pages: 1, bytes: 2 },
}

describe('the state of a URL source', () => {
  it('is kept by its name, and not there before', async () => {
    const [one, other] = [new PollStates(redis.client()), new PollStates(redis.client())]
    expect(await one.get('agency')).toBeUndefined()
    await one.keep('agency', state)
    expect(await other.get('agency')).toEqual(state)
    expect(await other.get('another')).toBeUndefined()
  })
})

describe('the turn of a URL source', () => {
  it('is one process at a time, and free again after success and failure', async () => {
    const [one, other] = [new PollStates(redis.client()), new PollStates(redis.client())]
    const both = await one.alone('agency', async () => [
      await other.alone('agency', () => Promise.resolve('twice')),
      await other.alone('another', () => Promise.resolve('beside')),
    ])
    expect(both).toEqual([undefined, 'beside'])
    await expect(other.alone('agency', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
    expect(await one.alone('agency', () => Promise.resolve('again'))).toBe('again')
  })
})
