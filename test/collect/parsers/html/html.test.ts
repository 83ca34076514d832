import { describe, expect, it } from 'vitest'
import { html } from '../../../../src/collect/parsers/html/html.ts'
import { readArticles } from '../../../../src/collect/reading/read.ts'
import { Unusable } from '../../../../src/errors.ts'
import { source } from '../pairs.ts'
import { expectBounded, outcomesOf } from '../outcomes.ts'

const sentence = 'A sentence that stands here as text, with a comma, and is long enough to be taken for one.'
const paragraph = `<p>${sentence}</p>`

function page(body: string, head = '<title>Title</title>'): string {
  return `<!doctype html><html lang="en"><head>${head}</head><body>${body}</body></html>`
}

function read(text: string) {
  const [outcome] = readArticles(Buffer.from(text), { ...source, format: 'html' })
  if (outcome === undefined || outcome instanceof Unusable || outcome.pubStatus === 'canceled') throw outcome
  return outcome.content
}

function parsing(text: string): () => unknown {
  return () => html.parse(text, source)
}

function withJsonLd(json: object, rest = ''): string {
  return page(paragraph.repeat(5), `<script type="application/ld+json">${JSON.stringify(json)}</script>${rest}`)
}

const news = { '@type': 'NewsArticle', headline: 'News' }

describe('html', () => {
  it.each([
    ['a headline with a tag in it', '<b>Headline</b>\n\nText of a page dump.'],
    ['a dump that mentions a page', 'Headline\n\n<!doctype html> is how pages begin.\n<html>'],
    ['an element of another name', '<articles>x</articles>'],
    ['another document type', '<!DOCTYPE rss><rss/>'],
  ])('leaves %s to others', (_, text) => {
    expect(html.recognises(text)).toBe(false)
  })

  it.each([
    '<!DOCTYPE html>',
    '\n <HTML>',
    '<head>',
    '<body class="x">',
    '<!-- a --><!-- b --><article>',
    '<?xml version="1.0"?><html>',
  ])('knows itself by %s', text => {
    expect(html.recognises(`${text}<p>x`)).toBe(true)
  })

  it.each([
    [
      'the article that the page is about',
      [
        { ...news, headline: 'Other' },
        { ...news, url: 'https://e.example/1' },
      ],
      'News',
    ],
    ['news before a mere article', [{ ...news, '@type': 'Article', headline: 'Other' }, news], 'News'],
    ['what a page has as its main entity', { '@type': 'WebPage', mainEntity: news }, 'News'],
    ['no article of a list', { '@type': 'ItemList', itemListElement: [news] }, 'Head'],
    ['an article within a graph within a list', [{ '@graph': [[news]] }], 'News'],
  ])('takes %s from JSON-LD', (_, json, title) => {
    const head = '<title>Head</title><link rel="canonical" href="https://e.example/1">'
    expect(read(withJsonLd(json, head)).title).toBe(title)
  })

  it.each([
    ['a byline', '<p>By <a href="/ida">Ida Holm</a></p>'],
    ['a printed date', '<div>March 9, 2024, 6:30 a.m.</div>'],
    [
      'a marked date with words beside it',
      '<div><span>Posted <time datetime="2024-03-09">9 March</time>, 3 min</span></div>',
    ],
    ['its section', '<a href="/harbour">Harbour</a>'],
    ['an invitation to a newsletter', '<div><h2>Our letter</h2><form><input type="email"></form></div>'],
  ])('leaves %s out above the text', (_, above) => {
    const told = { ...news, author: 'Ida Holm', datePublished: '2024-03-09T06:30:00Z', articleSection: 'Harbour' }
    const script = `<script type="application/ld+json">${JSON.stringify(told)}</script>`
    expect(read(page(`<article>${above}${paragraph.repeat(4)}</article>`, script)).html).toBe(paragraph.repeat(4))
  })

  it.each([
    '<p>Ida Holm, who sailed for forty years, has come ashore.</p>',
    '<p>In 2024 all 9 boats of the harbour were sold to a museum in the capital, and one of them sank.</p>',
    '<h2>Harbour</h2>',
    '<div><time datetime="2024-03-09T06:00:00Z">06:00</time></div>',
  ])('keeps %s', first => {
    const told = { ...news, author: 'Ida Holm', datePublished: '2024-03-09T06:30:00Z', articleSection: 'Harbour' }
    const script = `<script type="application/ld+json">${JSON.stringify(told)}</script>`
    const text = read(page(`<article>${first}${paragraph.repeat(4)}</article>`, script)).html
    expect(text.replace(/<[^>]*>/g, '')).toContain(first.replace(/<[^>]*>/g, ''))
  })

  it('takes the shapes of one image for one image', () => {
    const image = [
      '1x1/boat.jpg',
      '16x9/boat.jpg',
      'day/boat.jpg',
      'a.php?id=1&w=9',
      'a.php?id=2',
      'a.php?id=1&w=7',
    ].map(path => `https://e.example/${path}`)
    const [square, wide, other, first, second, narrow] = image.map(url => ({ url }))
    const { media } = read(withJsonLd({ ...news, image }))
    expect(media).toMatchObject([{ ...square, others: [wide] }, other, { ...first, others: [narrow] }, second])
    expect(media).toHaveLength(4)
  })

  it('takes no teaser of a list for the article, where microdata marks several', () => {
    const teaser = '<div itemscope itemtype="https://schema.org/NewsArticle"><b itemprop="headline">Teaser</b></div>'
    expect(read(page(paragraph.repeat(4) + teaser + teaser)).title).toBe('Title')
  })

  it('bounds the time of microdata that holds microdata', () => {
    const scope = '<div itemscope itemtype="https://schema.org/NewsArticle">'
    const nested = `${scope}${'<div itemprop="headline">'.repeat(200)}${'x'.repeat(5_000_000)}`
    expectBounded(5000, () => outcomesOf('html', nested))
  })

  it.each([
    ['its @id', { '@id': 'urn:x:1' }, 'urn:x:1'],
    ['its @id against the page', { '@id': '#article' }, 'https://e.example/1#article'],
    ['the canonical address', {}, 'https://e.example/1'],
  ])('names the article by %s', (_, id, ownId) => {
    const head = '<title>Head</title><link rel="canonical" href="https://e.example/1">'
    expect(read(withJsonLd({ ...news, ...id }, head)).ownId).toBe(ownId)
  })

  it('takes no relative @id for a name where the page has no address', () => {
    expect(read(withJsonLd({ ...news, '@id': '#article' })).ownId).toBeUndefined()
  })

  it('takes the next date where the first cannot be read, and refuses one that could be two where the source does', () => {
    const meta = '<meta property="article:published_time" content="2024-03-01T00:00:00Z">'
    expect(read(withJsonLd({ ...news, datePublished: '03/04/2024 10:00' }, meta)).published).toBe(
      '2024-03-01T00:00:00Z',
    )
    expect(() =>
      html.parse(withJsonLd({ ...news, datePublished: '03/04/2024 10:00' }), { ...source, undated: 'reject' }),
    ).toThrow(/March 4/)
  })

  it.each([
    ['A - B', '<meta property="og:site_name" content="B">', 'A'],
    ['B: A', '<meta property="og:site_name" content="B">', 'A'],
    ['A - B', '', 'A - B'],
    ['A-B', '<meta property="og:site_name" content="B">', 'A-B'],
    ['B', '<meta property="og:site_name" content="B">', 'B'],
    ['A &amp;amp; B', '', 'A &amp; B'],
  ])('makes of the title "%s" with %s "%s"', (title, meta, expected) => {
    expect(read(page(paragraph.repeat(5), `<title>${title}</title>${meta}`)).title).toBe(expected)
  })

  it('takes the h1 where there is no title', () => {
    expect(read(page(`<h1>Heading</h1>${paragraph.repeat(5)}`, '')).title).toBe('Heading')
  })

  it('reads a page whose attributes are in capitals', () => {
    const head =
      '<title>T</title><META NAME="Author" CONTENT="Ida Holm"><LINK REL="canonical" HREF="https://e.example/1">'
    expect(read(page(paragraph.repeat(5), head))).toMatchObject({
      authors: [{ name: 'Ida Holm' }],
      link: 'https://e.example/1',
    })
  })

  it('finds the text of a page that is too large for Readability', () => {
    const text = read(
      page(`<nav>${'<a href="/">Menu</a>'.repeat(100)}</nav><article>${paragraph.repeat(9_000)}</article>`),
    ).html
    expect(text).not.toContain('Menu')
    expect(text.match(/<p>/g)).toHaveLength(9_000)
  })

  it.each([
    ['wide', paragraph.repeat(6_500)],
    ['deep', `${'<div>'.repeat(200)}${paragraph.repeat(600)}${'</div>'.repeat(200)}`],
    ['full of entities', `<p>${'fish &amp; chips, '.repeat(15_500)}</p>`],
    ['long', `${'<div>'.repeat(20)}<p>${sentence.repeat(15_000)}</p>${'</div>'.repeat(20)}`],
  ])('weighs nothing in a page that is too %s for Readability', (_, text) => {
    const aside = '<div class="sponsor"><a href="https://e.example/">A link that Readability would drop</a></div>'
    expect(read(page(text + aside)).html).toContain('would drop')
    expect(read(page(paragraph.repeat(10) + aside)).html).not.toContain('would drop')
  })

  it.each(['<svg>', '<svg></svg>', '<!-- html -->', '---\n<math>', 'text <svg>'])('reads a page behind %j', before => {
    const whole = page(paragraph.repeat(5), '<title>Title</title><meta name="date" content="2024-05-01">')
    expect(outcomesOf('html', before + whole.replace('<!doctype html>', ''))).toHaveLength(1)
  })

  it('has no text where the page has none', () => {
    expect(() => read(page('<nav><img src="/logo.png"></nav>'))).toThrow(Unusable)
    expect(() => read(page('<nav><a href="/">Home</a></nav>'))).toThrow(Unusable)
  })

  it('takes no comparison in a script for a tag', () => {
    const script = `<script>${'if (a<b&&c<d) e()\n'.repeat(25_000)}</script>`
    expect(read(page(paragraph.repeat(5) + script)).html).toContain(sentence)
  })

  it('refuses 300 nested elements, and at once 49,000', () => {
    expect(parsing(page('<div>'.repeat(300)))).toThrow('nests more than 256')
    expectBounded(1000, () => expect(parsing(page('<b>'.repeat(49_000)))).toThrow('nests more than 256'))
  })

  it.each(
    Object.entries({
      'nested elements': '<div>'.repeat(100_000),
      'nested elements with text': `<div>${sentence}`.repeat(5_000),
      'ten megabytes of elements': '<div>'.repeat(2_000_000),
      'towers of elements': `${'<div>'.repeat(30)}${paragraph}${'</div>'.repeat(30)}`.repeat(180),
      'deep text': `${'<div>'.repeat(90)}${paragraph.repeat(1_000)}`,
      'wide elements': '<div>a<b>c</b></div>'.repeat(2_900),
      'all the elements there may be': '<div>a<b>c</b></div>'.repeat(24_000),
      'line breaks': 'text<br>'.repeat(5_900),
      'lists in lists': `${'<ul><li>'.repeat(20)}x${'</ul>'.repeat(20)}`.repeat(140),
      'scripts that never end': '<script>if (a<b) {} </scr'.repeat(80_000),
      'comments that never end': '<!-- '.repeat(400_000),
      'as many entities as there may be': '&amp;x'.repeat(39_900),
      'as many entities in one word': '&lt;'.repeat(39_900),
      'angles and ampersands': '<&'.repeat(500_000),
      'one attribute of a megabyte': `<p class="${'a '.repeat(500_000)}" style="${' '.repeat(500_000)}">x`,
      'attributes without end': `<img ${Array.from({ length: 50_000 }, (_, at) => `a${at}`).join(' ')}>`,
      'a srcset without end': `<img srcset="${'a 1w, '.repeat(300_000)}">`,
      'pictures of many images': `<picture>${'<img src="a"><source srcset="b 1w">'.repeat(15_000)}</picture>`,
      'images for readers without scripts': `<div>${'<i></i>'.repeat(10_000)}</div>${'<noscript><img src="a"></noscript>'.repeat(10_000)}`,
      'white space': `<p>${' \n'.repeat(500_000)}x`,
      'signs that are written as entities': '>'.repeat(250_000),
      'end tags that end nothing': '</h1><ul>'.repeat(49_000),
      'end tags that are elements': '</p>'.repeat(250_000),
      'cells in list items': '<li><td>'.repeat(24_000),
      'JSON-LD with a text of white space': `<script type="application/ld+json">{"@type":"Article","articleBody":"${' '.repeat(1_000_000)}"}</script>`,
      'JSON-LD without end': `<script type="application/ld+json">${'['.repeat(500_000)}</script>`,
    }),
  )('bounds the time of %s', (_, body) => {
    const text = page(body)
    expectBounded(2_000 + text.length / 500, () => outcomesOf('html', text))
  })
})
