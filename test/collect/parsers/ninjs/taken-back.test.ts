import { describe, expect, it } from 'vitest'
import { readArticles } from '../../../../src/collect/reading/read.ts'
import { source } from '../pairs.ts'

const item = {
  uri: 'urn:tower:1',
  type: 'text',
  versioncreated: '2026-03-01T11:30:00Z',
  headline: 'Old tower shines',
  body_html: '<p>It shines. <img src="https://e.example/a.jpg"></p>',
}
const read = (more: object) => readArticles(Buffer.from(JSON.stringify({ ...item, ...more })), source)[0]

describe('an export of Superdesk', () => {
  it.each([{ state: 'killed' }, { state: 'spiked' }, { flags: { marked_for_not_publication: true } }])(
    'keeps back what its desk does not publish, whatever else it says: %j',
    more => {
      expect(read({ pubstatus: 'usable', ...more })).toMatchObject({ pubStatus: 'withheld' })
      const picture = { type: 'picture', ...more, renditions: { original: { href: 'https://e.example/a.jpg' } } }
      const outcome = read({ pubstatus: 'usable', associations: { a: picture } })
      expect(outcome).toMatchObject({ pubStatus: 'usable', content: { media: [] } })
      expect(JSON.stringify(outcome)).not.toContain('a.jpg')
    },
  )

  it('publishes what is published, also when it was corrected', () => {
    expect(read({ pubstatus: 'usable', state: 'published' })).toMatchObject({ pubStatus: 'usable' })
    expect(read({ pubstatus: 'usable', state: 'corrected' })).toMatchObject({ pubStatus: 'usable' })
  })

  it('has its embargo under the one name or the other', () => {
    expect(read({ embargo: '2037-01-01T00:00:00Z' })).toMatchObject({
      content: { embargoed: '2037-01-01T00:00:00Z' },
    })
  })

  it('is not about who took the pictures', () => {
    const people = [
      { name: 'Bo Lund', rel: 'photographer' },
      { name: 'Kari Vik', rel: 'about' },
    ]
    expect(read({ people })).toMatchObject({ content: { subjects: [{ name: 'Kari Vik' }] } })
  })
})
