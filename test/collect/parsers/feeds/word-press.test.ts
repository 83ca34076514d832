import { describe, expect, it } from 'vitest'
import { Unusable } from '../../../../src/errors.ts'
import { withoutOrigin } from '../../../../src/collect/parsers/feeds/word-press.ts'
import { expectBounded, outcomesOf } from '../outcomes.ts'

function exported(properties: string): string {
  return `<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
    <item><title>T</title><guid isPermaLink="false">g</guid><pubDate>Sun, 26 Apr 2026 08:00:00 +0000</pubDate>
    <content:encoded>Text.</content:encoded>${properties}</item></channel></rss>`
}

function outcome(properties: string): unknown {
  const [first] = outcomesOf('rss', exported(properties))
  return first instanceof Unusable ? first.message : first && ['pubStatus', first.pubStatus]
}

describe('an export of WordPress', () => {
  it.each(['draft', 'private', 'pending', 'trash', 'auto-draft'])('withholds what is %s', status => {
    expect(outcome(`<wp:status>${status}</wp:status><wp:post_type>post</wp:post_type>`)).toEqual([
      'pubStatus',
      'withheld',
    ])
  })

  it('withholds what has a password', () => {
    expect(outcome('<wp:status>publish</wp:status><wp:post_password>x</wp:post_password>')).toEqual([
      'pubStatus',
      'withheld',
    ])
  })

  it.each(['', '<wp:status>publish</wp:status>', '<wp:status>future</wp:status><wp:post_password></wp:post_password>'])(
    'holds nothing back of %s',
    properties => {
      expect(outcome(properties)).toEqual(['pubStatus', undefined])
    },
  )

  it.each(['attachment', 'nav_menu_item', 'revision', 'wp_template'])('makes no article of a %s', type => {
    expect(outcome(`<wp:status>inherit</wp:status><wp:post_type>${type}</wp:post_type>`)).toContain(`"${type}"`)
  })
})

const link = 'https://hill.example/garden/?utm_source=rss&utm_medium=rss'
const home = 'https://hill.example'
const origin = (words: string) =>
  `<p>${words} <a href="http://hill.example/garden/">Garden</a> <a rel="x" href="https://hill.example/">Hill</a>.</p>`

describe('the origin below a text', () => {
  it.each(['The post first appeared on', 'Der Beitrag erschien zuerst auf', 'La entrada se publicó primero en'])(
    'goes in any language: %s',
    words => {
      expect(withoutOrigin(`<p>Text.</p>\n${origin(words)}\n`, link, home)).toBe('<p>Text.</p>')
    },
  )

  it.each([
    [
      'more than a line of words',
      origin('A paragraph of the text itself, which happens to name the site and this article of it'),
    ],
    ['another article', origin('See').replace('/garden/', '/shed/')],
    ['one link', '<p>See <a href="https://hill.example/garden/">here</a>.</p>'],
    ['text behind it', `${origin('See')}<ul><li>More</li></ul>`],
  ])('stays with %s', (_, tail) => {
    expect(withoutOrigin(`<p>Text.</p>${tail}`, link, home)).toBe(`<p>Text.</p>${tail}`)
  })

  it('takes no longer than the text', () => {
    const longest = `<p>${'<a href="'.repeat(100_000)}`
    expectBounded(1000, () => withoutOrigin(longest, link, home))
  })
})
