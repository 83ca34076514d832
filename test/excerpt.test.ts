import { describe, expect, it } from 'vitest'
import { excerptOf, plainText, readableText } from '../src/excerpt.ts'

const long = 'Word '.repeat(70).trim()
const figure = '<figure><img src="https://e.example/a.jpg" alt="" /><figcaption>A boat.</figcaption></figure>'

describe('excerptOf', () => {
  it.each([
    ['the standfirst where there is one', { standfirst: 'In short.', html: '<p>Text.</p>' }, 'In short.'],
    ['whole sentences', { html: `<p>One. Two, said Dr. Lima. ${long}.</p>` }, 'One. Two, said Dr. Lima.'],
    [
      'an overlong first sentence whole',
      { html: `<p>${long}, according to police.</p><p>Two.</p>` },
      `${long}, according to police.`,
    ],
    ['no end at an abbreviation', { html: `<p>The U.S. President spoke. ${long}.</p>` }, 'The U.S. President spoke.'],
    ['no sentence up to its abbreviation', { html: `<p>One. Two by the U.S. ${long}.</p>` }, 'One.'],
    ['Chinese sentences', { html: '<p>第一句。第二句！</p>' }, '第一句。第二句！'],
    ['Arabic sentences', { html: `<p>هل هذا صحيح؟ ${long}.</p>` }, 'هل هذا صحيح؟'],
    ['several paragraphs', { html: '<h2>Head</h2><p>One &amp; two.</p>\n<p>Three.</p>' }, 'One & two. Three.'],
    ['the first text where there is no paragraph', { html: '<ul><li>One</li><li>Two</li></ul>' }, 'One'],
    ['text without paragraphs of its own', { html: '<div>One.<br />Two.</div>Three.' }, 'One. Two. Three.'],
    ['paragraphs with a picture between them', { html: `<p>One.</p>${figure}<p>Two.</p>` }, 'One. Two.'],
    ['nothing that is struck out', { html: '<p>It <del>sank</del> <b>floats</b>.</p>' }, 'It floats.'],
    ['a quotation whole', { html: `<p>“Never,” she said. “We ${long}. Not we.”</p>` }, '“Never,” she said.'],
    ['a quotation at the beginning whole', { html: `<p>„Ja. ${long}.“ So sprach er. Nein.</p>` }, `„Ja. ${long}.“`],
  ])('takes %s', (_, article, excerpt) => {
    expect(excerptOf(article)).toBe(excerpt)
  })
})

describe('an excerpt stops', () => {
  const behind = '<p>“It had to be,” said the mayor.</p>'

  it.each([
    ['a list', '<ul><li>the ferry</li></ul>'],
    ['steps', '<ol><li>wait</li></ol>'],
    ['terms', '<dl><dt>Quay</dt><dd>stone</dd></dl>'],
    ['a table', '<table><tbody><tr><td>3</td></tr></tbody></table>'],
    ['code', '<pre><code>x = 1</code></pre>'],
    ['words of others', '<blockquote><p>I never said so.</p></blockquote>'],
    ['a heading', '<h2>Background</h2>'],
    ['a rule', '<hr />'],
  ])('before %s', (_, skipped) => {
    expect(excerptOf({ html: `<p>One.</p><p>Two.</p>${skipped}${behind}` })).toBe('One. Two.')
  })

  it.each([
    ['at the sentence before', '<p>Prices rise. From May these cost more:</p>', 'Prices rise.'],
    ['in Japanese', '<p>値上げです。次の三つです：</p>', '値上げです。'],
    ['with a sign that more follows', '<p>From May these cost more:</p>', 'From May these cost more …'],
    ['in Arabic', '<p>ترتفع الأسعار غدا. وهي كالتالي:</p>', 'ترتفع الأسعار غدا.'],
  ])('before a colon, %s', (_, text, excerpt) => {
    expect(excerptOf({ html: `${text}<ul><li>a</li></ul>${behind}` })).toBe(excerpt)
  })

  it('before a colon of a standfirst as well', () => {
    expect(excerptOf({ standfirst: 'Three things changed. They are:', html: '<p>A.</p>' })).toBe(
      'Three things changed.',
    )
  })
})

describe('plainText', () => {
  it('decodes entities once and parts blocks', () => {
    expect(plainText('<p>a &amp;lt; <b>b</b>c<br />d</p><p>e</p>')).toBe('a &lt; bc d e')
  })

  it('keeps numbers apart from those above and below the line', () => {
    expect(plainText('<p>10<sup>6</sup> t of CO<sub>2</sub>, the 1<sup>er</sup></p>')).toBe('10⁶ t of CO₂, the 1er')
  })
})

describe('readableText', () => {
  it('keeps blocks apart and says all of them', () => {
    const html = '<h2>Head</h2><p>One &amp; <b>two</b>.</p><ul><li>Three</li><li>Four</li></ul><p></p>\n<pre>Five</pre>'
    expect(readableText(html)).toBe('Head\n\nOne & two.\n\nThree\n\nFour\n\nFive')
  })
})
