import * as fc from 'fast-check'
import { XmlDocument } from 'libxml2-wasm'
import { describe, expect, it } from 'vitest'
import { htmlOfParagraphs, sanitiseHtml } from '../../../src/collect/reading/sanitise-html.ts'
import { expectBounded } from '../parsers/outcomes.ts'

/** Throws where the fragment is not well-formed XML. */
function parseXml(fragment: string): void {
  XmlDocument.fromString(`<r>${fragment}</r>`).dispose()
}

const beacons = [
  '<img src="https://e.example/p.gif" width="1" height="1">',
  '<img src="https://e.example/p.gif" width="0" height="1px">',
]

const evasions = [
  '<script>alert(1)</script>',
  '<SCRIPT SRC=//evil.example/x.js></SCRIPT>',
  '<scr<script>ipt>alert(1)</scr</script>ipt>',
  '<img src=x onerror=alert(1)>',
  '<img src="javascript:alert(1)">',
  '<img src=`javascript:alert(1)`>',
  '<img """><script>alert(1)</script>">',
  '<IMG SRC=&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;alert(1)>',
  '<a href="jav&#x09;ascript:alert(1)">x</a>',
  '<a href="java\0script:alert(1)">x</a>',
  '<a href="&#1;javascript:alert(1)">x</a>',
  '<a href=" javascript:alert(1)">x</a>',
  '<a href="data:text/html,<script>alert(1)</script>">x</a>',
  '<a href="vbscript:x">x</a>',
  '<a href="https://e.example/" onclick="alert(1)" style="x:expression(1)">x</a>',
  '<svg onload=alert(1)><script>alert(1)</script></svg>',
  '<svg><style><img src=x onerror=alert(1)></style></svg>',
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<textarea></textarea><img src=x onerror=alert(1)></textarea>',
  '<xmp><p title="</xmp><img src=x onerror=alert(1)>">',
  '<template><img src=x onerror=alert(1)></template>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<iframe src="javascript:alert(1)"></iframe>',
  '<object data="javascript:alert(1)"></object><embed src="javascript:alert(1)">',
  '<form action="javascript:alert(1)"><button formaction="javascript:alert(1)">x</button></form>',
  '<meta http-equiv=refresh content="0;url=javascript:alert(1)"><base href="javascript:alert(1)//">',
  '<link rel=stylesheet href="javascript:alert(1)"><style>@import "javascript:alert(1)"</style>',
  '<video poster="javascript:alert(1)" src="javascript:alert(1)"></video>',
  '<q cite="javascript:alert(1)">x</q>',
  '<!--><script>alert(1)</script-->',
  '<![CDATA[><script>alert(1)</script>]]>',
  '<p title="]]><script>alert(1)</script>">x',
  '<a href="https://e.example/&quot; onmouseover=alert(1) x=&quot;">x</a>',
]

const pieces = fc.constantFrom(
  '<p>',
  '</p>',
  '<b',
  '<a href="/x">',
  '<a href="https://e.example/?a&amp;b">',
  '</a>',
  '<ul><li>',
  '<table><tr><td>',
  '<img src="a.png" alt="">',
  '<script>',
  '</script>',
  '<svg>',
  '</svg>',
  '<iframe src="https://v.example/">',
  '</iframe>',
  '&amp;',
  '&lt;',
  '&nbsp;',
  '&#x301;',
  '&#1;',
  '&#xFFFE;',
  ']]>',
  '"',
  "'",
  '>',
  '<',
  'text',
  ' ',
  '\u0338',
  'e\u0301',
  '<!--',
  '-->',
  '<h1>',
  '</h1>',
  '<audio>',
  '<source src="b">',
  '<video src="https://v.example/v">',
  '<div dir=x lang=en>',
  '<ol start=3 reversed>',
)

describe('sanitiseHtml', () => {
  it.each(evasions)('lets nothing through of %s', evasion => {
    const safe = sanitiseHtml(evasion, 'https://base.example/')
    expect(safe).not.toMatch(
      /<(?:script|style|svg|math|iframe|object|embed|form|button|meta|base|link|template|xmp|textarea)/i,
    )
    expect(safe.match(/<[^>]*>/g)?.join('') ?? '').not.toMatch(
      /\son\w+\s*=|="\s*(?:javascript|vbscript|data):|style=|srcdoc/i,
    )
    parseXml(safe)
  })

  it.each([
    ['<h1>A</h1><h2 id=x class=y>B</h2>', '<h2>A</h2><h2>B</h2>'],
    [
      '<img src="/a.png?b=1&c=2" alt="" width="10" height="auto">',
      '<img src="https://base.example/a.png?b=1&amp;c=2" alt="" width="10" />',
    ],
    ['<img alt="x">', ''],
    [
      '<iframe src="https://v.example/1?a&b"></iframe>',
      '<a href="https://v.example/1?a&amp;b">https://v.example/1?a&amp;b</a>',
    ],
    ['<iframe src="about:blank">old</iframe>', ''],
    ['<a href="#n">n</a>', '<a href="https://base.example/p/#n">n</a>'],
    ['<a href="mailto:a@e.example">m</a>', '<a href="mailto:a@e.example">m</a>'],
    [
      '<audio><source src="a.mp3" type="audio/mpeg"></audio>',
      '<audio controls="controls"><source src="https://base.example/p/a.mp3" type="audio/mpeg" /></audio>',
    ],
    ['a&nbsp;b &eacute; &amp;amp; ]]>', 'a\u00a0b é &amp;amp; ]]&gt;'],
    ['<table><tr><td colspan="2" bgcolor="red">x', '<table><tr><td colspan="2">x</td></tr></table>'],
    [
      '<a href="https://e.example/"><iframe src="https://v.example/1"></iframe>Film</a><iframe src="https://v.example/2"></iframe>',
      '<a href="https://e.example/">Film</a><a href="https://v.example/2">https://v.example/2</a>',
    ],
    [
      '<figure><img src="https://e.example/x"><figcaption>C</figcaption></figure>',
      '<figure><img src="https://e.example/x" alt="" /><figcaption>C</figcaption></figure>',
    ],
    ['<p>\u0338x</p>', '<p>x</p>'],
    ['<p>a<svg><text>b</text></svg><math><mi>c</mi></math>d</p>', '<p>ad</p>'],
    ['<p>a<center><p>b</p></center></p>', '<p>a</p><p>b</p><p></p>'],
  ])('makes of %s', (html, safe) => {
    expect(sanitiseHtml(html, 'https://base.example/p/')).toBe(safe)
  })

  it.each(['subscription-widget-wrap-editor', 'a sharedaddy sd-sharing', 'kg-card kg-signup-card'])(
    'takes %s away with all that is in it',
    name => {
      expect(
        sanitiseHtml(`<p>A.</p><div class="${name}"><div><p>Subscribe</p></div><ul><li>x</li></ul></div><p>B.</p>`),
      ).toBe('<p>A.</p><p>B.</p>')
    },
  )

  it('takes no more than linear time to take a hundred thousand of them away', () => {
    const text = `${'x'.repeat(1_000_000)}${'<div class="sharedaddy">a</div>b'.repeat(100_000)}`
    expectBounded(15_000, () => sanitiseHtml(text))
  })

  it.each(beacons)('shows no image that counts readers: %s', beacon => {
    expect(sanitiseHtml(`<p>Text.${beacon}</p>`)).toBe('<p>Text.</p>')
  })

  it('shows a line or a point that is no more than one pixel in one way', () => {
    expect(sanitiseHtml('<img src="https://e.example/line.gif" width="600" height="1">')).toContain('line.gif')
  })

  it('takes the address from a link and the whole image where nothing tells what they are relative to', () => {
    expect(sanitiseHtml('<a href="/x">x</a><img src="x.png"><a href="//e.example/">y</a>')).toBe('<a>x</a><a>y</a>')
  })

  it('refuses 100,000 nested elements at once', () => {
    expectBounded(3000, () => expect(() => sanitiseHtml('<div>'.repeat(100_000))).toThrow('nests more than 256'))
  })

  it('gives well-formed XML that it leaves alone the second time', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 40 }), parts => {
        const safe = sanitiseHtml(parts.join(''), 'https://base.example/')
        parseXml(safe)
        expect(sanitiseHtml(safe, 'https://base.example/')).toBe(safe)
        expect(safe).not.toContain(']]>')
      }),
      { numRuns: 2000 },
    )
  })

  it('leaves the HTML of plain paragraphs alone', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 }), lines => {
        const html = htmlOfParagraphs([
          'https://e.example/a?b=1&c="2',
          ...lines.map(line => line.trim().normalize('NFC')),
        ])
        parseXml(html)
        expect(sanitiseHtml(html)).toBe(html)
      }),
      { numRuns: 300 },
    )
  })
})
