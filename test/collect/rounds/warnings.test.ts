import { rename } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { listRejects } from '../../../src/operate/rejects.ts'
import { dump, openNewsroom } from '../../newsroom.ts'
import { page, startSite } from '../sources/site.ts'

const damaged = (text: string) => Buffer.concat([Buffer.from(text), Buffer.from([0xff])])
const listed = async (app: Parameters<typeof listRejects>[1]) => (await listRejects({ limit: 100 }, app)).document

describe('what is read in spite of a fault', () => {
  it('is listed beside the rejects, since it was first seen, until the file is read without', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': damaged(dump('Ação não é já')) } })
    await room.app.collect('desk')
    const warning = { source: 'desk', file: 'a.txt', warning: 'The file is UTF-8 but for a damaged byte.' }
    expect(await listed(room.app)).toMatchObject({
      rejects: [],
      warnings: [{ ...warning, since: '2024-06-01T12:00:00Z' }],
    })
    room.now += 60_000
    await room.home.write('a.txt', damaged(dump('Ação não é já, diz ela')))
    await room.app.collect('desk')
    expect(await listed(room.app)).toMatchObject({ warnings: [{ ...warning, since: '2024-06-01T12:00:00Z' }] })
    await room.home.write('a.txt', dump('Ação não é já, diz ela de novo'))
    await room.app.collect('desk')
    expect(await listed(room.app)).toMatchObject({ rejects: [], warnings: [] })
  })

  it('moves with its file, goes with it, and is no more where that is a reject', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': damaged(dump('Ação não é já')) } })
    await room.app.collect('desk')
    await rename(room.home.path('a.txt'), room.home.path('b.txt'))
    await room.app.collect('desk')
    expect((await listed(room.app)).warnings.map(({ file }) => file)).toEqual(['b.txt'])
    await room.home.write('b.txt', '')
    await room.app.collect('desk')
    expect(await listed(room.app)).toMatchObject({ rejects: [{ file: 'b.txt' }], warnings: [] })
  })

  it('is known of feeds too, whose letters the HTTP header tells', async () => {
    await using site = await startSite()
    const item =
      '<item><title>\xcf\xee\xf0\xf2 & \xec\xee\xf1\xf2</title><guid>1</guid><description>\xcf\xee\xf0\xf2.</description><pubDate>Sat, 02 Mar 2024 10:00:00 GMT</pubDate></item>'
    const rss = Buffer.from(
      `<?xml version="1.0"?><rss version="2.0"><channel><title>A</title>${item}</channel></rss>`,
      'latin1',
    )
    site.answers['/feed'] = page(rss, { 'content-type': 'text/xml; charset=windows-1251' })
    await using room = await openNewsroom({ sources: [{ name: 'agency', url: `${site.origin}/feed`, private: true }] })
    await room.app.collect('agency')
    const { warnings } = await listed(room.app)
    expect(warnings).toMatchObject([{ source: 'agency', warning: expect.stringMatching(/ampersand/) }])
    await room.app.publish('all')
    const editions = await room.app.store.editions.load('all')
    const json = editions!.editions.editions.find(({ format }) => format === 'json')!
    expect(String(json.bodies.identity)).toContain('Порт & мост')
  })
})
