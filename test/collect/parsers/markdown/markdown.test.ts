import { describe, expect, it } from 'vitest'
import { Unusable } from '../../../../src/errors.ts'
import { readings } from '../../reading/readings.ts'
import { source } from '../pairs.ts'
import { expectBounded } from '../outcomes.ts'

const read = (text: string) => readings(Buffer.from(text), source)
const halfMegabyte = (text: string) => text.repeat(Math.ceil(500_000 / text.length))
const withMatter = (matter: string) => `---\ntitle: T\n${matter}\n---\nText.\n`

function readOrRefuse(text: string): void {
  try {
    read(text)
  } catch (error) {
    if (!(error instanceof Unusable)) throw error
  }
}

describe('markdown', () => {
  it.each([
    ['a front matter that never ends', '---\ntitle: T\nText', 1, /never ends/],
    ['YAML with a fault', withMatter('a: "b'), 3, /not YAML/],
    ['a key twice', withMatter('title: U'), 3, /"title" is written twice/],
    ['authors twice', withMatter('author: { name: A }\nauthor: { name: B }'), 4, /"author" is written twice/],
    ['an end that is written twice', withMatter('expiryDate: 2030-01-01\nexpiryDate: 2031-01-01'), 4, /twice/],
    ['a list for a title', '---\nsection: a\ntitle: [a, b]\n---\nText', 3, /"title" should be text/],
    ['a map for a tag', withMatter('tags: [{ a: b }]'), 3, /"tags" should be text/],
    ['an author without a name', withMatter('author: [{ url: "https://e.example/" }]'), 3, /no "name"/],
    ['an alias', withMatter('tags: &a [x]\nauthor: *a'), 4, /alias/],
    ['a date nobody can read', withMatter('section: a\ndate: soon'), 4, /"soon" is not a date/],
    ['a date that could be two', withMatter('date: 03/04/2024'), 3, /March 4/],
    ['a beginning that nobody can read', withMatter('publishDate: soon'), 3, /"soon" is not a date/],
    ['an end that nobody can read', withMatter('expiryDate: 3/4/2024'), 3, /March 4/],
    ['a front matter that is no map', '---\n- a\n---\nText', 2, /keys and values/],
  ])('refuses %s and names the line', (_, text, line, reason) => {
    expect(() => read(text)).toThrow(
      expect.objectContaining({ name: 'Unusable', line, message: expect.stringMatching(reason) }),
    )
  })

  it.each(['draft: true', 'published: false', 'publish: no'])('withholds what says %s', kept => {
    expect(read(withMatter(kept))).toMatchObject([{ pubStatus: 'withheld', content: { title: 'T' } }])
  })

  it.each(['draft: false', 'published: true', 'published: 2024-03-09', 'draft: { a: b }'])(
    'holds nothing back that says %s',
    open => {
      expect(read(withMatter(open))[0]?.pubStatus).toBeUndefined()
    },
  )

  it('takes the names of other systems only where its own are missing', () => {
    const others = 'authors: [Other]\ncategories: [Other]\nlastmod: 2024-03-10\nimages: [https://e.example/other.png]'
    const own = 'author: Own\nsection: Own\nupdated: 2024-03-11\nimage: https://e.example/own.png'
    const date = 'date: 2024-03-09'
    const [both, alone] = [`${date}\n${others}\n${own}`, `${date}\n${others}`].map(
      matter => read(withMatter(matter))[0],
    )
    expect(both?.content).toMatchObject({
      authors: [{ name: 'Own' }],
      section: 'Own',
      modified: '2024-03-11T00:00:00Z',
      media: [{ url: 'https://e.example/own.png' }],
    })
    expect(alone?.content).toMatchObject({
      authors: [{ name: 'Other' }],
      section: 'Other',
      modified: '2024-03-10T00:00:00Z',
      media: [{ url: 'https://e.example/other.png' }],
    })
  })

  it.each([
    'authors: [{ id: 1 }, [a]]',
    'categories: { a: [b] }',
    'lastmod: soon',
    'cover: { relative: true }',
    'images: [[a]]',
    'lang: "?"',
    'description: [a, { b: c }]',
  ])('refuses nothing for what it was not promised: %s', matter => {
    expect(read(withMatter(matter))).toMatchObject([{ content: { title: 'T', html: '<p>Text.</p>' } }])
  })

  it.each([
    ['a language that is none', withMatter('language: "?"'), /not a language/],
    ['no title', '---\nsection: a\n---\nText', /no title/],
    ['no text', '---\ntitle: T\n---\n\n# T\n', /no text/],
  ])('refuses %s', (_, text, reason) => {
    expect(() => read(text)).toThrow(reason)
  })

  it('takes a long paragraph of plain text', () => {
    const [reading] = read(withMatter('section: a') + 'word '.repeat(40_000))
    expect(reading?.content.html.length).toBeGreaterThan(199_000)
  })

  it('does not run front matter in JavaScript', () => {
    const [reading] = read('---js\n{ title: process.exit(3) }\n---\n\nA sentence that stands here as text.')
    expect(reading?.content.title).toBe('---js')
  })

  it.each(
    Object.entries({
      'emphasis that never closes': '_a',
      'an endless e-mail address': 'a.',
      'quotes in quotes': '>',
      'brackets in brackets': '[',
      'links in links': '[a](',
      'cells in rows': 'a|b\n-|-\n',
      'elements in elements': '<b>',
      'one long word': '1',
      'short paragraphs': '\n\n"{',
      'signs that are written as entities': '<',
    }),
  )('bounds the time of %s', (_, unit) => {
    const text = withMatter('section: a') + `${halfMegabyte(unit)}@`
    expectBounded(8000, () => readOrRefuse(text))
  })
})
