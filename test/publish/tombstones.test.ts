import { XMLParser } from 'fast-xml-parser'
import { expect, it } from 'vitest'
import { mintKey } from '../../src/article.ts'
import { kill, release, withhold } from '../../src/operate/life.ts'
import { dump, openNewsroom, type Newsroom } from '../newsroom.ts'

const feeds = {
  all: { title: 'All' },
  paid: { title: 'Paid', access: 'partners', select: { sections: ['A'] } },
}
const files = Object.fromEntries(['one', 'two', 'three'].map(name => [`${name}.txt`, dump(name, { section: 'A' })]))
const refOf = (name: string) => `desk/${mintKey(`${name}.txt`)}`
const uriOf = (name: string) => `tag:news.example,2024:${refOf(name)}`

async function publish({ app }: Newsroom): Promise<void> {
  await app.collect('desk')
  for (const feed of await app.behind()) await app.publish(feed)
}

async function editionOf({ app }: Newsroom, feed: string, format: string): Promise<string> {
  const { editions } = (await app.store.editions.load(feed))!
  return editions.editions.find(each => each.format === format)!.bodies.identity.toString()
}

interface Deleted {
  '@_ref': string
  '@_when': string
  'at:comment'?: string
}

async function deletedIn(room: Newsroom, feed: string): Promise<Deleted[]> {
  const parser = new XMLParser({ ignoreAttributes: false, isArray: name => name === 'at:deleted-entry' })
  const { feed: root } = parser.parse(await editionOf(room, feed, 'atom')) as { feed: Record<string, Deleted[]> }
  const declared = (root as Record<string, unknown>)['@_xmlns:at']
  const deleted = root['at:deleted-entry'] ?? []
  expect(declared).toBe(deleted.length > 0 ? 'http://purl.org/atompub/tombstones/1.0' : undefined)
  return deleted
}

async function canceledIn(room: Newsroom, feed: string): Promise<unknown> {
  const document = JSON.parse(await editionOf(room, feed, 'json')) as Record<string, { canceled: unknown } | undefined>
  return document['_feedwire']?.canceled
}

it('stand in partners’ Atom and JSON Feed for what was killed, withheld or moved away, newest first', async () => {
  await using room = await openNewsroom({ feeds, files })
  await publish(room)
  expect(await deletedIn(room, 'paid')).toEqual([])
  expect(await canceledIn(room, 'paid')).toEqual([])
  const options = { store: room.app.store, now: room.now }
  await withhold(refOf('one'), options)
  await kill(refOf('two'), 'Untrue & "unfair"', options)
  await room.home.write('three.txt', dump('three', { section: 'B' }))
  await publish(room)
  const when = '2024-06-01T12:00:00Z'
  expect(await deletedIn(room, 'paid')).toEqual([
    { '@_ref': uriOf('three'), '@_when': expect.any(String) as string },
    { '@_ref': uriOf('two'), '@_when': when, 'at:comment': 'Untrue & "unfair"' },
    { '@_ref': uriOf('one'), '@_when': when },
  ])
  expect(await canceledIn(room, 'paid')).toMatchObject([
    { id: uriOf('three'), status: 'withheld' },
    { id: uriOf('two'), status: 'canceled', date: when, reason: 'Untrue & "unfair"' },
    { id: uriOf('one'), status: 'withheld', date: when },
  ])
})

it('go when the article comes back, and stand in no public edition', async () => {
  await using room = await openNewsroom({ feeds, files })
  await publish(room)
  const options = { store: room.app.store, now: room.now }
  await withhold(refOf('one'), options)
  await publish(room)
  expect(await deletedIn(room, 'paid')).toHaveLength(1)
  expect(await deletedIn(room, 'all')).toEqual([])
  expect(await canceledIn(room, 'all')).toBeUndefined()
  await release(refOf('one'), options)
  await publish(room)
  expect(await deletedIn(room, 'paid')).toEqual([])
  expect(await canceledIn(room, 'paid')).toEqual([])
})

it('do not change the bytes of who published the same a second time', async () => {
  await using room = await openNewsroom({ feeds, files })
  await publish(room)
  await kill(refOf('two'), 'untrue', { store: room.app.store, now: room.now })
  await publish(room)
  const before = await editionOf(room, 'paid', 'atom')
  await room.app.publish('paid', { force: true })
  expect(await editionOf(room, 'paid', 'atom')).toBe(before)
})
