import { describe, expect, it } from 'vitest'
import { XmlDocument } from 'libxml2-wasm'
import { formats } from '../../src/publish/formats/index.ts'
import { toNinjs } from '../../src/publish/formats/ninjs.ts'
import { atomGrammarFaults } from './atom-rules.ts'
import { ninjsRuleFaults } from './ninjs-rules.ts'
import { articleNamed, frame } from './formats/samples.ts'
import { hasSchemas, namespaces, validate, validateNinjs } from './validate.ts'

const edition = (format: keyof typeof formats): string => {
  const { head, entry, tail } = formats[format]
  return head(frame) + entry(articleNamed('minimal'), { site: frame.site, content: 'full' }) + tail
}

function atomGrammarFaultsOf(text: string): string[] {
  using document = XmlDocument.fromString(text)
  return atomGrammarFaults(document)
}

describe('the validator of the other tests', () => {
  it('names what is not well-formed, with its line', () => {
    expect(validate('rss', edition('rss').replace('</guid>', ''))[0]).toMatch(/^line \d+: .*guid/)
    expect(validate('json', edition('json').slice(1))).toHaveLength(1)
  })

  it('names a wrong date, a relative link and an entry that is there twice', () => {
    const faults = validate(
      'rss',
      edition('rss')
        .replace(/<link>[^<]*/, '<link>/here')
        .replace(/<pubDate>[^<]*/, '<pubDate>yesterday')
        .replace(/ {8}<item>.*<\/item>\n/s, item => item + item),
    )
    expect(faults).toContain('"/here" is no absolute URL')
    expect(faults).toContain('"yesterday" is no date of RFC 822')
    expect(faults).toContain(`${articleNamed('minimal').uri} occurs twice`)
  })

  it('names what RSS 2.0 does not allow', () => {
    const broken = '<rss version="1.0"><channel><item><author/><enclosure/><enclosure/></item></channel></rss>'
    expect(validate('rss', broken)).toEqual([
      'is not RSS 2.0',
      'not one title, link, description and lastBuildDate in the channel',
      'no link to itself',
      'an item without a title',
      'an item whose guid is missing or said to be a link',
      'an item with two enclosures',
      'an enclosure without url, length or type',
      'an author that is no e-mail address',
      'an element that RSS does not know',
      'something twice in an item',
      'no language',
    ])
  })

  it.each([
    ['an element that RSS does not know', '<ttl>', '<pace/><ttl>'],
    ['something twice in the channel', '<ttl>1</ttl>', '<ttl>1</ttl><ttl>1</ttl>'],
    ['something twice in an item', '<dc:language>', '<dc:language/><dc:language>'],
    ['no language', '<language>en</language>', ''],
    [
      'an element of the channel after an item',
      '    </channel>',
      '<atom:link rel="self" href="https://a.example/"/></channel>',
    ],
    ['an image without url, title or link', /<image>[^]*<\/image>/, '<image/>'],
    ['an image with another title than the channel', /(<image>\s*<title>)/, '$1x'],
    ['an image with another link than the channel', /(<\/url>\s*<link>[^<]*)/, '$1x'],
    ['an empty title or category', /(<item>\s*<title>)[^<]*/, '$1'],
    ['a creator beside an author', '<pubDate>', '<author>a@a.example (A)</author><dc:creator/><pubDate>'],
    [
      'a podcast without category, explicit, image or author',
      '<pubDate>',
      '<itunes:duration>1</itunes:duration><pubDate>',
    ],
    ['an owner without an address', '<ttl>', '<itunes:owner/><ttl>'],
    ['too long a name', '<pubDate>', `<itunes:author>${'a'.repeat(256)}</itunes:author><pubDate>`],
    ['an explicit that is no truth value', '<pubDate>', '<itunes:explicit>yes</itunes:explicit><pubDate>'],
    ['"1:99" is no duration', '<pubDate>', '<itunes:duration>1:99</itunes:duration><pubDate>'],
    ['Gossip', '<ttl>', '<itunes:category text="Gossip"/><ttl>'],
    [
      '"https://a_b.example/" cannot be enclosed',
      '<pubDate>',
      '<enclosure url="https://a_b.example/" length="1" type="a/b"/><pubDate>',
    ],
    ['"1.5" is no length', '<pubDate>', '<enclosure url="https://a.example/" length="1.5" type="a/b"/><pubDate>'],
    [
      'a group of one',
      '<pubDate>',
      '<media:group><media:content url="https://a.example/" medium="image"/></media:group><pubDate>',
    ],
    ['a medium of no known kind', '<pubDate>', '<media:content url="https://a.example/" medium="smell"/><pubDate>'],
    ['a medium or thumbnail without url', '<pubDate>', '<media:thumbnail/><pubDate>'],
    [
      'a text twice in a medium',
      '<pubDate>',
      '<media:content url="https://a.example/" medium="image"><media:title/><media:title/></media:content><pubDate>',
    ],
    [
      '"0" is no whole number above zero',
      '<pubDate>',
      '<media:thumbnail url="https://a.example/" width="0"/><pubDate>',
    ],
    ['"x" is no media type', '<pubDate>', '<media:content url="https://a.example/" medium="image" type="x"/><pubDate>'],
    [
      '"1s" is no number of seconds',
      '<pubDate>',
      '<media:content url="https://a.example/" medium="image" duration="1s"/><pubDate>',
    ],
    ['"https://a.example/é" is no URI', /(<item>[^]*<link>)[^<]*/, '$1https://a.example/é'],
    [
      'an archived page that does not say what is current',
      '<ttl>',
      '<fh:archive xmlns:fh="http://purl.org/syndication/history/1.0"/><ttl>',
    ],
    ['an archive link outside the head', '<pubDate>', '<atom:link rel="self" href="https://a.example/"/><pubDate>'],
    ['Sun, 01 Jan 2024 00:00:00 GMT is no such day', '<pubDate>Mon', '<pubDate>Sun'],
    [
      'Sun, 31 Dec 1989 23:59:59 GMT is before the first feed',
      /<lastBuildDate>[^<]*/,
      '<lastBuildDate>Sun, 31 Dec 1989 23:59:59 GMT',
    ],
    ['rss is no prefix for urn:x', '<rss ', '<rss xmlns:rss="urn:x" '],
    ['an element form in HTML', '<p>', '<form></form><p>'],
    ['an attribute onclick of p in HTML', '<p>', '<p onclick="x">'],
    ['a relative address /x in HTML', '<p>', '<a href="/x">x</a><p>'],
    ['a control character in x\u0085', /(<item>\s*<title>)[^<]*/, '$1x\u0085'],
  ])('names %s in RSS', (fault, from, to) => {
    const text = edition('rss').replace('<rss ', `<rss xmlns:itunes="${namespaces.itunes}" `)
    expect(validate('rss', text)).toEqual([])
    expect(validate('rss', text.replace(from, to))).toContain(fault)
  })

  it.each([
    ['no link to itself', 'rel="self"', 'rel="via"'],
    ['two links self', '<subtitle>', '<link rel="self" href="https://a.example/"/><subtitle>'],
    [
      'an entry with two alternates',
      '<published>',
      '<link rel="alternate" type="a/b" href="https://a.example/"/><published>',
    ],
    ['1989-12-31T23:59:59Z is before the first feed', /(<entry[^]*<updated>)[^<]*/, '$11989-12-31T23:59:59Z'],
    ['an entry without text', /<content[^]*<\/summary>/, ''],
    ['a title or summary that is no plain text', '<title type="text">', '<title type="html">'],
    ['an unregistered relation', '<published>', '<link rel="origin" href="https://a.example/"/><published>'],
    ['an empty text', '<name>Harbour &amp; Sons Media', '<name>'],
    ['"tag:A,2024:x" is no URI', /(<entry[^]*<id>)[^<]*/, '$1tag:A,2024:x'],
  ])('names %s in Atom', (fault, from, to) => {
    expect(validate('atom', edition('atom'))).toEqual([])
    expect(validate('atom', edition('atom').replace(from, to))).toContain(fault)
  })

  it('names HTML and addresses in JSON Feed that are not for everyone', () => {
    expect(validate('json', edition('json').replace('<p>', '<p style=\\"x\\">'))).toEqual([
      'an attribute style of p in HTML',
    ])
    expect(validate('json', edition('json').replace('logo.png', 'logo é.png'))).toContain(
      '"https://courier.example/logo é.png?size=big&v=2" is no URI',
    )
  })

  it('holds JSON Feed to its schema', () => {
    expect(validate('json', edition('json').replace('"id"', '"ID"'))).not.toEqual([])
  })

  it.each([
    ['is no Atom feed', 'http://www.w3.org/2005/Atom', 'urn:atom'],
    ['feed: 0 of id, not one', /<id>[^<]*<\/id>/, ''],
    ['feed: 2 of title, not one', '<subtitle>', '<title>x</title><subtitle>'],
    ['entry: 0 of updated, not one', /(<entry[^]*)<updated>[^<]*<\/updated>/, '$1'],
    ['entry: more than one summary', '<published>', '<summary>x</summary><summary>y</summary><published>'],
    ['author: 0 of name, not one', /<author>[^]*?<\/author>/, '<author/>'],
    ['author: not allowed in link', '<published>', '<link href="https://a.example/"><author/></link><published>'],
    ['subtitle: not allowed in entry', '<published>', '<subtitle>x</subtitle><published>'],
    ['pubDate: not allowed in entry', '<published>', '<pubDate>x</pubDate><published>'],
    ['category: no attribute term', '<published>', '<category label="x"/><published>'],
    ['link: no attribute href', '<published>', '<link rel="via"/><published>'],
    ['id: an attribute isPermaLink', '<id>', '<id isPermaLink="false">'],
    ['entry: text between elements', '<published>', 'x<published>'],
    ['id: an element in plain text', '<id>', '<id><b xmlns="urn:b"/>'],
    ['rights: text/plain is no type of text', '<published>', '<rights type="text/plain">x</rights><published>'],
    ['rights: markup that is not escaped', '<published>', '<rights type="html"><b xmlns="urn:b"/></rights><published>'],
    ['rights: XHTML that is not one div', '<published>', '<rights type="xhtml">x</rights><published>'],
    ['content: src and content at once', '<content ', '<content src="https://a.example/" '],
    ['subtitle after an entry', '</entry>', '</entry><subtitle>x</subtitle>'],
  ])('names what RFC 4287 does not allow: %s', (fault, from, to) => {
    const faults = atomGrammarFaultsOf(edition('atom').replace(from, to))
    expect(faults.map(each => each.replace(/^line \d+, /, ''))).toContain(fault)
  })

  it('allows what RFC 4287 does', () => {
    const more = `<rights type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">x</div></rights><x:y xmlns:x="urn:x"/>
      <source><title>t</title></source><link href="https://a.example/" xml:lang="en">x</link><published>`
    expect(atomGrammarFaultsOf(edition('atom').replace('<published>', more))).toEqual([])
  })

  it.each([
    ['/version: ', { version: 1 }],
    ['/: Unrecognized key', { pubstatus: 'usable' }],
    ['/pubStatus: ', { pubStatus: 'killed' }],
    ['/versionCreated: ', { versionCreated: 'yesterday' }],
    ['/uri: is no absolute address', { uri: '/here' }],
    ['/altIds/0/value: ', { altIds: [{ role: 'source' }] }],
  ])('names in ninjs %s', (fault, change) => {
    const document = { ...toNinjs(articleNamed('minimal'), frame.site), ...change }
    const faults = ninjsRuleFaults(JSON.parse(JSON.stringify(document)))
    expect(faults.filter(each => each.startsWith(fault))).toHaveLength(1)
  })

  it.skipIf(!hasSchemas)(
    'holds Atom and ninjs to the published schemas (left out: ../shared/schema is not there)',
    () => {
      expect(validate('atom', edition('atom').replace(/<id>[^<]*<\/id>/, ''))[0]).toMatch(/^line \d+: /)
      expect(validateNinjs({ uri: 'tag:a,2024:b/c', version: 1 })).toContain('/version: must be string')
    },
  )
})
