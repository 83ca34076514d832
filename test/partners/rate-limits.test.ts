import { expect, it } from 'vitest'
import { RateLimits } from '../../src/partners/rate-limits.ts'

const partner = { name: 'paper', rate: 60 }

it('allows a minute at once, and one more as each second passes', () => {
  let now = 0
  const limits = new RateLimits(() => now)
  for (let i = 0; i < 60; i++) expect(limits.take(partner).isWithin).toBe(true)
  expect(limits.take(partner)).toEqual({ isWithin: false, limit: 60, remaining: 0, reset: 1 })
  now = 1000
  expect([limits.take(partner).isWithin, limits.take(partner).isWithin]).toEqual([true, false])
  now = 61_000
  expect(limits.take(partner)).toMatchObject({ isWithin: true, remaining: 59 })
})

it('gives back nine tenths of what cost next to nothing', () => {
  const limits = new RateLimits(() => 0)
  for (let i = 0; i < 580; i++) {
    expect(limits.take(partner).isWithin).toBe(true)
    limits.giveBack(partner)
  }
  expect(limits.take(partner).isWithin).toBe(true)
})

it('counts each partner alone', () => {
  const limits = new RateLimits(() => 0)
  const one = { name: 'one', rate: 1 }
  expect([limits.take(one).isWithin, limits.take(one).isWithin]).toEqual([true, false])
  expect(limits.take({ name: 'two', rate: 1 }).isWithin).toBe(true)
})
