import { describe, expect, it } from 'vitest'
import { hubOf, wants, type Select } from '../src/feed.ts'
import type { Head } from '../src/head.ts'
import { headOf, makeArticle, makeFeed, site } from './serve/samples.ts'

const everything: Select = { sections: [], languages: [], sources: [], keywords: [] }
const head = (changes: Partial<Head> = {}): Head => headOf(makeArticle(), changes)
const selects = (select: Partial<Select>, changes: Partial<Head>): boolean =>
  wants(makeFeed('all', { select: { ...everything, ...select } }), head(changes))

describe('a feed that selects by media', () => {
  it('holds articles with any of the kinds', () => {
    expect(selects({ media: ['audio', 'video'] }, { media: ['image', 'audio'] })).toBe(true)
    expect(selects({ media: ['audio'] }, { media: ['image', 'video'] })).toBe(false)
  })

  it('holds none without media, nor one of which they are not known', () => {
    expect(selects({ media: ['image'] }, {})).toBe(false)
    expect(selects({}, {})).toBe(true)
  })

  it('asks for all the rest too', () => {
    expect(selects({ media: ['audio'], sources: ['other'] }, { media: ['audio'] })).toBe(false)
  })
})

it('names its hub to everyone, or to nobody', () => {
  const hub = 'https://hub.example/'
  expect(hubOf({ ...site, hub }, makeFeed('all'))).toBe(hub)
  expect(hubOf({ ...site, hub }, makeFeed('all', { access: 'partners' }))).toBeUndefined()
  expect(hubOf(site, makeFeed('all'))).toBeUndefined()
})
