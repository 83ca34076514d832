import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ask, atomFeed, expectPoll, page, sourceAt, startSite, type Site } from './site.ts'

const feed = atomFeed('One')
const impatience = { connect: 2_000, headers: 10_000, whole: 300 }
let site: Site

beforeEach(async () => {
  site = await startSite()
})

afterEach(() => site[Symbol.asyncDispose]())

function trouble(path: string, maxBytes = 10_000): Promise<string> {
  const polling = ask(sourceAt(`${site.origin}${path}`, { maxBytes }), undefined, { patience: impatience })
  return expectPoll('failed', polling).then(({ error }) => error.message)
}

describe('a body', () => {
  it.each([
    ['gzip', gzipSync(feed)],
    ['x-gzip', gzipSync(feed)],
    ['BR', brotliCompressSync(feed)],
    ['identity', Buffer.from(feed)],
  ])('is unpacked: %s', async (coding, body) => {
    site.answers['/feed'] = page(body, { 'content-encoding': coding })
    const { pages } = await expectPoll('fresh', ask(sourceAt(`${site.origin}/feed`)))
    expect(pages.map(String)).toEqual([feed])
  })

  it.each([
    ['plain', '', Buffer.alloc(10_001)],
    ['gzip', 'gzip', gzipSync(Buffer.alloc(100_000_000))],
    ['brotli', 'br', brotliCompressSync(Buffer.alloc(100_000_000))],
  ])('is refused at the first byte beyond what the source allows: %s', async (_, coding, body) => {
    site.answers['/feed'] = page(body, coding ? { 'content-encoding': coding } : {})
    const before = process.memoryUsage().arrayBuffers
    expect(await trouble('/feed')).toMatch(/cannot be read: it is larger than 10000 bytes$/)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000)
  })

  it('of exactly the size that is allowed is taken', async () => {
    const body = Buffer.from(feed)
    site.answers['/feed'] = page(body)
    expect(await ask(sourceAt(`${site.origin}/feed`, { maxBytes: body.length }))).toHaveProperty('kind', 'fresh')
  })

  it.each(['deflate', 'zstd', 'gzip, gzip'])('packed as nobody asked for is refused: %s', async coding => {
    site.answers['/feed'] = page('x', { 'content-encoding': coding })
    expect(await trouble('/feed')).toContain('packed in a way that was not asked for')
  })

  it('that is cut off is not taken for the whole', async () => {
    site.answers['/feed'] = page(gzipSync(feed.repeat(10)).subarray(0, 100), { 'content-encoding': 'gzip' })
    expect(await trouble('/feed')).toContain('unexpected end of file')
    site.answers['/short'] = response => {
      response.writeHead(200, { 'content-length': '1000' })
      response.write('x', () => response.destroy())
    }
    expect(await trouble('/short')).toMatch(/cannot be read: /)
  })

  it('that drips without end is given up in time', async () => {
    site.answers['/feed'] = response => {
      response.writeHead(200)
      const drip = setInterval(() => response.write('x'), 20)
      response.on('close', () => clearInterval(drip))
    }
    expect(await trouble('/feed')).toMatch(/no complete answer within 0\.3 seconds$/)
  })

  it('that floods without end is given up by size', async () => {
    site.answers['/feed'] = response => {
      response.writeHead(200)
      const flood = (): void =>
        void (response.write(Buffer.alloc(65_536)) ? setImmediate(flood) : response.once('drain', flood))
      flood()
    }
    expect(await trouble('/feed')).toContain('larger than 10000 bytes')
  })
})

describe('an answer', () => {
  it('that never begins is given up in time', async () => {
    site.answers['/feed'] = () => {}
    expect(await trouble('/feed')).toMatch(/no complete answer within 0\.3 seconds$/)
  })

  it('with more than 64 kB of headers is refused', async () => {
    site.answers['/feed'] = page(feed, { 'x-flood': 'x'.repeat(70_000) })
    expect(await trouble('/feed')).toMatch(/[Hh]eaders? [Oo]verflow/)
  })

  it('of headers without end is refused by size', async () => {
    const flood = (socket: Socket): void => {
      if (socket.destroyed) return
      if (socket.write(`x-flood: ${'x'.repeat(1000)}\r\n`)) setImmediate(flood, socket)
      else socket.once('drain', () => flood(socket))
    }
    const message = await troubleWith(socket => void socket.write('HTTP/1.1 200 OK\r\n', () => flood(socket)))
    expect(message).toMatch(/[Hh]eaders? [Oo]verflow/)
  })

  it('that is no HTTP is a failure', async () => {
    expect(await troubleWith(socket => void socket.end('SSH-2.0-x\r\n'))).toMatch(/cannot be read: .*HTTP/)
  })
})

/** What a poll says of a server that does this with each connection. */
async function troubleWith(serve: (socket: Socket) => void): Promise<string> {
  const server = createServer(socket => serve(socket.on('error', () => {}))).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const { error } = await expectPoll('failed', ask(sourceAt(`http://127.0.0.1:${port}/`)))
  server.close()
  return error.message
}
