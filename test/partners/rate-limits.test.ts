import { expect, it } from 'vitest'
import { RateLimits } from '../../src/partners/rate-limits.ts'
import { Store } from '../../src/store/store.ts'
import { borrowRedis } from '../borrowed-redis.ts'

const partner = { name: 'paper', rate: 60 }

it('allows a minute at once, and one more as each second passes', () => {
  let now = 0
  const limits = new RateLimits({ clock: () => now })
  for (let i = 0; i < 60; i++) expect(limits.take(partner).isWithin).toBe(true)
  expect(limits.take(partner)).toEqual({ isWithin: false, limit: 60, remaining: 0, reset: 1 })
  now = 1000
  expect([limits.take(partner).isWithin, limits.take(partner).isWithin]).toEqual([true, false])
  now = 61_000
  expect(limits.take(partner)).toMatchObject({ isWithin: true, remaining: 59 })
})

it('gives back nine tenths of what cost next to nothing', () => {
  const limits = new RateLimits({ clock: () => 0 })
  for (let i = 0; i < 580; i++) {
    expect(limits.take(partner).isWithin).toBe(true)
    limits.giveBack(partner)
  }
  expect(limits.take(partner).isWithin).toBe(true)
})

it('counts each partner alone', () => {
  const limits = new RateLimits({ clock: () => 0 })
  const one = { name: 'one', rate: 1 }
  expect([limits.take(one).isWithin, limits.take(one).isWithin]).toEqual([true, false])
  expect(limits.take({ name: 'two', rate: 1 }).isWithin).toBe(true)
})

it('counts what a partner asks of several processes together', async () => {
  await using redis = await borrowRedis()
  const { usage } = new Store(redis.client())
  const processes = [0, 1].map(() => new RateLimits({ clock: () => 0, share: use => usage.add(use) }))
  for (const limits of processes) {
    for (let i = 0; i < 30; i++) expect(limits.take(partner).isWithin).toBe(true)
  }
  for (const limits of processes) await limits.shared()
  // With what is asked of it next, each learns of the other.
  for (const limits of processes) {
    limits.take(partner)
    await limits.shared()
  }
  // Each has asked half of it; a second gives one back.
  for (const limits of processes) {
    let more = 0
    while (limits.take(partner).isWithin) more++
    expect(more).toBeLessThan(20)
  }
})

it('goes on where other processes cannot be told', async () => {
  const limits = new RateLimits({ clock: () => 0, share: () => Promise.reject(new Error('away')) })
  for (let i = 0; i < 60; i++) limits.take(partner)
  await limits.shared()
  expect(limits.take(partner).isWithin).toBe(false)
})
