import { describe, expect, it } from 'vitest'
import { given, mostOf } from '../src/fullness.ts'
import { dump, openNewsroom } from './newsroom.ts'
import { makeArticle } from './serve/samples.ts'

const picture =
  '<figure><img src="https://img.example/a.jpg" alt="A"><figcaption>The pier. A. Lens</figcaption></figure>'

describe('what is given of an article', () => {
  it('is what the most generous of its feeds gives', () => {
    expect(mostOf([{ content: 'headline' }, { content: 'summary', media: false }])).toEqual({ content: 'summary' })
    expect(mostOf([{ content: 'headline', media: false }])).toEqual({ content: 'headline', media: false })
    expect(mostOf([{ content: 'summary' }, { content: 'full' }])).toEqual({ content: 'full' })
  })

  it('is its headline alone, with nothing that sums up the text', () => {
    const article = given(makeArticle({ html: '<p>The text.</p>', standfirst: 'In short.' }), { content: 'headline' })
    expect([article.html, article.standfirst]).toEqual(['', undefined])
    expect(article.media).toHaveLength(makeArticle().media.length)
  })

  it.each([
    [`<p>One.</p>${picture}<p>Two.</p>`, '<p>One.</p><p>Two.</p>'],
    [
      '<p><a href="https://img.example/a.jpg"><img src="https://img.example/a.jpg" alt=""></a></p><p>Two.</p>',
      '<p>Two.</p>',
    ],
    [`<p>One.</p><figure>${picture}<figcaption>Both</figcaption></figure>`, '<p>One.</p>'],
    [
      '<video src="https://v.example/a.mp4" controls>It <a href="https://v.example/">is here</a></video><p>Two.</p>',
      '<p>Two.</p>',
    ],
    ['<p>One <img src="https://img.example/i.png" alt="i"> and two.</p>', '<p>One  and two.</p>'],
    ['<p>One.</p>', '<p>One.</p>'],
    [`<p>One.</p>${picture.replace('</figure>', '')}`, '<p>One.</p>'],
  ])('has no media where they are not given: %s', (html, rest) => {
    const article = given(makeArticle({ html }), { content: 'full', media: false })
    expect([article.html, article.media]).toEqual([rest, []])
  })
})

describe('a feed', () => {
  it('gives headlines alone, or no media, in every format, and on no page more', async () => {
    const files = {
      'a.txt':
        'A bridge is closed\n\nCracks were found in its piers.\n\nhttps://img.example/bridge.jpg\n\nTest Agency\nNews\n01/05/2024 10h00\n\nThe secret text. Another sentence.\n',
      'b.txt': dump('A bridge is open'),
    }
    const feeds = { short: { title: 'Short', content: 'headline', media: false } }
    await using room = await openNewsroom({ feeds, files })
    await room.app.collect('desk')
    for (const feed of await room.app.behind()) await room.app.publish(feed)
    const { server } = await room.app.serve()
    const get = async (path: string) => (await fetch(`http://127.0.0.1:${server.port}${path}`)).text()
    const { items } = JSON.parse(await get('/feeds/short.json')) as { items: { url: string; content_text: string }[] }
    const page = new URL(items.find(item => item.content_text === 'A bridge is closed')!.url).pathname
    for (const path of ['/feeds/short.rss', '/feeds/short.atom', '/feeds/short.json', page, `${page}.json`]) {
      const text = await get(path)
      expect(text).toContain('A bridge is closed')
      expect(text).not.toMatch(/secret|Cracks|bridge\.jpg/)
    }
  })
})
