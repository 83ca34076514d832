import { describe, expect, it } from 'vitest'
import { feedLinks } from '../../../../src/collect/parsers/feeds/feed-links.ts'
import { Unusable } from '../../../../src/errors.ts'

const links = (prefix: string) =>
  ['self', 'next', 'prev-archive', 'hub', 'alternate']
    .map(rel => `<${prefix}link rel="${rel}" href="https://e.example/${rel}"/>`)
    .join('')
const expected = {
  self: 'https://e.example/self',
  next: 'https://e.example/next',
  prevArchive: 'https://e.example/prev-archive',
  hub: 'https://e.example/hub',
}

describe('feed links', () => {
  it('are told by Atom', () => {
    const feed = `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0"><fh:complete/>${links('')}</feed>`
    expect(feedLinks(feed)).toEqual({ ...expected, complete: true })
  })

  it('are told by RSS in Atom elements', () => {
    const feed = `<rss version="2.0"><channel><link>https://e.example/</link>${links('atom:')}</channel></rss>`
    expect(feedLinks(feed)).toEqual(expected)
  })

  it('are told by JSON Feed', () => {
    const feed = {
      version: 'https://jsonfeed.org/version/1.1',
      feed_url: 'https://e.example/self',
      next_url: 'https://e.example/next',
      hubs: [
        { type: 'rssCloud', url: 'https://e.example/cloud' },
        { type: 'WebSub', url: 'https://e.example/hub' },
      ],
    }
    expect(feedLinks(JSON.stringify(feed))).toEqual({ ...expected, prevArchive: undefined })
  })

  it('are none in a feed without, and in any other text', () => {
    expect(feedLinks('<rss version="2.0"><channel/></rss>')).toEqual({})
    expect(feedLinks('Headline\n\nText.')).toEqual({})
  })

  it('of a feed that is not well-formed are refused', () => {
    expect(() => feedLinks('<rss version="2.0"><channel>')).toThrow(Unusable)
  })
})
