import { describe, expect, it } from 'vitest'
import { toNinjs } from '../src/publish/formats/ninjs.ts'
import { openNewsroom } from './newsroom.ts'

function item(version: number, words: string, signs = ''): string {
  return (
    `<newsItem guid="urn:example:ice" version="${version}"><itemMeta><versionCreated>2024-05-01T0${version}:00:00Z</versionCreated>` +
    `<firstCreated>2024-05-01T01:00:00Z</firstCreated>${signs}</itemMeta><contentMeta><headline>Ice ${version}</headline></contentMeta>` +
    `<contentSet><inlineData contenttype="text/plain">${words}</inlineData></contentSet></newsItem>`
  )
}

describe('a correction that an agency signals', () => {
  it('is one on the wire with its note, which stays; an update is none, and its note is the desk’s', async () => {
    await using room = await openNewsroom()
    const { app } = room
    const told = async (name: string, text: string) => {
      await room.home.write(name, text)
      await app.collect('desk')
      const [head] = await app.store.articles.list({ limit: 1 })
      const article = await app.store.articles.article(head!, app.config.site.authority)
      return { head: head!, ninjs: JSON.stringify(toNinjs(article, app.config.site)) }
    }
    await told('1.xml', item(1, 'One metre thick.'))
    const updated = await told(
      '2.xml',
      item(2, 'One metre thick, they say.', '<edNote>Desk: adds a source</edNote><signal qcode="sig:update"/>'),
    )
    expect(updated.head).toMatchObject({ version: 2, action: 'update', changed: '2024-05-01T02:00:00Z' })
    expect(updated.head).not.toHaveProperty('note')
    expect(updated.ninjs).not.toContain('adds a source')

    const signal = '<signal uri="http://cv.iptc.org/newscodes/signal/correction"/>'
    const corrected = await told(
      '3.xml',
      item(3, 'Two metres thick.', `<edNote>It is two metres, not one.</edNote>${signal}`),
    )
    const note = { note: 'It is two metres, not one.', notedAt: '2024-05-01T03:00:00Z' }
    expect(corrected.head).toMatchObject({ version: 3, action: 'correct', ...note })

    const after = await told('4.xml', item(4, 'Two metres thick, and safe.', '<edNote>Desk: last</edNote>'))
    expect(after.head).toMatchObject({ version: 4, action: 'update', ...note })
    expect(after.ninjs).toContain('It is two metres, not one.')
    expect(after.ninjs).not.toContain('Desk: last')

    const silent = await told('5.xml', item(5, 'Three metres thick, and safe.', signal))
    expect(silent.head).toMatchObject({ version: 5, action: 'correct', note: '', notedAt: '2024-05-01T05:00:00Z' })
  })
})
