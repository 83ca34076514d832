import { array, assert, constantFrom, oneof, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Unusable } from '../../../../src/errors.ts'
import { childOf, childrenOf, readXml, textOf, type XmlElement } from '../../../../src/collect/parsers/xml/xml.ts'
import { htmlInside } from '../../../../src/collect/parsers/xml/xml-markup.ts'
import { rootName } from '../../../../src/collect/parsers/xml/xml-tokens.ts'
import { expectBounded } from '../outcomes.ts'

function outline({ name, namespace, attributes, children }: XmlElement): unknown {
  const inside = children.map(child => (typeof child === 'string' ? child : outline(child)))
  return [namespace === '' ? name : `{${namespace}}${name}`, Object.fromEntries(attributes), ...inside]
}

function readOrRefuse(text: string): XmlElement | undefined {
  try {
    return readXml(text)
  } catch (error) {
    if (!(error instanceof Unusable)) throw error
    return undefined
  }
}

function nested(depth: number): string {
  return '<a>'.repeat(depth) + '</a>'.repeat(depth)
}

function megabyte(unit: string): string {
  return unit.repeat(Math.ceil(1_000_000 / unit.length))
}

const long = 'b'.repeat(1000)

function manyAttributes(count: number): string {
  return Array.from({ length: count }, (_, index) => `a${index}=""`).join(' ')
}

describe('an XML document', () => {
  it.each([
    ['children in order', '<a>x<b/>y<c>z</c></a>', ['a', {}, 'x', ['b', {}], 'y', ['c', {}, 'z']]],
    ['attributes in either quotes', `<a b="1'" c = '2"' d=">"/>`, ['a', { b: "1'", c: '2"', d: '>' }]],
    ['white space as it stands', '<a b=" 1\t2 "> 3 <c/> </a>', ['a', { b: ' 1\t2 ' }, ' 3 ', ['c', {}], ' ']],
    ['numbers as text', '<a b="01">0x1<c>1e3</c></a>', ['a', { b: '01' }, '0x1', ['c', {}, '1e3']]],
    ['CDATA as text, undecoded', '<a>1<![CDATA[<b>&amp;]]></a>', ['a', {}, '1', '<b>&amp;']],
    ['no comments or instructions', '<?xml version="1.0"?><!-- a --><a><?b c?><!-- <d> --></a>\n<!-- e -->', ['a', {}]],
    ['text around comments and instructions', "<a>1<!-- it's -->2<?b it's?>3<c/></a>", ['a', {}, '123', ['c', {}]]],
    ['empty CDATA as nothing', '<a>1<![CDATA[]]>2</a>', ['a', {}, '12']],
    [
      'entities decoded once',
      '<a b="&quot;&amp;lt;">&#38;amp; &#x1F41D; &lt;</a>',
      ['a', { b: '"&lt;' }, '&amp; 🐝 <'],
    ],
    ['entities of HTML', '<a>&nbsp;&eacute;&mdash;</a>', ['a', {}, '\u00a0é—']],
    ['ampersands that begin no entity', '<a>AT&T &unheardof; &;</a>', ['a', {}, 'AT&T &unheardof; &;']],
    ['references to nothing', '<a>&#0;&#1;&#xD800;&#xFFFE;.</a>', ['a', {}, '.']],
    ['a prefix by its namespace', '<p:a xmlns:p="urn:p" p:b="1" b="2"/>', ['{urn:p}a', { '{urn:p}b': '1', b: '2' }]],
    [
      'a default namespace, and none',
      '<a xmlns="urn:d"><b xmlns=""/><c/></a>',
      ['{urn:d}a', {}, ['b', {}], ['{urn:d}c', {}]],
    ],
    [
      'a prefix declared again',
      '<a xmlns:p="urn:1"><p:b xmlns:p="urn:2"/><p:b/></a>',
      ['a', {}, ['{urn:2}b', {}], ['{urn:1}b', {}]],
    ],
    ['a prefix never declared', '<a><media:b/></a>', ['a', {}, ['{media}b', {}]]],
    [
      'names of object properties',
      '<constructor __proto__="1"><toString/><__proto__>1</__proto__></constructor>',
      ['constructor', { ['__proto__']: '1' }, ['toString', {}], ['__proto__', {}, '1']],
    ],
    [
      "names of the parser's own",
      '<a><#text/><#cdata #text="1">2</#cdata><:@ :@="3"/></a>',
      ['a', {}, ['#text', {}], ['#cdata', { '#text': '1' }, '2'], ['@', { '@': '3' }]],
    ],
  ])('gives %s', (_, text, expected) => {
    expect(outline(readXml(text))).toEqual(expected)
  })

  it.each([
    ['of one letter', 'a'],
    ['of pairs of surrogates', '🐝'],
    ['of references', 'b&amp;&#x1F41D;'],
  ])('keeps a long text whole: %s', (_, unit) => {
    const text = unit.repeat(100_000)
    expect(readXml(`<a>-${text}<b/>${text}</a>`).children).toEqual([
      `-${text.replaceAll('&amp;', '&').replaceAll('&#x1F41D;', '🐝')}`,
      expect.objectContaining({ name: 'b' }),
      text.replaceAll('&amp;', '&').replaceAll('&#x1F41D;', '🐝'),
    ])
  })

  it('knows the line of each element', () => {
    const root = readXml('<?xml version="1.0"?>\n<!--\n--><a>\n<b/>\n\n<c\nd="1"/><e/></a>')
    expect(
      [root, ...childrenOf(root, 'b'), ...childrenOf(root, 'c'), ...childrenOf(root, 'e')].map(({ line }) => line),
    ).toEqual([3, 4, 6, 7])
  })

  it.each([
    ['no element', 'text', 1, /outside/],
    ['nothing', '<!-- a -->', undefined, /no root/],
    ['a tag closed by another', '<a>\n<b>\n</a>', 3, /"a" ends here, where "b" of line 2 is open/],
    ['a tag closed twice', '<a></a>\n</a>', 2, /never begun/],
    ['a tag never closed', '<a>\n<b>', 2, /"b" never ends/],
    ['two roots', '<a/>\n<b/>', 2, /more than one root/],
    ['text behind the root', '<a/>\nb', 2, /outside/],
    ['CDATA behind the root', '<a/>\n<![CDATA[ ]]>', 2, /outside/],
    ['an attribute without a value', '<a\nb/>', 1, /not well-formed/],
    ['an attribute that never ends', '<a b="></a>', 1, /not well-formed/],
    ['a stray bracket', '<a>1 < 2</a>', 1, /begins no tag/],
    ['a comment that never ends', '<a>\n<!-- </a>', 2, /comment never ends/],
    ['CDATA that never ends', '<a><![CDATA[ </a>', 1, /CDATA section never ends/],
    ['an instruction that never ends', '<?xml <a/>', 1, /instruction never ends/],
    ['half a million elements', `<a>\n${'<b/>'.repeat(500_000)}</a>`, 2, /more than 500000/],
    ['sixty thousand names', `<a>${Array.from({ length: 60_000 }, (_, i) => `<b${i}/>`).join('')}</a>`, 1, /more than/],
    ['a thousand and one attributes', `<a${' b="1"'.repeat(1001)}/>`, 1, /more than 1000 attributes/],
    ['a gap in a tag', `<a${'\t'.repeat(251)}b="1"/>`, 1, /not well-formed/],
    ['a DTD', '<?xml version="1.0"?>\n<!DOCTYPE a>\n<a/>', 2, /document type/],
    ['an entity bomb', '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>', 1, /document type/],
    ['an external entity', '<!DOCTYPE a SYSTEM "file:///etc/hostname"><a/>', 1, /document type/],
    ['a DTD behind the root', '<a/>\n<!doctype b>', 2, /document type/],
  ])('is refused for %s, with the line', (_, text, line, reason) => {
    expect(() => readXml(text)).toThrow(
      expect.objectContaining({ name: 'Unusable', line, message: expect.stringMatching(reason) }),
    )
  })

  it('may nest 256 elements', () => {
    expect(textOf(readXml(nested(256)))).toBe('')
    expect(() => readXml(nested(257))).toThrow(/nests more than 256/)
  })

  it('is a tree or refused, whatever the text', () => {
    const scrap = constantFrom(
      '<a',
      '>',
      '</a>',
      '<b/>',
      '<',
      '/',
      '"',
      "'",
      '=',
      ' ',
      '\n',
      '&',
      '&#x',
      ';',
      'x:',
      'xmlns:x="urn:x"',
      'é',
      '🐝',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '<?',
      '?>',
      '<!DOCTYPE',
      '&amp;',
      '&#55555;',
      '&#x110000;',
      '&constructor;',
    )
    const scraps = array(oneof(scrap, string({ unit: 'binary' })), { maxLength: 40 }).map(list => list.join(''))
    assert(
      property(scraps, text => {
        for (const document of [text, `<a>${text}</a>`, `<a ${text}>`]) {
          expect(readOrRefuse(document)?.children ?? []).toBeInstanceOf(Array)
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('a hostile XML document', () => {
  it.each(
    Object.entries({
      'nested elements': '<a>'.repeat(100_000) + '</a>'.repeat(100_000),
      'nested elements that never end': megabyte('<a>'),
      'empty elements': `<a>${megabyte('<b/>')}</a>`,
      'elements with namespaces of their own': `<a>${megabyte('<b xmlns:c="d"/>')}</a>`,
      attributes: `<a ${megabyte('b="" ')}/>`,
      'attributes without a value': `<a ${megabyte('b ')}/>`,
      'attributes of an instruction': `<?b ${megabyte('b="" ')}?><a/>`,
      'texts in an element of a thousand attributes': `<a ${manyAttributes(999)}>${megabyte('b<c/>')}</a>`,
      'elements below long names': `${`<${long}>`.repeat(200)}${megabyte('c<d/>')}${`</${long}>`.repeat(200)}`,
      'spaces in a tag': `<a ${megabyte(' ')}b`,
      'a name': `<${megabyte('a')}`,
      'quotes in a tag': `<a ${megabyte(`'="`)}>`,
      'comments that never end': `<a>${megabyte('<!--')}`,
      'CDATA that never ends': `<a>${megabyte('<![CDATA[')}`,
      instructions: megabyte('<?'),
      ampersands: `<a>${megabyte('&')}</a>`,
      'references beyond Unicode': `<a>${megabyte('&#x110000;')}</a>`,
      'one line': `<a>${megabyte('word ')}</a>`,
      'text in pieces': `<a>${megabyte('b<!---->')}</a>`,
    }),
  )('costs no more than its share: %s', (_, text) => {
    expectBounded(8000, () => readOrRefuse(text))
  })
})

describe('helpers of an XML tree', () => {
  it('finds by name, and by namespace where one is given', () => {
    const root = readXml('<a xmlns:p="urn:p"><b>1</b><p:b>2</p:b></a>')
    expect(childrenOf(root, 'b').map(textOf)).toEqual(['1', '2'])
    expect(childOf(root, 'b', 'urn:p')?.children).toEqual(['2'])
    expect(childOf(undefined, 'b')).toBeUndefined()
  })

  it('gives XHTML as HTML', () => {
    const root = readXml(
      '<a xmlns:h="http://www.w3.org/1999/xhtml"><h:p xml:lang="pt" x:y="1" title="&quot;&lt;">1 &lt; 2<h:br></h:br>&amp;amp;</h:p><h:p/></a>',
    )
    expect(htmlInside(root)).toBe('<p lang="pt" title="&quot;&lt;">1 &lt; 2<br>&amp;amp;</p><p></p>')
  })

  it.each([
    ['<?xml version="1.0"?>\n<!-- <b> -->\n<p:newsItem a="b">', 'newsItem'],
    ['\n <rss>', 'rss'],
    ['<!DOCTYPE html>\n<html>', 'html'],
    ['<!doctype rdf:RDF [<!ENTITY a "b">]>', 'RDF'],
    ['<!-- never ends <rss>', undefined],
    ['text <rss>', undefined],
    ['', undefined],
  ])('tells the root of %j by its beginning', (text, expected) => {
    expect(rootName(text)).toBe(expected)
  })
})
