import { describe, expect, it } from 'vitest'
import { readArticles } from '../../../../src/collect/reading/read.ts'
import { readings } from '../../reading/readings.ts'
import { source } from '../pairs.ts'
import { expectBounded } from '../outcomes.ts'
import { Unusable } from '../../../../src/errors.ts'

const read = (text: string) => readings(Buffer.from(text), source)[0]!
const contentOf = (text: string) => read(text).content

describe('front matter in TOML', () => {
  it('gives what YAML gives', () => {
    const text = `+++
# A comment.
title = "The \\"Erebus\\" \\u00e9" # another
date = 2024-03-09T06:30:00Z
updated = 2024-03-10 08:00:00
tags = [
  'ice', # of the sea
  "ships",
]
author = { name = "Ola Brekke", url = "https://ola.example/" }
[params]
section = 'Sea'
[[images]]
src = "https://e.example/a.jpg"
alt = """A
ship"""
+++
Text.`
    expect(contentOf(text)).toMatchObject({
      title: 'The "Erebus" é',
      published: '2024-03-09T06:30:00Z',
      modified: '2024-03-10T08:00:00Z',
      section: 'Sea',
      keywords: ['ice', 'ships'],
      authors: [{ name: 'Ola Brekke', url: 'https://ola.example/' }],
      media: [{ url: 'https://e.example/a.jpg', alt: 'A ship' }],
      html: '<p>Text.</p>',
    })
  })

  it('withholds a draft and takes the lists of Zola', () => {
    const text = '+++\ntitle = "T"\ndate = 2024-03-09\ndraft = true\n[taxonomies]\ntags = ["a", "b"]\n+++\nText.'
    expect(read(text)).toMatchObject({ pubStatus: 'withheld', content: { keywords: ['a', 'b'] } })
  })

  it.each([
    ['a key twice', '+++\ntitle = "a"\ntitle = "b"\n+++\nText', 3],
    ['a text that never ends', '+++\ntitle = "a\n+++\nText', 2],
    ['YAML', '+++\ntitle: a\n+++\nText', 2],
    ['a list that never ends', '+++\ntags = [1, 2\n+++\nText', 2],
    ['no end', '+++\ntitle = "a"\nText', 1],
  ])('is refused for %s, with the line', (_, text, line) => {
    expect(() => read(text)).toThrow(expect.objectContaining({ name: 'Unusable', line }))
  })

  it.each(['[', '[[', 'a.', '{', '"', '"""', "'''\n", 'a=[', 'a={b='])('takes bounded time of %s', unit => {
    const text = `+++\ntitle = ${unit.repeat(19_000 / unit.length)}\n+++\nText`
    expectBounded(2_000, () => {
      try {
        read(text)
      } catch (error) {
        if (!(error instanceof Unusable)) throw error
      }
    })
  })
})

describe('front matter in JSON', () => {
  it('is read where a text follows', () => {
    const text = '{\n  "title": "Låven brant",\n  "date": "2024-03-09",\n  "tags": ["brann", "{"]\n}\n\nTekst.'
    expect(contentOf(text)).toMatchObject({ title: 'Låven brant', keywords: ['brann', '{'], html: '<p>Tekst.</p>' })
  })

  it('is none where nothing follows', () => {
    expect(() => read('{\n  "title": "T",\n  "date": "2024-03-09"\n}\n')).toThrow('JSON')
  })
})

describe('front matter without fences', () => {
  it('is a header up to an empty line', () => {
    const text =
      'Title: Výlov rybníka\nDate: 2024-03-09 10:20\nCategory: Zprávy\nTags: ryby, podzim\nAuthors: Jana Malá, Petr Dub\nSummary: Krátce\n   řečeno.\n\nText.'
    expect(contentOf(text)).toMatchObject({
      title: 'Výlov rybníka',
      published: '2024-03-09T10:20:00Z',
      section: 'Zprávy',
      keywords: ['ryby', 'podzim'],
      authors: [{ name: 'Jana Malá' }, { name: 'Petr Dub' }],
      standfirst: 'Krátce řečeno.',
      html: '<p>Text.</p>',
    })
  })

  it('is YAML up to the fence that ends it', () => {
    const text = 'title: 港が開く\ndate: 2024-03-09\ntags:\n- 港\n- 船\n---\n本文です。'
    expect(contentOf(text)).toMatchObject({ title: '港が開く', keywords: ['港', '船'], html: '<p>本文です。</p>' })
  })

  it.each([
    'Subject: A\nFrom: a@b.example\nTitle: T\nDate: 2024-03-09\n\nText.',
    'Note: this is a sentence\nand goes on.\n\nText.',
    'Title: T\n\nText.',
  ])('is none in %j', text => {
    expect(() => expect(contentOf(text).title).not.toBe('T')).not.toThrow(/front matter/)
  })
})

describe('front matter that is no YAML, and meant in one way', () => {
  it.each([
    ['a colon', 'title: Ferry: nobody hurt', 'Ferry: nobody hurt'],
    ['a colon at the end', 'title: What we know:', 'What we know:'],
    ['a colon in Arabic', 'title: الميناء: جدار جديد', 'الميناء: جدار جديد'],
    ['quotes within quotes', 'title: "The "best" pier"', 'The "best" pier'],
    ['an apostrophe within quotes', "title: 'The pier's end'", "The pier's end"],
    ['quotes at the beginning', 'title: "Never", says the mayor', '"Never", says the mayor'],
    ['a mark of YAML', 'title: @pier is gone', '@pier is gone'],
    ['a percentage', 'title: %5 zam', '%5 zam'],
    ['brackets', 'title: [Update] The pier', '[Update] The pier'],
    ['a tab', 'tags:\n\t- a\ntitle: Pier', 'Pier'],
    ['a value that goes on at the margin', 'title: "Two\n\nlines"', 'Two lines'],
  ])('is read so: %s', (_, matter, title) => {
    expect(contentOf(`---\ndate: 2024-03-09\n${matter}\n---\nText.`)).toMatchObject({
      title,
      published: '2024-03-09T00:00:00Z',
    })
  })

  it('leaves the text of a block as it is', () => {
    const matter = 'title: A: b\ndescription: |\n  He said: "a: b": c\n  and more'
    expect(contentOf(`---\n${matter}\n---\nText.`).standfirst).toBe('He said: "a: b": c and more')
  })

  it('says what a value needs where it cannot be read', () => {
    expect(() => read('---\ntitle: A: b\ntags: [a\n---\nText.')).toThrow(/quotes|YAML/)
  })

  it.each(['a: "', "a: '", 'a: b: ', '"', '[', '\t', '- '])('takes bounded time of %s', unit => {
    const text = `---\ntitle: T: \n${unit.repeat(19_000 / unit.length)}\n---\nText`
    expectBounded(3_000, () => {
      try {
        read(text)
      } catch (error) {
        if (!(error instanceof Unusable)) throw error
      }
    })
  })
})

describe('keys', () => {
  it.each([
    ['titel: Pier', '"titel"'],
    ['tilte: Pier', '"tilte"'],
    ['titre: Jetée', '"titre"'],
    ['ttle: Pier', '"ttle"'],
    ['title: T\ndaet: 2024-03-09', '"daet"'],
    ['title: T\ndte: 2024-03-09', '"dte"'],
  ])('that were meant for another are named: %j', (matter, named) => {
    expect(() => read(`---\n${matter}\n---\nText.`)).toThrow(named)
  })

  it.each(['Date', 'pubDate', 'publish_date', 'published', 'publishedAt', 'created_at'])('%s is the date', key => {
    expect(contentOf(`---\ntitle: T\n${key}: 2024-03-09\n---\nText.`).published).toBe('2024-03-09T00:00:00Z')
  })

  it('for the trade go to their places', () => {
    const matter =
      'slugline: pier-fire\nurgency: 2\ngenre: Report\nbyline: By Ola Brekke in Vik\ncopyright: © Vik\nsubjects:\n  - { name: fire, code: medtop:20000139, rel: subject }'
    expect(contentOf(`---\ntitle: T\n${matter}\n---\nText.`)).toMatchObject({
      slugline: 'pier-fire',
      urgency: 2,
      genres: [{ name: 'Report' }],
      byline: 'By Ola Brekke in Vik',
      rights: '© Vik',
      subjects: [{ name: 'fire', code: 'medtop:20000139', rel: 'subject' }],
    })
  })

  it.each([
    ['author: By Ola Brekke and Ida Dahl', ['Ola Brekke', 'Ida Dahl']],
    ['author: ola@vik.example (Ola Brekke)', ['Ola Brekke']],
    ['author: admin', []],
    ['author: j.smith', []],
    ['author: "@jsmith"', []],
    ['author: ola-brekke', []],
    ['author: kveldsfluga', ['kveldsfluga']],
    ['author: [mor7en, Ola Brekke]', ['mor7en', 'Ola Brekke']],
    ['by: kveldsfluga', ['kveldsfluga']],
    ['authors: kveldsfluga', []],
    ['author: Ola Brekke <ola@vik.example>', ['Ola Brekke']],
    ['authors: [slorber, Ola Brekke]', ['Ola Brekke']],
    ['authors: "Holm, Ida"', ['Holm, Ida']],
    ['author: 홍길동', ['홍길동']],
  ])('never make an author of a login: %s', (matter, names) => {
    const { authors } = readings(Buffer.from(`---\ntitle: T\n${matter}\n---\nText.`), { ...source, publisher: '' })[0]!
      .content
    expect(authors.map(({ name }) => name)).toEqual(names)
  })
})

describe('front matter', () => {
  it.each([
    ['below empty lines', '\n\n---\n# As stored\ntitle: Pier\ndate: 2024-03-09 7:05:00 +0200\n---\nText.'],
    ['in TOML below an empty line', '\n+++\ntitle = "Pier"\ndate = 2024-03-09T05:05:00Z\n+++\nText.'],
    ['with a key twice that says the same', '---\ntitle: Pier\ndate: 2024-03-09T05:05:00Z\ntitle: Pier\n---\nText.'],
    [
      'with a key twice that nobody asks for',
      '---\ntitle: Pier\nhue: 1\ndate: 2024-03-09T05:05:00Z\nhue: 2\n---\nText.',
    ],
  ])('is read %s', (_, text) => {
    expect(contentOf(text)).toMatchObject({ title: 'Pier', published: '2024-03-09T05:05:00Z', html: '<p>Text.</p>' })
  })

  it('names the line of a fault below empty lines', () => {
    expect(() => read('\n\n---\ntitle: Pier\ndate: soon\n---\nText.')).toThrow(expect.objectContaining({ line: 5 }))
  })

  it('leaves a rule below an empty line a rule', () => {
    const text = '\n---\n\nThe ferry: late.\n\n# Pier\n\n---\nText.'
    const [reading] = readArticles(Buffer.from(text), source, '2024-03-09-pier.md')
    expect(reading).toMatchObject({ content: { title: 'Pier', html: expect.stringMatching(/^<hr/) } })
  })

  it.each(['description', 'summary', 'deck'])('has its %s for a text where it only refers to one elsewhere', key => {
    const content = contentOf(
      `---\ntitle: Pier\ndate: 2024-03-09\n${key}: "**Boats** &amp; bridges."\nsource: https://e.example/\n---\n`,
    )
    expect(content).toMatchObject({ html: '<p>Boats &amp; bridges.</p>' })
    expect(content.standfirst).toBeUndefined()
  })

  it.each(['summary: none', 'deck: TBD', 'lang: en'])('has no text where it says only %s', matter => {
    expect(() => read(`---\ntitle: Pier\ndate: 2024-03-09\n${matter}\n---\n`)).toThrow(/no text/)
  })

  it.each([
    ['in a fence', '```html\n<!DOCTYPE html>\n<html>\n<head></head>\n</html>\n```'],
    ['in indented code', '    <!DOCTYPE html>\n    <html>\n    <head>'],
  ])('stays front matter where a whole page stands below it %s', (_, example) => {
    const text = `---\ntitle: Pier\ndate: 2024-03-09\n---\nAn example:\n\n${example}\n`
    expect(contentOf(text)).toMatchObject({ title: 'Pier', published: '2024-03-09T00:00:00Z' })
  })
})

describe('a title', () => {
  it.each([
    ['"Boats <b>and</b> bridges &mdash; now"', 'Boats and bridges — now'],
    ['"**Strong** words"', 'Strong words'],
    ["'Why `rm -rf` bites'", 'Why rm -rf bites'],
    ["'On [the pier](https://e.example/)'", 'On the pier'],
    ["'A {{ site.title }} story'", 'A story'],
    ["'2*3*4 and snake_case_name and f(**a)'", '2*3*4 and snake_case_name and f(**a)'],
    ["'Use <nav> and <main>'", 'Use <nav> and <main>'],
    ['3 < 4 && 5 > 4', '3 < 4 && 5 > 4'],
  ])('is plain text: %s', (written, title) => {
    expect(contentOf(`---\ntitle: ${written}\n---\nText.`).title).toBe(title)
  })
})

describe('a date that is a time of day', () => {
  it.each(['5:00:00', '17:30'])('leaves the day to the name of the file: %s', date => {
    const text = `---\ntitle: Pier\ndate: ${date}\n---\nText.`
    const [reading] = readArticles(Buffer.from(text), source, '_posts/2024-03-09-pier.md')
    expect(reading).toMatchObject({ content: { published: '2024-03-09T00:00:00Z' } })
  })
})

describe('front matter of more systems', () => {
  it('has its days under a key of one day (Material for MkDocs)', () => {
    const text = '---\ntitle: T\ndate:\n  created: 2024-03-09\n  updated: 2024-03-10\n---\nText.'
    expect(contentOf(text)).toMatchObject({ published: '2024-03-09T00:00:00Z', modified: '2024-03-10T00:00:00Z' })
  })

  it('has names of its own for them (AstroPaper)', () => {
    const text = '---\ntitle: T\npubDatetime: 2024-03-09T10:00:00Z\nmodDatetime: 2024-03-10T10:00:00Z\n---\nText.'
    expect(contentOf(text)).toMatchObject({ published: '2024-03-09T10:00:00Z', modified: '2024-03-10T10:00:00Z' })
  })

  it('names an author by a link', () => {
    const text = '---\ntitle: T\ndate: 2024-03-09\nauthor: "[Ola Brekke](https://ola.example/)"\n---\nText.'
    expect(contentOf(text).authors).toEqual([{ name: 'Ola Brekke', url: 'https://ola.example/' }])
  })
})
