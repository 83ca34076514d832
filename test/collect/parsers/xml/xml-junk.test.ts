import { describe, expect, it } from 'vitest'
import { withoutJunk } from '../../../../src/collect/parsers/xml/xml-junk.ts'
import { expectBounded } from '../outcomes.ts'

const rss = '<?xml version="1.0"?>\n<rss version="2.0"><channel><title>A</title></channel></rss>'
const rdf = '<rdf:RDF xmlns:rdf="urn:r"><item/></rdf:RDF>'

describe('what stands around an XML document', () => {
  it.each([
    ['nothing', rss, rss, []],
    ['white space, and a comment behind', `\n\n ${rss}\n<!-- cached -->\n`, `${rss}\n<!-- cached -->\n`, []],
    ['what a failing script printed', `Warning: x in y.php on line 3\n${rss}`, rss, [/before the XML/]],
    ['what a cache wrote', `${rss}<!-- c --><script>var a=1;</script>`, rss, [/behind the root/]],
    ['a counter, where the root has a prefix', `${rdf}\n<img src="a">`, rdf, [/behind the root/]],
    ['text on both sides', `\u0442\u0435\u0441\u0442 ${rss} ok`, rss, [/before the XML/, /behind the root/]],
  ])('is left out, with a warning: %s', (_, text, document, warnings) => {
    expect(withoutJunk(text)).toEqual({ text: document, warnings: warnings.map(one => expect.stringMatching(one)) })
  })

  it.each([
    ['an ampersand', '<rss><a>B & C</a></rss>', /ampersand/],
    ['an ampersand in an address', '<rss><a>?b=1&c=2</a></rss>', /ampersand/],
    ['an entity of HTML', '<rss><a>B&nbsp;C &amp; D</a></rss>', /&nbsp;/],
  ])('is warned of for %s', (_, text, warning) => {
    expect(withoutJunk(text).warnings).toEqual([expect.stringMatching(warning)])
  })

  it.each([
    ['escaped', '<rss><a>B &amp; C &#8212; &#x2014; &lt;</a></rss>'],
    ['within CDATA', '<rss><a><![CDATA[B & C &nbsp;]]></a></rss>'],
    ['a text about feeds', 'How to write a feed\n\nBegin with <rss version="2.0">, and end with </rss\n\nThat is all.'],
    ['a text that quotes one at length', `How to write a feed\n\n${rss}\n\n${'That is how it goes. '.repeat(200)}`],
    ['another document', '<!doctype html><p>A & B'],
  ])('is as it was where it is %s', (_, text) => {
    expect(withoutJunk(text)).toEqual({ text, warnings: [] })
  })

  it('is looked at in linear time', () => {
    for (const scrap of ['<?a?>', '<!--a-->', '&', '<![CDATA[', '</rss', '<rss>', ' ', 'rss>']) {
      expectBounded(5000, () => expect(withoutJunk(`<rss>${scrap.repeat(200_000)}</rss>`)).toBeDefined())
      expectBounded(5000, () => expect(withoutJunk(`<?xml ${scrap.repeat(200_000)}`)).toBeDefined())
    }
  })
})
