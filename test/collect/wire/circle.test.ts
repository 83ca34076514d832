import { describe, expect, it } from 'vitest'
import { mintKey } from '../../../src/article.ts'
import { collect } from '../../../src/collect/collect.ts'
import type { WireSource } from '../../../src/source.ts'
import { dump, openNewsroom, type Newsroom } from '../../newsroom.ts'
import { serveWire, type WireServer } from '../../serve/wire/wire-server.ts'

const feeds = { all: { title: 'All' } }

function sourceAt(name: string, { url }: WireServer): WireSource {
  const texts = { format: 'wire', timezone: 'UTC', dates: [], undated: 'reject', boilerplate: [], tail: [] } as const
  return { name, wire: `${url}/wire`, feeds: [], headers: {}, private: true, language: 'en', maxBytes: 1e7, ...texts }
}

/** A round of a source that came to be known after the room was opened. */
async function round(source: WireSource, { app }: Newsroom): Promise<void> {
  const { store, log, clock } = app
  await collect(source, { store, readers: await app.readers(), log, clock })
}

function site(name: string): { authority: string } {
  return { authority: `${name}.example,2024` }
}

describe('Feedwires in a circle', () => {
  it('pass over what is their own: one that follows itself', async () => {
    await using room = await openNewsroom({ feeds, files: { 'a.txt': dump('Alpha') } })
    await using server = await serveWire(room.app)
    await room.app.collect('desk')
    for (let i = 0; i < 3; i++) await round(sourceAt('self', server), room)
    expect(await room.app.store.articles.count()).toBe(1)
    const [[from, { warnings }] = ['', { warnings: [] }]] = await room.app.store.files.warnings('self')
    expect([from, warnings.map(({ warning }) => warning)]).toEqual([
      server.url,
      ['Articles of this Feedwire itself come back by it: they are passed over.'],
    ])
  })

  it('pass over what is their own: three, each of which follows another', async () => {
    await using one = await openNewsroom({ feeds, files: { 'a.txt': dump('Alpha') }, site: site('one') })
    await using two = await openNewsroom({ feeds, files: { 'b.txt': dump('Beta') }, site: site('two') })
    await using three = await openNewsroom({ feeds, site: site('three') })
    await using oneServer = await serveWire(one.app)
    await using twoServer = await serveWire(two.app)
    await using threeServer = await serveWire(three.app)
    await one.app.collect('desk')
    await two.app.collect('desk')
    for (let i = 0; i < 4; i++) {
      await round(sourceAt('one', oneServer), two)
      await round(sourceAt('two', twoServer), three)
      await round(sourceAt('three', threeServer), one)
    }
    expect(await Promise.all([one, two, three].map(room => room.app.store.articles.count()))).toEqual([2, 2, 2])
    const beta = (await one.app.store.articles.list({ limit: 9 })).find(({ source }) => source === 'three')
    const { ownId, earlierIds } = await one.app.store.articles.content(beta!)
    expect(ownId).toMatch(/^tag:three\.example,2024:two\//)
    expect(earlierIds).toEqual([`tag:two.example,2024:desk/${mintKey('b.txt')}`])
  })
})
