import { createServer, IncomingMessage } from 'node:http'
import { connect, Socket, type AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { mintKey } from '../../../src/article.ts'
import { correct, kill } from '../../../src/operate/life.ts'
import { Stream } from '../../../src/serve/wire/stream.ts'
import { dump, type Newsroom } from '../../newsroom.ts'
import { until } from '../../redis.ts'
import { openStream } from './event-stream.ts'
import { openWire, type WireChange } from './wire-server.ts'

const refOf = (file: string) => `desk/${mintKey(file)}`
const sections = (...names: string[]) => ({ title: 'Some', select: { sections: names } })
const at = ({ app, now }: Newsroom) => ({ store: app.store, now })

const files = { 'a.txt': dump('Alpha'), 'b.txt': dump('Beta', { section: 'Sport' }) }
const feeds = { news: sections('News'), sport: sections('Sport') }
const soon = () => performance.now() + 20_000

describe('/wire/stream', () => {
  it('tells the view and then what comes, the changes of /wire with the cursor as id and the action as event', async () => {
    await using opened = await openWire({ files, feeds })
    const { room, server } = opened
    const { changes } = await server.page()
    await using stream = await openStream(`${server.url}/wire/stream`)
    expect(stream.headers.get('content-type')).toBe('text/event-stream')
    expect(stream.headers.get('x-accel-buffering')).toBe('no')
    const first = await stream.take(2)
    expect(stream.retry).toBe(2000)
    expect(first.map(({ id, event, data }) => [id, event, JSON.parse(data)])).toEqual(
      changes.map(change => [change.cursor, change.action, change]),
    )
    await kill(refOf('a.txt'), 'untrue', at(room))
    const [event] = await stream.take(1)
    expect(event).toMatchObject({ event: 'kill' })
    expect((JSON.parse(event!.data) as WireChange).article.pubStatus).toBe('canceled')
  })

  it('goes on behind Last-Event-ID, which wins over after', async () => {
    await using opened = await openWire({ files, feeds })
    const { server } = opened
    const [first, second] = (await server.page()).changes
    await using stream = await openStream(`${server.url}/wire/stream?after=${second!.cursor}`, {
      'Last-Event-ID': first!.cursor,
    })
    expect((await stream.take(1)).map(({ id }) => id)).toEqual([second!.cursor])
  })

  it('beats with the cursor and the digest of the view', async () => {
    await using opened = await openWire({ files, feeds })
    const { server } = opened
    const { body } = await server.get('/wire/digest?feed=news')
    await using stream = await openStream(`${server.url}/wire/stream?feed=news`)
    await stream.take(1)
    await until(() => server.desk.room.size === 1)
    await server.desk.streams.look(soon())
    const [beat] = await stream.take(1)
    expect(beat!.event).toBe('heartbeat')
    expect(JSON.parse(beat!.data)).toEqual(body)
    expect(beat!.id).toBe((body as { cursor: string }).cursor)
  })

  it('is told anew behind the event reset where its cursor is lost, and is refused one that was never given', async () => {
    await using opened = await openWire({ ownRedis: true, files, feeds })
    const { room, server } = opened
    await correct(refOf('a.txt'), 'Wrong.', at(room))
    const { cursor } = await server.page()
    await room.redis.client().flushall()
    await room.app.declare()
    await room.app.collect('desk')
    await using stream = await openStream(`${server.url}/wire/stream?after=${cursor}`)
    expect((await stream.take(3)).map(({ event }) => event)).toEqual(['reset', 'publish', 'publish'])
    expect((await server.get('/wire/stream?after=rubbish')).status).toBe(400)
    expect((await server.get('/wire/stream?limit=5')).status).toBe(400)
    expect((await server.get('/wire/stream?feed=none')).status).toBe(401)
  })

  it('makes a frame once for all who get the same', async () => {
    await using opened = await openWire({ files, feeds })
    const { room, server } = opened
    const streams = await Promise.all(Array.from({ length: 20 }, () => openStream(`${server.url}/wire/stream`)))
    await Promise.all(streams.map(stream => stream.take(2)))
    await until(() => server.desk.room.size === 20)
    const { views } = room.app.store
    let questions = 0
    const page = views.page.bind(views)
    views.page = question => {
      questions++
      return page(question)
    }
    await correct(refOf('a.txt'), 'Wrong.', at(room))
    const told = await Promise.all(streams.map(stream => stream.next()))
    expect([new Set(told.map(event => event?.data)).size, questions]).toEqual([1, 1])
    for (const stream of streams) await stream[Symbol.asyncDispose]()
    await until(() => server.desk.room.size === 0)
  })

  it('asks nothing when it comes again where others stand', async () => {
    await using opened = await openWire({ files, feeds })
    const { room, server } = opened
    const { cursor } = await server.page()
    await using first = await openStream(`${server.url}/wire/stream?after=${cursor}`)
    await until(() => server.desk.room.size === 1)
    // It stands where the wire does once the room has heard of that.
    await correct(refOf('b.txt'), 'Wrong.', at(room))
    const [event] = await first.take(1)
    await until(() => server.desk.room.size === 1)
    const { views } = room.app.store
    const page = views.page.bind(views)
    views.page = () => Promise.reject(new Error('asked'))
    await using second = await openStream(`${server.url}/wire/stream`, { 'Last-Event-ID': event!.id! })
    expect([second.status, server.desk.room.size]).toEqual([200, 2])
    views.page = page
    await correct(refOf('a.txt'), 'Wrong.', at(room))
    expect((await second.take(1))[0]?.data).toBe((await first.take(1))[0]?.data)
  })

  it('takes up in order what comes in a burst', async () => {
    await using opened = await openWire({ files, feeds: { all: { title: 'All' } } })
    const { room, server } = opened
    await using stream = await openStream(`${server.url}/wire/stream`)
    await stream.take(2)
    for (let i = 0; i < 250; i++) await room.home.write(`${i}.txt`, dump(`Story ${i}`))
    await room.app.collect('desk')
    const told = await stream.take(250)
    const uris = told.map(({ data }) => (JSON.parse(data) as WireChange).article.uri)
    expect(new Set(uris).size).toBe(250)
    const { changes } = await server.page({ limit: 500 })
    expect(uris).toEqual(changes.slice(2).map(({ article }) => article.uri))
  })

  it('cuts off who leaves more than a megabyte unread', async () => {
    await using opened = await openWire({ files, feeds })
    const { desk } = opened.server
    const asker = desk.askerOf(new IncomingMessage(new Socket()))
    const watch = desk.watch(asker, { limit: 1, wait: 0, version: '3.1' }, 'stream')
    const cut = new Promise<boolean[]>(resolve => {
      const server = createServer((_request, response) => {
        const stream = new Stream(desk.streaming, { asker, watch, response })
        // More than the system takes for a client that reads nothing.
        const written = [stream.write('a little'), stream.write(Buffer.alloc(100_000_000))]
        response.once('close', () => {
          server.close()
          resolve([...written, stream.isClosed])
        })
      }).listen(0, '127.0.0.1', () => {
        const { port } = server.address() as AddressInfo
        const socket = connect(port, '127.0.0.1').on('error', () => undefined)
        socket.pause()
        socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
      })
    })
    expect(await cut).toEqual([true, false, true])
  })

  it('is ended after ten minutes, and within a second when the process drains', async () => {
    await using opened = await openWire({ files, feeds })
    const { server } = opened
    await using old = await openStream(`${server.url}/wire/stream`)
    await old.take(2)
    await server.desk.streams.look(performance.now() + 700_000)
    expect(await old.next()).toBeUndefined()
    await using young = await openStream(`${server.url}/wire/stream`)
    await young.take(2)
    server.desk.drain()
    expect(await young.next()).toBeUndefined()
    expect((await server.get('/wire/stream')).status).toBe(503)
  })
})
