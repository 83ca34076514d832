import { describe, expect, it } from 'vitest'
import { renderOpml } from '../../src/show/opml.ts'
import { texts } from '../publish/validate.ts'
import { makeFeed, site } from '../serve/samples.ts'

describe('the list of feeds as OPML 2.0', () => {
  const feeds = [
    makeFeed('port', { language: 'pt-BR' }),
    makeFeed('quick', { title: 'Q&A <b> "now"', description: 'Tea,\n"toast" & \'jam\'' }),
  ]
  const opml = renderOpml(site, feeds)

  it('says once for each feed where it is, where people read of it, and in which language', () => {
    expect(texts(opml, '/opml[@version="2.0"]/head/title')).toEqual(['The Harbour Post'])
    expect(texts(opml, '/opml/body/outline[@type="rss"][1]/@*')).toEqual([
      'rss',
      'RSS',
      'All of port',
      'All of port',
      'What happens in port',
      'pt-BR',
      'https://news.example/wire/feeds/port.rss',
      'https://news.example/wire/feeds/port',
    ])
    expect(texts(opml, '//outline')).toHaveLength(2)
  })

  it('keeps every character of a title and a description', () => {
    expect(texts(opml, '//outline[2]/@text')).toEqual(['Q&A <b> "now"'])
    expect(texts(opml, '//outline[2]/@description')).toEqual(['Tea,\n"toast" & \'jam\''])
  })

  it('is well-formed without any feed, and the same each time', () => {
    expect(texts(renderOpml(site, []), '/opml/body/*')).toEqual([])
    expect(renderOpml(site, feeds)).toBe(opml)
  })
})
