import { describe, expect, it } from 'vitest'
import type { App } from '../../src/app.ts'
import { mintKey } from '../../src/article.ts'
import { kill } from '../../src/operate/life.ts'
import { addPartner, revokeToken, setPartner } from '../../src/operate/partners.ts'
import { dump, openNewsroom, type Newsroom } from '../newsroom.ts'
import { until } from '../redis.ts'

const feeds = {
  all: { title: 'All', select: { sections: ['News'] } },
  a: { title: 'A', access: 'partners', select: { sections: ['A'] } },
  b: { title: 'B', access: 'partners', content: 'summary', select: { sections: ['B', 'A'] } },
  c: { title: 'C', access: 'partners', select: { sections: ['C'] } },
}
const files = {
  'n.txt': dump('For everybody'),
  'a.txt': dump('Alpha', { section: 'A' }),
  'b.txt': dump('Beta', { section: 'B' }),
  'c.txt': dump('Gamma', { section: 'C' }),
}
const uriOf = (file: string) => `tag:news.example,2024:desk/${mintKey(file)}`

interface Change {
  action: string
  feeds: string[]
  article: { uri: string; pubStatus: string; headlines?: { value: string }[]; bodies?: object[] }
}

interface Told {
  status: number
  cursor: string
  changes: Change[]
}

interface Served extends Newsroom {
  wire: (token: string | undefined, query?: string) => Promise<Told>
  stream: (token: string) => Promise<Response>
  /** From the store, so far. */
  pagesRead: () => number
}

async function open(): Promise<Served> {
  const room = await openNewsroom({ feeds, files })
  await round(room.app)
  const { server } = await room.app.serve()
  const wire = async (token: string | undefined, query = '') => {
    const headers: Record<string, string> = token === undefined ? {} : { Authorization: `Bearer ${token}` }
    const response = await fetch(`http://127.0.0.1:${server.port}/wire${query}`, { headers })
    return { ...((await response.json()) as Omit<Told, 'status'>), status: response.status }
  }
  const stream = (token: string) =>
    fetch(`http://127.0.0.1:${server.port}/wire/stream`, { headers: { Authorization: `Bearer ${token}` } })
  const { views } = room.app.store
  const page = views.page.bind(views)
  let read = 0
  views.page = async question => {
    const found = await page(question)
    read++
    return found
  }
  return Object.assign(room, { wire, stream, pagesRead: () => read })
}

async function round(app: App): Promise<void> {
  await app.collect('desk')
  for (const feed of await app.behind()) await app.publish(feed)
}

const optionsOf = ({ app, now }: Newsroom) => ({ store: app.store, now })

async function enter(room: Served, name: string, given: readonly string[]): Promise<string> {
  const { token } = await addPartner(name, { feeds: given }, optionsOf(room))
  await until(async () => (await room.wire(token)).status === 200)
  return token
}

const toldBy = ({ changes }: Told) => changes.map(({ action, article }) => [action, article.uri])

describe('a partner on the wire', () => {
  it('is told of their feeds, as fully as the most generous of them, and of public ones by name', async () => {
    await using room = await open()
    const token = await enter(room, 'paper', ['a', 'b'])
    const { changes } = await room.wire(token)
    const byUri = new Map(changes.map(change => [change.article.uri, change]))
    expect([...byUri.keys()].toSorted()).toEqual([uriOf('a.txt'), uriOf('b.txt')].toSorted())
    expect(byUri.get(uriOf('a.txt'))?.feeds.toSorted()).toEqual(['a', 'b'])
    expect(byUri.get(uriOf('a.txt'))?.article.bodies).toHaveLength(1)
    expect(byUri.get(uriOf('b.txt'))?.article.bodies).toBeUndefined()
    expect(toldBy(await room.wire(token, '?feed=all'))).toEqual([['publish', uriOf('n.txt')]])
    expect(toldBy(await room.wire(undefined))).toEqual([['publish', uriOf('n.txt')]])
  })

  it('finds no feed that they have not, and whoever has no token none at all', async () => {
    await using room = await open()
    const token = await enter(room, 'paper', ['a'])
    const statuses = await Promise.all(
      ['?feed=c', '?feed=nosuch', '?feed=a&feed=c'].map(async query => [
        (await room.wire(token, query)).status,
        (await room.wire(undefined, query)).status,
      ]),
    )
    expect(statuses).toEqual([
      [404, 401],
      [404, 401],
      [404, 401],
    ])
    const other = await enter(room, 'site', ['c'])
    const { cursor } = await room.wire(token)
    expect((await room.wire(other, `?after=${cursor}`)).status).toBe(400)
  })

  it('learns behind their cursor what they were given, and what was taken', async () => {
    await using room = await open()
    const token = await enter(room, 'paper', ['a'])
    const { cursor } = await room.wire(token)
    await setPartner('paper', { feeds: ['a', 'c'] }, optionsOf(room))
    const given = await room.wire(token, `?after=${cursor}`)
    expect(toldBy(given)).toEqual([['publish', uriOf('c.txt')]])
    await setPartner('paper', { feeds: ['c'] }, optionsOf(room))
    const taken = await room.wire(token, `?after=${given.cursor}`)
    expect(toldBy(taken)).toEqual([['withhold', uriOf('a.txt')]])
    expect(taken.changes[0]?.article.headlines).toBeUndefined()
    expect(toldBy(await room.wire(token, `?after=${taken.cursor}`))).toEqual([])
    // Who was away all the time learns the same in one go.
    expect(new Set(toldBy(await room.wire(token, `?after=${cursor}`)).map(String))).toEqual(
      new Set([...toldBy(given), ...toldBy(taken)].map(String)),
    )
  })

  it('finds nothing of what was taken, though the next page was read by then', async () => {
    await using room = await open()
    const token = await enter(room, 'paper', ['a', 'c'])
    const { cursor, changes } = await room.wire(token, '?limit=1')
    const [first] = changes
    await until(() => room.pagesRead() >= 2)
    const other = first?.article.uri === uriOf('a.txt') ? { left: 'a', gone: 'c.txt' } : { left: 'c', gone: 'a.txt' }
    await setPartner('paper', { feeds: [other.left] }, optionsOf(room))
    expect(toldBy(await room.wire(token, `?limit=1&after=${cursor}`))).not.toContainEqual([
      'publish',
      uriOf(other.gone),
    ])
  })

  it('is refused a page that was read before the token was revoked', async () => {
    await using room = await open()
    const token = await enter(room, 'paper', ['a', 'c'])
    const { cursor } = await room.wire(token, '?limit=1')
    await until(() => room.pagesRead() >= 2)
    await revokeToken('paper', undefined, optionsOf(room))
    expect((await room.wire(token, `?limit=1&after=${cursor}`)).status).toBe(401)
  })

  it('is told while they wait: of what they are given, of a kill, and that the token is revoked', async () => {
    await using room = await open()
    const token = await enter(room, 'paper', ['a'])
    const { cursor } = await room.wire(token)
    const waiting = room.wire(token, `?after=${cursor}&wait=30`)
    await setPartner('paper', { feeds: ['a', 'c'] }, optionsOf(room))
    const given = await waiting
    expect(toldBy(given)).toEqual([['publish', uriOf('c.txt')]])
    const second = room.wire(token, `?after=${given.cursor}&wait=30`)
    await kill(`desk/${mintKey('a.txt')}`, 'untrue', optionsOf(room))
    const killed = await second
    expect(toldBy(killed)).toEqual([['kill', uriOf('a.txt')]])
    const third = room.wire(token, `?after=${killed.cursor}&wait=30`)
    await revokeToken('paper', undefined, optionsOf(room))
    expect((await third).status).toBe(401)
  })

  it('loses the stream with the token, and other streams go on', async () => {
    await using room = await open()
    const token = await enter(room, 'paper', ['a'])
    const other = await enter(room, 'site', ['a'])
    const [ended, goesOn] = await Promise.all([room.stream(token), room.stream(other)])
    const told = ended.text()
    await revokeToken('paper', undefined, optionsOf(room))
    expect(await told).toContain('event: publish')
    expect((await room.stream(token)).status).toBe(401)
    await room.home.write('more.txt', dump('One more', { section: 'A' }))
    await round(room.app)
    let text = ''
    for await (const piece of goesOn.body!.pipeThrough(new TextDecoderStream())) {
      text += piece
      if (text.includes('One more')) break
    }
    expect(text).toContain('One more')
  })

  it('gets the notes to editors, which nobody else does', async () => {
    await using room = await open()
    const note = 'Please check the spelling with the desk.'
    const ninjs = {
      uri: 'urn:x:1',
      type: 'text',
      version: '1',
      pubStatus: 'usable',
      headlines: [{ role: 'main', value: 'Noted' }],
      bodies: [{ role: 'main', contentType: 'text/plain', value: 'A text.' }],
      versionCreated: '2024-05-01T10:00:00Z',
      subjects: [{ name: 'News', rel: 'section' }],
      edNote: note,
    }
    await room.home.write('noted.json', JSON.stringify(ninjs))
    await round(room.app)
    const token = await enter(room, 'paper', ['all'])
    const noteIn = ({ changes }: Told) => JSON.stringify(changes).includes(note)
    expect([noteIn(await room.wire(token)), noteIn(await room.wire(undefined))]).toEqual([true, false])
    expect(JSON.stringify(await room.wire(undefined))).toContain('Noted')
  })
})
