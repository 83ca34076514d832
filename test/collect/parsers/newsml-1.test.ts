import { describe, expect, it } from 'vitest'
import { readArticles } from '../../../src/collect/reading/read.ts'
import { Unusable } from '../../../src/errors.ts'
import { source } from './pairs.ts'

function item(
  management = '<Status FormalName="Usable"/>',
  { id = 'urn:newsml:ice.example:20240104:ice:3', text = '<p>The ice is thin.</p>' } = {},
): string {
  return (
    `<NewsItem><Identification><NewsIdentifier><PublicIdentifier>${id}</PublicIdentifier></NewsIdentifier></Identification>` +
    `<NewsManagement><ThisRevisionCreated>20240104T090000Z</ThisRevisionCreated>${management}</NewsManagement>` +
    `<NewsComponent><NewsLines><HeadLine>Thin ice</HeadLine></NewsLines><ContentItem><DataContent>${text}</DataContent></ContentItem></NewsComponent></NewsItem>`
  )
}

function read(...items: string[]) {
  const text = `<?xml version="1.0"?><NewsML Version="1.2">${items.join('\n')}</NewsML>`
  return readArticles(Buffer.from(text), { ...source, format: 'auto' }).map(outcome => {
    if (outcome instanceof Unusable) return outcome.message
    if (outcome.pubStatus === 'canceled') return outcome
    return { pubStatus: outcome.pubStatus, ownVersion: outcome.ownVersion, ...outcome.content }
  })
}

describe('newsml-1', () => {
  it('reads all items, knows versions by the end of their names, and one bad item costs no other', () => {
    expect(
      read(item(), item(undefined, { text: '' }), item(undefined, { id: 'urn:newsml:ice.example:20240104:snow:4U' })),
    ).toMatchObject([
      { ownId: 'urn:newsml:ice.example:20240104:ice', ownVersion: '3' },
      expect.stringMatching(/no text/),
      { ownId: 'urn:newsml:ice.example:20240104:snow', ownVersion: '4' },
    ])
  })

  it.each(['<Status FormalName="Canceled"/>', '<Status FormalName="Usable"/><Instruction FormalName="Kill"/>'])(
    'is a kill: %s',
    management => {
      expect(read(item(management))).toMatchObject([
        { pubStatus: 'canceled', ownId: 'urn:newsml:ice.example:20240104:ice' },
      ])
    },
  )

  it.each([
    ['Embargoed', 'Usable', { pubStatus: 'usable', embargoed: '2040-01-04T09:00:00Z' }],
    ['Withheld', 'Usable', { pubStatus: 'usable', embargoed: '2040-01-04T09:00:00Z' }],
    ['Usable', 'Withheld', { pubStatus: 'usable', expires: '2040-01-04T09:00:00Z' }],
  ])('is %s and becomes %s at its moment', (status, future, expected) => {
    const change = `<StatusWillChange><FutureStatus FormalName="${future}"/><DateAndTime>20400104T090000Z</DateAndTime></StatusWillChange>`
    expect(read(item(`<Status FormalName="${status}"/>${change}`))).toMatchObject([expected])
  })

  it('is withheld under an embargo without an end', () => {
    expect(read(item('<Status FormalName="Embargoed"/>'))).toMatchObject([{ pubStatus: 'withheld' }])
  })

  it('is a correction by its instruction', () => {
    expect(read(item('<Status FormalName="Usable"/><Instruction FormalName="Correction"/>'))).toMatchObject([
      { isCorrection: true },
    ])
  })

  it('refuses a status that is none, and a document without items', () => {
    expect(read(item('<Status FormalName="Ready"/>'))[0]).toMatch(/Status is "ready"/)
    expect(() => read()).toThrow(/no news item/)
  })
})
