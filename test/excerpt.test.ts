import { describe, expect, it } from 'vitest'
import { excerptOf, plainText, readableText } from '../src/excerpt.ts'

const long = 'Word '.repeat(70).trim()

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
    [
      'several paragraphs',
      { html: '<h2>Head</h2><p>One &amp; two.</p>\n<pre>no</pre><p>Three.</p>' },
      'One & two. Three.',
    ],
    ['any text where there is no paragraph', { html: '<ul><li>One</li><li>Two</li></ul>' }, 'One Two'],
  ])('takes %s', (_, article, excerpt) => {
    expect(excerptOf(article)).toBe(excerpt)
  })
})

describe('plainText', () => {
  it('decodes entities once and parts blocks', () => {
    expect(plainText('<p>a &amp;lt; <b>b</b>c<br />d</p><p>e</p>')).toBe('a &lt; bc d e')
  })
})

describe('readableText', () => {
  it('keeps blocks apart and says all of them', () => {
    const html = '<h2>Head</h2><p>One &amp; <b>two</b>.</p><ul><li>Three</li><li>Four</li></ul><p></p>\n<pre>Five</pre>'
    expect(readableText(html)).toBe('Head\n\nOne & two.\n\nThree\n\nFour\n\nFive')
  })
})
