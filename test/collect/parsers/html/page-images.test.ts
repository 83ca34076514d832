import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sanitiseHtml } from '../../../../src/collect/reading/sanitise-html.ts'
import { expectBounded } from '../outcomes.ts'

function shown(html: string): string {
  return sanitiseHtml(html, 'https://base.example/p/')
}

const real = '<img src="https://i.example/real.jpg" alt="A" />'
const blank = 'data:image/gif;base64,R0lGODlhAQABAAAAACw='

describe('an image that is loaded late', () => {
  it.each(['data-src', 'data-lazy-src', 'data-original', 'data-lazy', 'data-hi-res-src', 'data-full-src'])(
    'is there at once, whatever stood in its place: %s',
    name => {
      for (const src of ['', ' src=""', ` src="${blank}"`, ' src="/spacer.gif"', ' src="about:blank"', ' src="#"'])
        expect(shown(`<img${src} ${name}="https://i.example/real.jpg" alt="A">`)).toBe(real)
    },
  )

  it.each([
    ['its address', `<img src="${blank}" data-src="/a.jpg">`, '/a.jpg'],
    ['its own src before its sizes', '<img src="/a.jpg" srcset="/b.jpg 800w">', '/a.jpg'],
    [
      'its own address before the sizes of its picture',
      '<picture><source srcset="/b.webp"><img src="/a.jpg"></picture>',
      '/a.jpg',
    ],
    ['the widest size up to 2048 pixels', '<img srcset="/s.jpg 400w, /m.jpg 2000w, /l.jpg 4000w">', '/m.jpg'],
    ['the narrowest size where all are wider', '<img srcset="/l.jpg 4000w, /m.jpg 3000w">', '/m.jpg'],
    ['the densest size', '<img srcset="/1.jpg, /2.jpg 2x">', '/2.jpg'],
    ['a size that a script would put in', '<img src="/tiny.jpg" data-srcset="/s.jpg 400w, /m.jpg 800w">', '/m.jpg'],
    ['a size before a placeholder by its name', '<img src="/i/blank-16x9.gif?v=2" srcset="/m.jpg 800w">', '/m.jpg'],
    [
      'a size before a placeholder by its measure',
      '<img src="/i.gif" width="1" height="1" srcset="/m.jpg 800w">',
      '/m.jpg',
    ],
    [
      'a size before a placeholder by its class',
      '<img src="/i.jpg" class="js-lazyload" srcset="/m.jpg 800w">',
      '/m.jpg',
    ],
    ['what looks like a placeholder, where there is nothing else', '<img src="/blank.gif">', '/blank.gif'],
    ['a file that is only called like one', '<img src="/empty-shelves.jpg">', '/empty-shelves.jpg'],
    ['a size of its picture', '<picture><source srcset="/b.webp 800w, /c.webp 1600w"><img></picture>', '/c.webp'],
    ['a late size of its picture', `<picture><source data-srcset="/b.webp"><img src="${blank}"></picture>`, '/b.webp'],
    [
      'no crop for narrow screens',
      '<picture><source media="(max-width: 600px)" srcset="/n.jpg 2000w"><source srcset="/w.jpg 900w"><img></picture>',
      '/w.jpg',
    ],
    [
      'its own size before one as wide of another type',
      '<picture><source srcset="/a.avif 800w"><img srcset="/a.jpg 800w"></picture>',
      '/a.jpg',
    ],
    ['an address with a comma in it', '<img srcset="/a,b.jpg 2x, /c.jpg 1x">', '/a,b.jpg'],
    ['an address, and no list of them', `<img src="/a.jpg" data-src='{"wide": "/b.jpg"}'>`, '/a.jpg'],
  ])('shows %s', (_, html, path) => {
    expect(shown(html)).toBe(`<img src="https://base.example${path}" alt="" />`)
  })

  it.each([
    ['behind its placeholder', `<img src="${blank}"><noscript>${real}</noscript>`],
    ['behind its placeholder in a link', `<img class="lazy" src="/grey.png"><noscript>${real}</noscript>`],
    ['behind an image of a script', `<img data-src="https://i.example/real.jpg"><noscript>${real}</noscript>`],
    [
      'in front of an image of a script',
      `<noscript>${real}</noscript><img data-src="https://i.example/real.jpg" alt="A">`,
    ],
    ['alone', `<noscript>${real}</noscript>`],
    ['with a late address', `<noscript><img alt="A" src="${blank}" data-src="https://i.example/real.jpg"></noscript>`],
  ])('is taken once from the noscript %s', (_, html) => {
    const images = shown(html).match(/<img [^>]*>/g) ?? []
    expect(images.map(image => /src="([^"]*)"/.exec(image)?.[1])).toEqual(['https://i.example/real.jpg'])
  })

  it.each([
    ['of one pixel', '<noscript><img height="1" width="1" src="https://stats.example/tr?id=1"></noscript>'],
    ['that is hidden', '<noscript><img style="border:0; display : none" src="https://stats.example/tr"></noscript>'],
    ['with words', '<noscript>Switch your scripts on.</noscript>'],
    ['with several images', `<noscript>${real}${real}</noscript>`],
  ])('is not what a noscript holds %s', (_, html) => {
    expect(shown(`<p>Text</p><img class="lazy" data-src="/a.jpg">${html}<p>More</p>`)).toBe(
      '<p>Text</p><img src="https://base.example/p/a.jpg" alt="" /><p>More</p>'.replace('/p/a', '/a'),
    )
  })

  it('is also an embedded page', () => {
    expect(shown('<iframe src="about:blank" data-src="https://v.example/1"></iframe>')).toBe(
      '<a href="https://v.example/1">https://v.example/1</a>',
    )
  })

  it('leaves everything around it as it is', () => {
    const around = `<p><abbr title="AT&amp;amp;T &lt;1&gt;">x</abbr>1 &amp;lt; 2 &lt; 3 é\u00a0<a href="https://e.example/?a=1&amp;copy=2">x</a></p>`
    const lazy = '<img data-src="https://i.example/real.jpg" alt="A">'
    expect(shown(`${around}${lazy}`)).toBe(shown(around) + real)
    expect(shown(`${around}</body></html>${lazy}</div>${around}`)).toBe(shown(around) + real + shown(around))
    expect(shown(`<html><body>${around}${lazy}</body></html>${around}`)).toBe(shown(around) + real + shown(around))
  })

  it('does not make the text of an article that writes about it another', () => {
    const text = '<p>Use srcset, data-src and &lt;picture&gt; with care &amp;amp; thought.</p>'
    expect(shown(text)).toBe(text)
  })

  it('is let through as safely as any other', () => {
    for (const evil of ['javascript:alert(1)', ' JaVa&#x09;script:alert(1)', 'data:text/html,x', 'vbscript:x'])
      expect(
        shown(
          `<img data-src="${evil}"><picture><source srcset="${evil}"><img onerror="x"></picture><noscript><img src="${evil}"></noscript>`,
        ),
      ).toBe('')
    expect(shown('<img data-src="https://i.example/&quot; onerror=alert(1) x=&quot;">')).not.toMatch(/"\s+onerror/)
    expect(shown('<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>')).not.toContain('onerror')
  })
})

const pieces = fc.constantFrom(
  '<picture>',
  '</picture>',
  '<source srcset="/a.webp 800w, /b.webp">',
  '<img src="/a.jpg">',
  '<img data-src="/b.jpg" class="lazy" alt="&amp;quot;">',
  `<img src="${blank}" srcset="/c.jpg 2x">`,
  '<noscript>',
  '</noscript>',
  '<p>',
  '</p>',
  '</body>',
  '<html>',
  '<a href="/x?a=1&amp;lt=2">',
  '<table><td>',
  '<script>',
  '<!--',
  '-->',
  ']]>',
  '&amp;lt;',
  'srcset',
  'text',
)

describe('the images of hostile HTML', () => {
  it('leave HTML that is sanitised already alone, whatever surrounds them', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 30 }), parts => {
        const safe = shown(parts.join(''))
        expect(shown(safe)).toBe(safe)
        expect(safe).not.toMatch(/<(?:picture|noscript|script)|<[^>]*(?:srcset|data-)[^>]*=/)
      }),
      { numRuns: 1000 },
    )
  })

  it.each(
    Object.entries({
      'pictures in pictures': '<picture>'.repeat(240) + '<source srcset="/a 1w"><img src="/b">'.repeat(10_000),
      'pictures in towers': `${'<picture>'.repeat(200)}<img>${'</picture>'.repeat(200)}`.repeat(120),
      'images for readers without scripts': '<img class="lazy"><noscript><img src="/a"></noscript>'.repeat(12_000),
      'noscripts in noscripts': `${'<noscript>'.repeat(200)}<img src="/a">${'</noscript>'.repeat(200)}`.repeat(120),
      'more than a page may hold': '<img data-src="/a">'.repeat(60_000),
      'tags that never end': '<img srcset '.repeat(100_000),
      'a srcset without end': `<img srcset="${'/a 1w, '.repeat(300_000)}">`,
      'srcsets without end': `<img srcset="${'/a 1w, '.repeat(1_400)}">`.repeat(100),
      'a name without end': `<img src="/${'blank-'.repeat(200_000)}" srcset="/a 1w">`,
      'classes without end': `<img class="${'a '.repeat(500_000)}" style="${'a:b;'.repeat(200_000)}" srcset="/a&amp;b 1w">`,
      'ampersands in attributes': `<img alt="${'&amp;'.repeat(200_000)}" data-src="/a">`,
    }),
  )('cost no more than their share: %s', (_, html) => {
    expectBounded(2_000 + html.length / 500, () => shown(html))
  })
})
