import { describe, expect, it } from 'vitest'
import type { Article } from '../../../src/article.ts'
import type { Frame } from '../../../src/publish/formats/format.ts'
import { formats, type FormatName } from '../../../src/publish/formats/index.ts'
import { texts, validate } from '../validate.ts'
import { articleNamed, articles, frame, reference } from './samples.ts'

const formatNames = ['rss', 'atom', 'json'] as const satisfies FormatName[]

describe.each(formatNames)('%s', format => {
  it.each([...articles.keys()])('writes the article "%s" as in its reference', async name => {
    const edition = editionOf(format, { articles: [articleNamed(name)] })
    await expect(edition).toMatchFileSnapshot(reference(name, format))
  })

  it('is valid with every article of the references', () => {
    expect(validate(format, editionOf(format, {}))).toEqual([])
    expect(validate(format, editionOf(format, { content: 'summary' }))).toEqual([])
  })

  it('is valid without an article, a change and an image', () => {
    const empty = { ...frame, feed: { ...frame.feed, image: undefined, description: '' }, changed: undefined }
    expect(validate(format, editionOf(format, { articles: [], frame: empty }))).toEqual([])
  })

  it('gives nothing of the full text in a summary feed', () => {
    const edition = editionOf(format, { articles: [articleNamed('everything')], content: 'summary' })
    expect(edition).toContain('All forty-one people aboard are safe')
    expect(edition).not.toContain('towed in at dawn')
    expect(edition).not.toContain('PORT ELLIS')
  })
})

describe('what readers get', () => {
  it('has the uri and the page of the article, byte for byte', () => {
    for (const [name, { uri, source, key, link }] of articles) {
      const page = link ?? `https://courier.example/articles/${source}-${key}`
      expect(rss(name, '//guid | //item/link')).toEqual([page, uri])
      expect(atom(name, '//atom:entry/atom:id | //atom:entry/atom:link[not(@rel)]/@href')).toEqual([uri, page])
    }
  })

  it('shows markup in a title as it was typed', () => {
    const { title } = articleNamed('hostile')
    expect(rss('hostile', '//item/title')).toEqual([title])
    expect(atom('hostile', '//atom:entry/atom:title[@type="text"]')).toEqual([title])
  })

  it('has media byte for byte, but for what no URI may hold, without an invented type and without an enclosure', () => {
    expect(rss('everything', '//media:content/@url')[0]).toBe('https://img.courier.example/aurora?1709965800&w=1200')
    const url = 'https://img.courier.example/%EB%B0%B0.jpg'
    for (const textsOf of [rss, atom]) {
      expect(textsOf('korean', '//media:content/@url')).toEqual([url])
      expect(textsOf('korean', '//media:content/@medium')).toEqual(['image'])
      expect(textsOf('korean', '//media:content/@type | //enclosure | //atom:link[@rel="enclosure"]')).toEqual([])
    }
  })

  it('has one enclosure in RSS, a recording before an image, and all with a type in Atom', () => {
    expect(rss('everything', '//enclosure/@*')).toEqual([
      'https://img.courier.example/interview.mp3',
      '1048576',
      'audio/mpeg',
    ])
    expect(atom('everything', '//atom:link[@rel="enclosure"]/@type')).toEqual(['image/png', 'audio/mpeg', 'video/mp4'])
  })

  it('names every author, and the publisher where there is none', () => {
    expect(rss('everything', '//dc:creator')).toEqual(['Ida Holm', "Tom O'Neil"])
    expect(rss('arabic', '//dc:creator')).toEqual(['وكالة الساحل'])
    expect(atom('arabic', '//atom:entry/atom:author/atom:name')).toEqual(['وكالة الساحل'])
  })

  it('leaves out an author address that is none', () => {
    expect(atom('hostile', '//atom:entry/atom:author[1]/*')).toEqual(['</name>&amp;<x>'])
  })

  it('says the direction and language of a text written from right to left', () => {
    const wrapped = /^<div dir="rtl" lang="ar"><p>/
    expect(rss('arabic', '//content:encoded')[0]).toMatch(wrapped)
    expect(atom('arabic', '//atom:content')[0]).toMatch(wrapped)
    expect(atom('arabic', '//atom:entry/@xml:lang')).toEqual(['ar'])
    expect(rss('arabic', '//dc:language')).toEqual(['ar'])
  })

  it('has no change date before the publication date', () => {
    expect(atom('minimal', '//atom:entry/atom:updated | //atom:published')).toEqual(
      Array(2).fill('2024-01-01T00:00:00.000Z'),
    )
    expect(rss('minimal', '//atom:updated')).toEqual([])
    expect(rss('everything', '//atom:updated')).toEqual(['2024-03-09T17:05:00Z'])
  })
})

it('dates a feed that never had an article by no clock, and not before there were feeds', () => {
  const { changed: _, ...before } = frame
  expect(texts(editionOf('rss', { articles: [], frame: before }), '//lastBuildDate')).toEqual([
    'Mon, 01 Jan 1990 00:00:00 GMT',
  ])
  expect(texts(editionOf('atom', { articles: [], frame: before }), '//atom:updated')).toEqual([
    '1990-01-01T00:00:00.000Z',
  ])
})

function rss(name: string, path: string): string[] {
  return texts(editionOf('rss', { articles: [articleNamed(name)] }), path)
}

function atom(name: string, path: string): string[] {
  return texts(editionOf('atom', { articles: [articleNamed(name)] }), path)
}

interface Wanted {
  articles?: Article[]
  content?: 'full' | 'summary'
  frame?: Frame
}

function editionOf(format: FormatName, wanted: Wanted): string {
  const { head, entry, separator, tail } = formats[format]
  const style = { site: frame.site, content: wanted.content ?? 'full' }
  const entries = (wanted.articles ?? [...articles.values()]).map(article => entry(article, style))
  return head(wanted.frame ?? frame) + entries.join(separator) + tail
}
