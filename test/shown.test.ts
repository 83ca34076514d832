import { describe, expect, it } from 'vitest'
import type { Content, Media } from '../src/article.ts'
import { nextMoment, shownContent } from '../src/shown.ts'

const [may, june, july] = ['2030-05-01T00:00:00Z', '2030-06-01T00:00:00Z', '2030-07-01T00:00:00Z']

function picture(name: string, more: Partial<Media> = {}): Media {
  return { kind: 'image', url: `https://img.example/${name}.jpg`, ...more }
}

/** What an article of these media and this text shows at a moment. */
function at(moment: string, media: Media[], html = '<p>Text.</p>'): Pick<Content, 'html' | 'media'> {
  const content = { html, media } as unknown as Content
  return shownContent(content, nextMoment({ media }, Date.parse(moment)))
}

function names(media: readonly Media[]): string[] {
  return media.map(({ url }) => /(\w+)\.jpg/.exec(url)?.[1] ?? '')
}

describe('what may be shown of an article', () => {
  const media = [
    picture('free'),
    picture('later', { embargoed: june }),
    picture('ended', { expires: june }),
    picture('between', { embargoed: may, expires: july }),
  ]

  it.each([
    ['2030-04-30T23:59:59Z', ['free', 'ended'], may],
    [may, ['free', 'ended', 'between'], june],
    ['2030-05-31T23:59:59Z', ['free', 'ended', 'between'], june],
    [june, ['free', 'later', 'between'], july],
    [july, ['free', 'later'], undefined],
  ])('at %s', (moment, shown, next) => {
    expect(names(at(moment, media).media)).toEqual(shown)
    expect(nextMoment({ media }, Date.parse(moment))).toBe(next)
  })

  it('takes a picture that is kept back out of the text too, in any of its sizes and however it is asked for', () => {
    const held = picture('held', { embargoed: june, others: [{ url: 'https://img.example/small/held.jpg' }] })
    const html =
      '<p>One.</p><figure><img src="https://img.example/held.jpg" alt="" /><figcaption>The queen.</figcaption></figure>' +
      '<p>Two <img src="http://img.example/small/held.jpg?w=640&amp;q=1" alt="" /></p>' +
      '<p><a href="https://img.example/held.jpg">Look</a></p>' +
      '<figure><img src="https://img.example/free.jpg" alt="" /></figure>'
    expect(at(may, [held, picture('free')], html).html).toBe(
      '<p>One.</p><p>Two </p><p><a>Look</a></p><figure><img src="https://img.example/free.jpg" alt="" /></figure>',
    )
    expect(at(june, [held], html).html).toBe(html)
  })

  it('keeps what else a figure shows, and other pictures of one script', () => {
    const held = { ...picture('x', { embargoed: june }), url: 'https://img.example/show?id=5' }
    const html =
      '<figure><img src="https://img.example/show?id=5" alt="" /><figure><img src="https://img.example/show?id=6" alt="" /></figure></figure>'
    expect(at(may, [held], html).html).toBe(
      '<figure><figure><img src="https://img.example/show?id=6" alt="" /></figure></figure>',
    )
  })

  it('keeps back a picture that is there twice, once without a word', () => {
    expect(names(at(may, [picture('held'), picture('held', { embargoed: june }), picture('free')]).media)).toEqual([
      'free',
    ])
  })
})
