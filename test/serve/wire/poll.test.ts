import { describe, expect, it } from 'vitest'
import { mintKey } from '../../../src/article.ts'
import { correct, kill } from '../../../src/operate/life.ts'
import { dump, type Newsroom } from '../../newsroom.ts'
import { until } from '../../redis.ts'
import { openWire, type WireDocument, type WireServer } from './wire-server.ts'

const refOf = (file: string) => `desk/${mintKey(file)}`
const sections = (...names: string[]) => ({ title: 'Some', select: { sections: names } })
const at = ({ app, now }: Newsroom) => ({ store: app.store, now })

const files = { 'a.txt': dump('Alpha'), 'b.txt': dump('Beta', { section: 'Sport' }) }
const feeds = { news: sections('News'), sport: sections('Sport') }

/** Asks, and resolves `held` once it waits. */
function poll({ url, desk }: WireServer, query: string) {
  const before = desk.room.size
  const answer = fetch(`${url}/wire?${query}`).then(async response => (await response.json()) as WireDocument)
  return { answer, held: until(() => desk.room.size > before) }
}

describe('a long poll', () => {
  it('is answered at once where there is something, and from nothing', async () => {
    await using opened = await openWire({ files, feeds })
    const { changes } = await opened.server.page({ wait: 30 })
    expect(changes).toHaveLength(2)
    expect((await opened.server.page({ wait: 30, after: changes[0]!.cursor })).changes).toHaveLength(1)
  })

  it('waits for what comes into its view, and for nothing else', async () => {
    await using opened = await openWire({ files, feeds })
    const { room, server } = opened
    const { cursor } = await server.page({ feed: 'news' })
    const { answer, held } = poll(server, `feed=news&wait=30&after=${cursor}`)
    await held
    await correct(refOf('b.txt'), 'Not for this feed.', at(room))
    await kill(refOf('a.txt'), 'untrue', at(room))
    expect((await answer).changes).toMatchObject([{ action: 'kill', reason: 'untrue' }])
    await until(() => server.desk.room.size === 0)
  })

  it('is told an empty page in time, with a cursor that is good and, where nothing came, the same', async () => {
    await using opened = await openWire({ files, feeds })
    const { room, server } = opened
    const { cursor } = await server.page({ feed: 'news' })
    expect(await server.page({ feed: 'news', wait: 1, after: cursor })).toEqual({ cursor, changes: [], more: false })
    const { answer, held } = poll(server, `feed=news&wait=1&after=${cursor}`)
    await held
    await correct(refOf('b.txt'), 'Not for this feed.', at(room))
    const { cursor: later, changes } = await answer
    expect(changes).toEqual([])
    await kill(refOf('a.txt'), 'untrue', at(room))
    expect((await server.page({ feed: 'news', after: later })).changes).toHaveLength(1)
  })

  it('shares one question with all who wait for the same, and costs none while nothing changes', async () => {
    await using opened = await openWire({ files, feeds })
    const { room, server } = opened
    const { cursor } = await server.page()
    const polls = Array.from({ length: 50 }, () => fetch(`${server.url}/wire?wait=30&after=${cursor}`))
    await until(() => server.desk.room.size === 50)
    const { views } = room.app.store
    let questions = 0
    const page = views.page.bind(views)
    views.page = question => {
      questions++
      return page(question)
    }
    await correct(refOf('a.txt'), 'Wrong.', at(room))
    const answers = await Promise.all((await Promise.all(polls)).map(response => response.text()))
    expect([new Set(answers).size, questions]).toEqual([1, 1])
  })

  it('ends with its connection', async () => {
    await using opened = await openWire({ files, feeds })
    const { server } = opened
    const { cursor } = await server.page()
    const over = new AbortController()
    const cut = fetch(`${server.url}/wire?wait=30&after=${cursor}`, { signal: over.signal }).catch(() => 'cut')
    await until(() => server.desk.room.size === 1)
    over.abort()
    expect(await cut).toBe('cut')
    await until(() => server.desk.room.size === 0)
  })

  it('is answered when the process drains', async () => {
    await using opened = await openWire({ files, feeds })
    const { server } = opened
    const { cursor } = await server.page()
    const { answer, held } = poll(server, `wait=30&after=${cursor}`)
    await held
    server.desk.drain()
    expect(await answer).toEqual({ cursor, changes: [], more: false })
  })

  it('is told although the message of the commit is lost, by the look of each second', async () => {
    await using opened = await openWire({ files, feeds })
    const { room, server } = opened
    const { cursor } = await server.page()
    const { answer, held } = poll(server, `wait=30&after=${cursor}`)
    await held
    server.desk.room.hear = () => undefined
    await correct(refOf('a.txt'), 'Wrong.', at(room))
    expect((await answer).changes).toHaveLength(1)
  })

  it('learns that its feed is for partners from now on', async () => {
    await using opened = await openWire({ files, feeds })
    const { room, server } = opened
    const { cursor } = await server.page({ feed: 'news' })
    const answer = fetch(`${server.url}/wire?feed=news&wait=30&after=${cursor}`)
    await until(() => server.desk.room.size === 1)
    await room.home.writeFeed('news', { ...sections('News'), access: 'partners' })
    await room.openApp()
    expect((await answer).status).toBe(401)
  })
})
