import { expect, it } from 'vitest'
import { hubOf } from '../src/feed.ts'
import { makeFeed, site } from './serve/samples.ts'

it('names its hub to everyone, or to nobody', () => {
  const hub = 'https://hub.example/'
  expect(hubOf({ ...site, hub }, makeFeed('all'))).toBe(hub)
  expect(hubOf({ ...site, hub }, makeFeed('all', { access: 'partners' }))).toBeUndefined()
  expect(hubOf(site, makeFeed('all'))).toBeUndefined()
})
