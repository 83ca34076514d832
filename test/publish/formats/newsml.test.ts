import { describe, expect, it } from 'vitest'
import { excerptOf } from '../../../src/excerpt.ts'
import { newsml, newsmlNothing, newsmlNotice } from '../../../src/publish/formats/newsml.ts'
import { given } from '../../../src/fullness.ts'
import { hasNewsmlSchema, newsmlFaults } from '../newsml-schema.ts'
import { readArticles } from '../../../src/collect/reading/read.ts'
import { source } from '../../collect/parsers/pairs.ts'
import { articleNamed, articles, frame } from './samples.ts'

const { site } = frame
const style = { site, content: 'full' } as const

const message = (...entries: string[]) => newsml.head(frame) + entries.join(newsml.separator) + newsml.tail

describe.runIf(hasNewsmlSchema)('NewsML-G2, by the schema of IPTC', () => {
  it.each([...articles.keys()])('is valid for the article "%s", whole, in short and killed', name => {
    const article = articleNamed(name)
    expect(newsmlFaults(message(newsml.entry(article, style)))).toEqual([])
    expect(newsmlFaults(message(newsml.entry(article, { ...style, content: 'summary' })))).toEqual([])
    const headline = given(article, { content: 'headline' })
    expect(newsmlFaults(message(newsml.entry(headline, { ...style, content: 'headline' })))).toEqual([])
    expect(newsmlFaults(message(newsmlNotice({ ...article, pubStatus: 'canceled' }, site)))).toEqual([])
  })

  it('is valid where a feed holds nothing', () => {
    expect(newsmlFaults(message(newsmlNothing(frame)))).toEqual([])
    expect(newsmlFaults(message(newsmlNothing({ site, feed: frame.feed })))).toEqual([])
  })

  it('is found wrong where it is', () => {
    expect(newsmlFaults(message('<newsItem guid="a"/>'))).not.toEqual([])
    expect(newsmlFaults(message())).not.toEqual([])
  })
})

describe('NewsML-G2', () => {
  it('says nothing of a killed article but that it was killed, and why', () => {
    const text = newsmlNotice({ ...articleNamed('everything'), pubStatus: 'canceled', note: 'Wrong photograph.' }, site)
    expect(text).toContain('stat:canceled')
    expect(text).toContain('Wrong photograph.')
    for (const word of ['Aurora', 'Holm', 'towed', 'mp3', 'Ports']) expect(text).not.toContain(word)
  })

  it('is read again by our own parser as it was written', () => {
    const article = articleNamed('everything')
    const bytes = Buffer.from(message(newsml.entry(article, style, excerptOf(article))))
    const [reading] = readArticles(bytes, { ...source, format: 'newsml-g2' })
    if (reading === undefined || !('content' in reading)) throw new Error('nothing was read')
    const { content } = reading
    expect({ ...reading, ...content }).toMatchObject({
      ownId: article.uri,
      ownVersion: String(article.version),
      title: article.title,
      published: article.published,
      section: article.section,
      language: article.language,
      publisher: { name: article.publisher?.name },
    })
    expect(content.authors.map(({ name }) => name)).toEqual(article.authors.map(({ name }) => name))
    expect(content.media.map(({ url, caption, credit }) => [url, caption, credit])).toEqual(
      article.media.map(({ url, caption, credit }) => [url, caption, credit]),
    )
    expect(content.html).toContain('towed')
  })

  it('gives no text where only a summary is given', () => {
    const article = articleNamed('everything')
    const text = newsml.entry(article, { ...style, content: 'summary' }, excerptOf(article))
    expect(text).not.toContain('inlineXML')
  })
})
