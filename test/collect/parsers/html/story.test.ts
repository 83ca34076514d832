import { describe, expect, it } from 'vitest'
import { html } from '../../../../src/collect/parsers/html/html.ts'
import { Unusable } from '../../../../src/errors.ts'
import { textOfHtml } from '../../../../src/collect/parsers/plain.ts'

const hints = { timezone: 'UTC', dates: [], language: 'en', boilerplate: [], tail: [] }

const paragraphs = [
  'The lighthouse keepers of Ardvik voted on Monday to keep their lamp burning through the winter, against the advice of the county.',
  'Their spokesman said that the lamp had saved eleven boats since the automatic light failed for the first time in the autumn.',
  'The county replied that a new light had been ordered, that it would come in spring, and that nobody would be paid until then.',
  'Fishermen collected enough money for oil within a week, and the school sent its oldest pupils to help with the stairs.',
]
const story = paragraphs.map(text => `<p>${text}</p>`).join('\n')

function textOf(body: string, head = ''): string {
  const [draft] = html.parse(
    `<!doctype html><html lang="en"><head><title>Keepers vote for their lamp | Ardvik Post</title>
    <meta name="date" content="2024-03-02T10:00:00Z">${head}</head><body>${body}</body></html>`,
    hints,
  )
  if (draft === undefined || draft instanceof Unusable) throw new Error('no draft')
  return 'html' in draft.body ? textOfHtml(draft.body.html) : draft.body.paragraphs.join(' ')
}

const headline = '<h1>Keepers vote for their lamp</h1>'
const letter = '<p>Ida Holm of Ardvik writes, and writes at length, that lamps, oil, stairs, and all, are dear.</p>'

describe('the text of a page', () => {
  it.each([
    ['the parts of a page builder', `<div class="elementor-widget elementor-widget-text-editor">${story}</div>`],
    ['a layout with a margin', `<div class="c-fixed-sidebar-layout">${story}</div>`],
    ['a form', `<form action="/"><div class="extra">${story}</div></form>`],
    [
      'boxes of one paragraph each',
      paragraphs.map(text => `<div class="row"><div class="cell"><div><p>${text}</p></div></div></div>`).join(''),
    ],
    ['line breaks', `<div class="extra">${paragraphs.join('<br><br>')}</div>`],
  ])('is whole where it stands in %s', (_, body) => {
    const text = textOf(`<nav><a href="/">Home</a></nav><div>${headline}</div><div>${body}</div>`)
    for (const paragraph of paragraphs) expect(text).toContain(paragraph)
  })

  it('is not the letters of readers, which are longer', () => {
    const text = textOf(
      `<main>${headline}<div class="extra-text">${story}</div></main><div id="comments">${letter.repeat(30)}</div>`,
    )
    for (const paragraph of paragraphs) expect(text).toContain(paragraph)
    expect(text).not.toContain('Ida Holm of Ardvik')
  })

  it('begins with what stands between the headline and its first paragraph', () => {
    const lead =
      'A village keeps its light, whatever the county says: for the first time since the war there is a vote.'
    const text = textOf(
      `<header>${headline}<div class="lead">${lead}</div></header><div class="content">${story}</div>`,
    )
    expect(text.indexOf(lead)).toBe(0)
    expect(text).toContain(paragraphs[3])
  })

  it('is that which the page tells to machines, where it prints another', () => {
    const told = JSON.stringify({
      '@type': 'NewsArticle',
      headline: 'Keepers vote for their lamp',
      articleBody: paragraphs.join('\n'),
    })
    const text = textOf(
      `${headline}<div><p>${'Read on, with an account, from two crowns a month. '.repeat(8)}</p></div>`,
      `<script type="application/ld+json">${told}</script>`,
    )
    for (const paragraph of paragraphs) expect(text).toContain(paragraph)
  })
})

const withText = (inner: string) => textOf(`<article>${headline}<div>${story}${inner}</div></article>`)

describe('what stands around the text of a page', () => {
  it.each([
    '<p>Advertisement</p>',
    '<p>- Anzeige -</p>',
    '<p>Diesen Artikel teilen</p>',
    '<ul><li>Share on Facebook</li><li>Tweet</li></ul>',
    '<p>Lea también: El faro de Ardvik cumple cien años</p>',
    '<p>Veja também: O farol de Ardvik</p>',
    '<p>Читайте также: Маяк в Ардвике</p>',
    '<p>اقرأ أيضا: منارة أردفيك</p>',
    '<p>関連記事：灯台の冬</p>',
    '<h3>Ähnliche Beiträge</h3><ul><li><a href="/x">Der Turm von Ardvik wird gestrichen</a></li></ul>',
    '<h3>Related stories</h3><div><a href="/x"><img src="/x.jpg">The tower gets a coat of paint, says the county of Ardvik</a></div>',
    '<br />\n<b>Warning</b>: Undefined variable $lamp in <b>/srv/www/theme/single.php</b> on line <b>40</b><br />',
  ])('is no part of it: %s', inner => {
    expect(withText(inner)).toBe(paragraphs.join(' '))
  })

  it.each([
    '<p>The newspaper will share the lamp with the school.</p>',
    '<h3>Related</h3><p>The keepers are all related, and have kept the lamp since it was lit for the first time by their forefather.</p>',
    '<p>On line 40 of the report there is a warning.</p>',
  ])('is no sentence that has such a word: %s', inner => {
    expect(withText(inner)).toContain(textOfHtml(inner))
  })

  it('is nothing where the text itself is told to readers without scripts alone', () => {
    const text = textOf(`<article>${headline}<div class="post"><noscript>${story.repeat(2)}</noscript></div></article>`)
    for (const paragraph of paragraphs) expect(text).toContain(paragraph)
  })

  it('is who wrote it, at length, below a text that stands in boxes of its own', () => {
    const boxes = paragraphs.map(text => `<div class="extra"><div><p>${text} ${text} ${text}</p></div></div>`).join('')
    const text = textOf(
      `<article>${headline}<div>${boxes}</div><div class="about">${'<p>I am Ida, and write, paint, sing, and keep bees in Ardvik, which I love.</p>'.repeat(16)}</div></article>`,
    )
    for (const paragraph of paragraphs) expect(text).toContain(paragraph)
  })
})
