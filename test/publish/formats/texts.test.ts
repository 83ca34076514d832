import { describe, expect, it } from 'vitest'
import type { Article } from '../../../src/article.ts'
import { formats } from '../../../src/publish/formats/index.ts'
import type { Site } from '../../../src/site.ts'
import { texts, validate } from '../validate.ts'
import { articleNamed, frame } from './samples.ts'

/* What people read of an article in each format: title, summary, text. */

const everything = articleNamed('everything')
const picture = { kind: 'image', url: 'https://img.courier.example/quay.jpg?a=1&b=2' } as const

interface Read {
  title: string
  summary: string
  html: string
}

interface Wanted {
  site?: Partial<Site>
  content?: 'full' | 'summary'
}

const textIn = (xml: string, path: string) => texts(xml, path)[0] ?? ''

/** By format: what a program that reads it gets. */
function readings(changes: Partial<Article>, { site: more, content = 'full' }: Wanted = {}): Record<string, Read> {
  const article = { ...everything, ...changes }
  const site = { ...frame.site, ...more }
  const written = (['rss', 'atom', 'json'] as const).map(name => {
    const { head, entry, tail } = formats[name]
    const text = head(frame) + entry(article, { site, content }) + tail
    expect(validate(name, text)).toEqual([])
    return text
  })
  const [rss = '', atom = '', json = ''] = written
  const [item] = (JSON.parse(json) as { items: Record<string, string>[] }).items
  const { title = '', content_html: html = '', summary = item?.['content_text'] ?? '' } = item ?? {}
  return {
    rss: {
      title: textIn(rss, '//item/title'),
      summary: textIn(rss, '//item/description'),
      html: textIn(rss, '//content:encoded'),
    },
    atom: {
      title: textIn(atom, '//atom:entry/atom:title[@type="text"]'),
      summary: textIn(atom, '//atom:entry/atom:summary[@type="text"]'),
      html: textIn(atom, '//atom:content'),
    },
    json: { title, summary, html },
  }
}

const each = (changes: Partial<Article>, wanted?: Wanted) => Object.entries(readings(changes, wanted))
const english = {
  language: 'en-GB',
  standfirst: 'One ticket.',
  html: '<p>From Monday.</p>',
  media: [],
  note: undefined,
}
const hebrew = { ...english, language: 'he', standfirst: undefined, html: '<p>הנמל נפתח (2024).</p>' }

describe('a title and a summary with markup in them', () => {
  const written = 'Fish &amp; Chips <b> & "more" ]]>'
  const read = readings({ ...english, title: written, standfirst: written })

  it('are plain text, escaped once', () => {
    for (const { title } of Object.values(read)) expect(title).toBe(written)
    expect([read['atom']?.summary, read['json']?.summary]).toEqual([written, written])
  })

  it('are escaped in RSS for the HTML that a description is', () => {
    expect(read['rss']?.summary).toBe('Fish &amp;amp; Chips &lt;b&gt; &amp; "more" ]]&gt;')
  })
})

describe('a correction', () => {
  const note = 'The quay has <two> cranes & ]]> not three.'
  const corrected = { ...english, note, notedAt: '2024-03-09T23:30:00Z' }

  it('says that it is one where its source does not say what was wrong', () => {
    for (const [, { html, summary }] of each({ ...corrected, note: '' })) {
      expect(html).toContain('<time datetime="2024-03-09T23:30:00Z">9 March 2024</time>)</p>')
      expect(summary).not.toContain('):')
    }
  })

  it('says that it is one, and when, in front of the text and of the summary', () => {
    for (const [format, { html, summary }] of each(corrected)) {
      expect(html).toBe(
        '<p><strong>Correction</strong> (<time datetime="2024-03-09T23:30:00Z">9 March 2024</time>): ' +
          '<em>The quay has &lt;two&gt; cranes &amp; ]]&gt; not three.</em></p><p>From Monday.</p>',
      )
      const told =
        format === 'rss'
          ? 'Correction (9 March 2024): The quay has &lt;two&gt; cranes &amp; ]]&gt; not three.<br />\nOne ticket.'
          : `Correction (9 March 2024): ${note}\n\nOne ticket.`
      expect(summary).toBe(told)
    }
  })

  it('says so also where the summary is all', () => {
    for (const [, { html, summary }] of each(corrected, { content: 'summary' })) {
      expect(summary).toMatch(/^Correction \(9 March 2024\): The quay/)
      expect(html).toBe('')
    }
  })

  it("is dated in the site's zone, and by the change where it has no date of its own", () => {
    const { json } = readings(corrected, { site: { timezone: 'Asia/Seoul' } })
    expect(json?.summary).toMatch(/^Correction \(10 March 2024\)/)
    const { atom } = readings({ ...corrected, notedAt: undefined, changed: '2024-03-11T08:00:00Z' })
    expect(atom?.summary).toMatch(/^Correction \(11 March 2024\)/)
  })

  it.each([
    ['pt', 'Correção (9 de março de 2024): '],
    ['ko', '정정 (2024년 3월 9일): '],
    ['ja-JP', '訂正 (2024年3月9日): '],
    ['de', 'Korrektur (9. März 2024): '],
    // Whose word for it nobody here knows.
    ['mi', 'Correction (March 9, 2024): '],
    ['x-none', 'Correction (March 9, 2024): '],
  ])('speaks the language of the article: %s', (language, told) => {
    expect(readings({ ...corrected, language })['json']?.summary.startsWith(told)).toBe(true)
  })

  it('is not told of an article that was only updated', () => {
    for (const [, { html, summary }] of each({ ...english, changed: '2024-03-11T08:00:00Z' }))
      expect(html + summary).not.toMatch(/correct/i)
  })
})

describe('a text written from right to left', () => {
  it('has its direction and language around it, in HTML', () => {
    const { rss, atom } = readings({ ...hebrew, note: 'תוקן', notedAt: '2024-03-09T12:00:00Z' })
    const around = /^<div dir="rtl" lang="he">.*<\/div>$/s
    for (const html of [rss?.summary, rss?.html, atom?.html]) expect(html).toMatch(around)
  })

  it('ends with a mark in plain text where it ends with what has no direction', () => {
    for (const format of ['atom', 'json']) {
      expect(readings(hebrew)[format]?.summary).toBe('הנמל נפתח (2024).\u200F')
      expect(readings({ ...hebrew, standfirst: 'הנמל נפתח' })[format]?.summary).toBe('הנמל נפתח')
    }
  })

  it('begins with one where its first letter is of another script, so that readers do not lay it out by that', () => {
    const latinFirst = { ...hebrew, title: 'NATO: הנמל נפתח', standfirst: '(NATO) הנמל נפתח' }
    const { rss, atom, json } = readings(latinFirst)
    expect([rss?.title, atom?.title]).toEqual(Array(2).fill('\u200FNATO: הנמל נפתח'))
    expect(json).toMatchObject({ title: 'NATO: הנמל נפתח', summary: '\u200F(NATO) הנמל נפתח' })
    expect(readings({ ...hebrew, title: '3 ספינות, "נפתח"' })['rss']?.title).toBe('3 ספינות, "נפתח"')
  })

  it('has no mark where it is in another script than its language says', () => {
    const mistaken = { ...hebrew, title: 'NATO meets.', standfirst: 'In Oslo.' }
    const { rss, atom, json } = readings(mistaken)
    expect([rss?.title, atom?.title]).toEqual(Array(2).fill('NATO meets.'))
    expect([atom?.summary, json?.summary]).toEqual(Array(2).fill('In Oslo.'))
  })

  it('is told by its script where its language is written in two', () => {
    expect(readings({ ...hebrew, language: 'ku-Arab' })['rss']?.html).toMatch(/^<div dir="rtl" lang="ku-Arab">/)
    expect(readings({ ...hebrew, language: 'ar-Latn', title: 'Al-mina' })['rss']?.html).toMatch(/^<p>/)
  })
})

describe('the first picture of an article', () => {
  const shown = { ...picture, alt: 'A "quay"', caption: 'The <quay>', credit: 'A. Lens', width: 800, height: 450 }

  it('stands first in a text without one, with its caption', () => {
    const recording = { kind: 'audio', url: 'https://img.courier.example/talk.mp3' } as const
    for (const [, { html }] of each({ ...english, media: [recording, shown, picture] })) {
      expect(html).toBe(
        '<figure><img src="https://img.courier.example/quay.jpg?a=1&amp;b=2" alt="A &quot;quay&quot;" width="800" ' +
          'height="450" /><figcaption>The &lt;quay&gt; · A. Lens</figcaption></figure><p>From Monday.</p>',
      )
    }
  })

  it('stands there bare where nothing is said of it', () => {
    const { json } = readings({ ...english, media: [picture] })
    expect(json?.html).toMatch(/^<figure><img src="[^"]*" alt="" \/><\/figure><p>/)
  })

  it.each([
    ['the text has one', { html: '<p>See:</p><img src="https://elsewhere.example/a.png" alt="" />' }],
    ['its owner keeps it back', { media: [{ ...picture, pubStatus: 'withheld' }] }],
  ] as const)('is not put there where %s', (_why, changes) => {
    const { json } = readings({ ...english, media: [picture], ...changes } as Partial<Article>)
    expect(json?.html).not.toContain('<figure>')
  })

  it('is not in a feed of summaries', () => {
    for (const [, { summary }] of each({ ...english, media: [picture] }, { content: 'summary' }))
      expect(summary).toBe('One ticket.')
  })
})

describe('where an item leads', () => {
  const page = 'https://courier.example/articles/desk-aaaabbbbccccdddd'
  const own = 'https://desk.example/2024/quay'

  it('is our page with `links: here`, with the source’s own beside it', () => {
    expect(leads({ link: own }, 'here')).toEqual({ rss: [page], atom: [page, own], json: [page, own] })
  })

  it('is the source’s own page, where it has one', () => {
    expect(leads({ link: own })).toEqual({ rss: [own], atom: [own], json: [own, undefined] })
    expect(leads({ link: undefined })).toEqual({ rss: [page], atom: [page], json: [page, undefined] })
    expect(leads({ link: 'ftp://desk.example/quay' }).rss).toEqual([page])
  })
})

it('leads from each format of a feed to its one page for people', () => {
  const heads = (['rss', 'atom', 'json'] as const).map(name => formats[name].head(frame) + formats[name].tail)
  const page = 'https://courier.example/feeds/harbour'
  expect(texts(heads[0]!, '/rss/channel/link | /rss/channel/image/link')).toEqual([page, page])
  expect(texts(heads[1]!, '/atom:feed/atom:link[@rel="alternate"]/@href')).toEqual([page])
  expect(JSON.parse(heads[2]!)).toMatchObject({ home_page_url: page })
})

/** The addresses of an item in each format. */
function leads(changes: Partial<Article>, links?: 'here') {
  const site = { ...frame.site, ...(links && { links }) }
  const article = { ...everything, ...changes }
  const [rss, atom, json] = (['rss', 'atom', 'json'] as const).map(name => {
    const { head, entry, tail } = formats[name]
    return head(frame) + entry(article, { site, content: 'full' }) + tail
  })
  const [item] = (JSON.parse(json ?? '') as { items: Record<string, string>[] }).items
  return {
    rss: texts(rss ?? '', '//item/link'),
    atom: texts(atom ?? '', '//atom:entry/atom:link[not(@rel) or @rel="via"]/@href'),
    json: [item?.['url'], item?.['external_url']],
  }
}
