import { describe, expect, it } from 'vitest'
import { plainOf, standfirstOf, textOfHtml } from '../../../src/collect/parsers/plain.ts'

describe('plain text', () => {
  it.each([
    ['AT&T', 'AT&T'],
    ['a < b & c > d', 'a < b & c > d'],
    ['AT&amp;T', 'AT&T'],
    ['&amp;amp;', '&amp;'],
    ['1 < 2 &hellip;', '1 < 2 …'],
    ['it&#8217;s &#150; so', 'it’s – so'],
    ['an <em>open</em> door', 'an open door'],
    ['one<br>two', 'one two'],
    ['the <html> tag', 'the <html> tag'],
    ['the <b> tag', 'the <b> tag'],
    ['<script>alert(1)</script>', '<script>alert(1)</script>'],
    ['Q&A; more', 'Q&A; more'],
  ])('is made of %s: %s', (written, expected) => {
    expect(plainOf(written)).toBe(expected)
  })

  it.each([
    ['<p>One</p><p>two</p>', 'One two'],
    ['a<script>b < c</script>d<!-- <p>e --><style>f</style>g', 'adg'],
    ['İ<script>x</script>y', 'İy'],
    ['a<!-- never ends', 'a'],
    ['1 < 2 &lt; 3', '1 < 2 < 3'],
  ])('of the HTML %s is %s', (written, expected) => {
    expect(textOfHtml(written)).toBe(expected)
  })

  it.each([
    ['Another thing.', '<p>The tide comes in.</p>', 'Another thing.'],
    ['The tide comes …', '<p>The <b>tide</b> comes in.</p>', undefined],
    ['The tide comes [...] Read more', '<p>The tide comes in.</p>', undefined],
    ['<img src="a.jpg">', '<p>The tide comes in.</p>', undefined],
    [undefined, '<p>x</p>', undefined],
  ])('makes of the summary %s beside %s the standfirst %s', (summary, html, expected) => {
    expect(standfirstOf(summary, html)).toBe(expected)
  })
})
