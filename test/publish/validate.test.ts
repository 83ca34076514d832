import { describe, expect, it } from 'vitest'
import { formats } from '../../src/publish/formats/index.ts'
import { articleNamed, frame } from './formats/samples.ts'
import { hasSchemas, validate, validateNinjs } from './validate.ts'

const edition = (format: keyof typeof formats): string => {
  const { head, entry, tail } = formats[format]
  return head(frame) + entry(articleNamed('minimal'), { site: frame.site, content: 'full' }) + tail
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
    ])
  })

  it('holds JSON Feed to its schema', () => {
    expect(validate('json', edition('json').replace('"id"', '"ID"'))).not.toEqual([])
  })

  it.skipIf(!hasSchemas)('holds Atom and ninjs to theirs (left out where ../shared/schema is missing)', () => {
    expect(validate('atom', edition('atom').replace(/<id>[^<]*<\/id>/, ''))).not.toEqual([])
    expect(validateNinjs({ uri: 'tag:a,2024:b/c', version: 1 })).toEqual(['/version: must be string'])
  })
})
