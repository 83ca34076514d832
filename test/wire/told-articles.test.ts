import { describe, expect, it } from 'vitest'
import { ToldArticles } from '../../src/wire/told-articles.ts'
import { site } from '../serve/samples.ts'

const text = (length: number) => ({ json: Buffer.alloc(length, 'a'), version: 1, action: 'publish' as const })

function open() {
  const clock = { now: 0 }
  const told = new ToldArticles({ most: 100, least: 10 }, () => clock.now)
  told.find('', site)
  return { told, clock }
}

describe('articles that were told', () => {
  it('are found by all that went into them', () => {
    const { told } = open()
    told.keep('a', site, text(10))
    expect([told.find('a', site)?.json.length, told.find('b', site)]).toEqual([10, undefined])
  })

  it('are forgotten when the site says something else', () => {
    const { told } = open()
    told.keep('a', site, text(10))
    expect([told.find('a', { ...site }), told.find('a', site)]).toEqual([undefined, undefined])
  })

  it('stay for a while, and then make room, those that were asked for last the latest', () => {
    const { told, clock } = open()
    told.keep('a', site, text(40))
    told.keep('b', site, text(40))
    told.keep('c', site, text(40))
    expect(told.find('c', site)).toBeUndefined()
    clock.now = 10
    told.find('a', site)
    told.keep('c', site, text(40))
    expect(['a', 'b', 'c'].filter(key => told.find(key, site) !== undefined)).toEqual(['a', 'c'])
  })

  it('take no more room than they may, also where one alone is larger', () => {
    const { told, clock } = open()
    told.keep('a', site, text(40))
    clock.now = 20
    told.keep('b', site, text(200))
    expect(told.find('b', site)).toBeUndefined()
  })
})
