import { describe, expect, it } from 'vitest'
import type { Article, Media } from '../../../src/article.ts'
import { enclosureOf, enclosuresOf } from '../../../src/publish/formats/media.ts'
import { formats } from '../../../src/publish/formats/index.ts'
import { texts, validate } from '../validate.ts'
import { articleNamed, frame } from './samples.ts'

const image: Media = {
  kind: 'image',
  url: 'https://img.example/wide.jpg',
  type: 'image/jpeg',
  length: 900,
  width: 1600,
}
const sound: Media = { kind: 'audio', url: 'https://img.example/talk.mp3', type: 'audio/mpeg', duration: 61.4 }

const withMedia = (...media: Media[]): Article => ({ ...articleNamed('minimal'), media })
const edition = (format: keyof typeof formats, article: Article): string => {
  const { head, entry, tail } = formats[format]
  return head(frame) + entry(article, { site: frame.site, content: 'full' }) + tail
}
const rss = (article: Article, path: string): string[] => texts(edition('rss', article), path)

describe('a medium in several renditions', () => {
  const article = withMedia({
    ...image,
    caption: 'The quay',
    credit: 'P. Lind',
    alt: 'A quay',
    others: [
      { url: 'https://img.example/small.jpg', type: 'image/jpeg', length: 90, width: 320 },
      { url: 'https://img.example/wide.webp' },
    ],
  })

  it.each(['rss', 'atom'] as const)('is one group of %s, which says once what it shows', format => {
    const xml = edition(format, article)
    expect(texts(xml, '//media:group/media:content/@url')).toEqual([
      'https://img.example/wide.jpg',
      'https://img.example/small.jpg',
      'https://img.example/wide.webp',
    ])
    expect(texts(xml, '//media:content[@isDefault="true"]/@width')).toEqual(['1600'])
    expect(texts(xml, '//media:group/*[not(self::media:content)]')).toEqual(['A quay', 'The quay', 'P. Lind'])
    expect(texts(xml, '//media:content/*')).toEqual([])
    expect(validate(format, xml)).toEqual([])
  })

  it('is enclosed in each whose type is known, under one title in JSON Feed', () => {
    const feed = JSON.parse(edition('json', article)) as { items: { attachments: { url: string; title: string }[] }[] }
    expect(feed.items[0]?.attachments).toMatchObject([
      { url: 'https://img.example/wide.jpg', title: 'The quay' },
      { url: 'https://img.example/small.jpg', title: 'The quay' },
    ])
    expect(enclosuresOf(withMedia({ ...image, caption: 'The quay' }))[0]?.title).toBeUndefined()
  })
})

it('leaves out numbers and types that no format takes', () => {
  const odd = { ...image, type: 'image/"><svg>', length: 0, width: 12.5, height: -1 }
  expect(rss(withMedia(odd), '//media:content/@*')).toEqual([image.url, 'image'])
  expect(rss(withMedia(odd), '//enclosure')).toEqual([])
  expect(rss(withMedia({ ...image, type: 'image/jpeg; q=1' }), '//enclosure/@type')).toEqual(['image/jpeg'])
})

it('shows a picture in the place of a recording, and none where there are pictures alone', () => {
  expect(rss(withMedia(sound, image), '//item/media:thumbnail/@url')).toEqual([image.url])
  expect(rss(withMedia(image, image), '//media:thumbnail')).toEqual([])
  expect(rss(withMedia(sound), '//media:thumbnail')).toEqual([])
})

describe('the enclosure', () => {
  it('is a recording rather than a picture', () => {
    expect(enclosureOf(withMedia(image, { ...sound, length: 5 }), false)?.url).toBe(sound.url)
    expect(enclosureOf(withMedia(image, sound), false)?.url).toBe(image.url)
  })

  it('of a podcast is a recording, of whatever length, or nothing', () => {
    expect(enclosureOf(withMedia(image, sound), true)).toMatchObject({ url: sound.url, length: 0 })
    expect(enclosureOf(withMedia(image), true)).toBeUndefined()
    expect(enclosureOf(withMedia({ ...sound, type: undefined }), true)).toBeUndefined()
  })

  it('has an address that RSS allows', () => {
    expect(enclosureOf(withMedia({ ...image, url: 'https://img_1.example/a.jpg' }), false)).toBeUndefined()
    expect(enclosureOf(withMedia({ ...image, url: 'https://img.example/é.jpg' }), false)?.url).toBe(
      'https://img.example/%C3%A9.jpg',
    )
  })
})
