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
