import { spawn } from 'node:child_process'
import { connect } from 'node:net'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { pino } from 'pino'
import { describe, expect, test } from 'vitest'
import { startServer, type Limits } from '../../../src/serve/http/server.ts'
import { UsageError } from '../../../src/errors.ts'
import { ask } from '../raw.ts'

const local = { host: '127.0.0.1', port: 0 }
const ok = (_request: unknown, response: ServerResponse) => void response.end('ok')
const okOrNever = ({ url }: IncomingMessage, response: ServerResponse) => {
  if (url === '/') response.end('ok')
}

const fields = (count: number) => Array.from({ length: count }, (_, i) => `X-${i}: y`)

test('says which address is taken, and what to set', async () => {
  await using first = await startServer({ ...local, handler: ok })
  const second = startServer({ ...local, port: first.port, handler: ok })
  await expect(second).rejects.toThrow(UsageError)
  await expect(second).rejects.toThrow(`Cannot listen on 127.0.0.1 port ${first.port}: another program listens there.`)
})

test('says when the host is none of this machine', async () => {
  await expect(startServer({ handler: ok, host: '192.0.2.1', port: 0 })).rejects.toThrow(
    'Cannot listen on 192.0.2.1 port 0',
  )
})

test('refuses too many fields rather than drop the last of them, too long targets, too long heads', async () => {
  await using server = await startServer({ ...local, handler: ok })
  expect((await ask(server.port, '/', fields(90))).status).toBe(200)
  expect((await ask(server.port, '/', fields(101))).status).toBe(431)
  expect((await ask(server.port, '/', fields(900))).status).toBe(431)
  expect((await ask(server.port, `/${'a'.repeat(5000)}`)).status).toBe(414)
  expect((await ask(server.port, `/${'a'.repeat(17_000)}`)).status).toBe(431)
  expect((await ask(server.port, '/', [`X: ${'y'.repeat(17_000)}`])).status).toBe(431)
})

describe('who is slow is cut off', () => {
  const body = Buffer.alloc(20_000_000, 'x')
  const request = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'

  const slow: [how: string, sent: string, limits: Partial<Limits>][] = [
    ['a client that sends nothing', '', { headTime: 200 }],
    ['one that sends half a head', 'GET / HTTP/1.1\r\nHost: loc', { headTime: 200 }],
    ['one that sends a head for ever, a byte at a time', 'GET / HTTP/1.1\r\nX: ', { headTime: 200 }],
    [
      'one that does not send the body that it said',
      'POST /late HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc',
      { headTime: 200, requestTime: 200 },
    ],
    ['one that waits for the next thing to ask', request, { keepAlive: 200 }],
    ['one whose answer never comes', request.replace('/', '/late'), { idle: 200 }],
  ]
  test.each(slow)('%s', async (how, sent, limits) => {
    await using server = await startServer({ ...local, limits: { ...limits, look: 50 }, handler: okOrNever })
    const socket = connect(server.port, '127.0.0.1').resume()
    socket.on('error', () => undefined)
    const dripping = setInterval(() => how.includes('for ever') && socket.write('x'), 50)
    socket.write(sent)
    expect(await once(socket, 'close')).toBeDefined()
    clearInterval(dripping)
  })

  test.each([
    ['one that does not read what it asked for', 0],
    ['one that reads no more than a byte now and then', 1],
  ])('%s', async (_how, bytes) => {
    let cutOff: Promise<unknown> | undefined
    const handler = ({ socket: end }: IncomingMessage, response: ServerResponse) => {
      cutOff ??= once(end, 'close')
      response.end(body)
    }
    await using server = await startServer({ ...local, limits: { readTime: 200, readRate: 1e9, look: 50 }, handler })
    const socket = connect(server.port, '127.0.0.1').pause()
    socket.on('error', () => undefined)
    socket.write(request.repeat(50))
    const dripping = setInterval(() => bytes > 0 && socket.read(bytes), 20)
    await expect.poll(() => cutOff !== undefined).toBe(true)
    expect(await cutOff).toBeDefined()
    clearInterval(dripping)
    socket.destroy()
  })

  test('but not one that takes its time', async () => {
    await using server = await startServer({
      ...local,
      limits: { readTime: 60_000, look: 50 },
      handler: (_request, response) => void response.end(body),
    })
    const socket = connect(server.port, '127.0.0.1')
    socket.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
    let received = 0
    for await (const chunk of socket) {
      received += Buffer.from(chunk).length
      await new Promise(resolve => void setImmediate(resolve))
    }
    expect(received).toBeGreaterThan(body.length)
  })
})

test('closes connections beyond its limit, and takes others again when there is room', async () => {
  await using server = await startServer({ ...local, limits: { connections: 2 }, handler: ok })
  const sockets = [connect(server.port, '127.0.0.1'), connect(server.port, '127.0.0.1')]
  for (const socket of sockets) await once(socket, 'connect')
  const status = () =>
    ask(server.port, '/').then(
      response => response.status,
      () => undefined,
    )
  expect(await status()).not.toBe(200)
  for (const socket of sockets) socket.destroy()
  await expect.poll(status).toBe(200)
})

test('keeps a connection for longer than the proxies in front of it', async () => {
  await using server = await startServer({ ...local, handler: ok })
  const { headers } = await fetch(`http://127.0.0.1:${server.port}/`)
  expect(headers.get('keep-alive')).toBe('timeout=65')
})

/** Sooner than a connection is closed that is only waited for, which takes a minute. */
const idle = 50_000

test('stops at once when nobody is connected', async () => {
  const server = await startServer({ ...local, handler: ok })
  await Promise.all([server.stop(), server.stop()])
  await expect(ask(server.port, '/')).rejects.toThrow('ECONNREFUSED')
})

/** A connection without a request: the server closes it as soon as it no longer waits for idle ones. */
async function openIdle(port: number): Promise<{ closed: Promise<unknown> }> {
  const socket = connect(port, '127.0.0.1').resume()
  await once(socket, 'connect')
  return { closed: once(socket, 'close') }
}

test('ends a running request whole, and tells its client to leave', async () => {
  const waiting: ServerResponse[] = []
  const server = await startServer({ ...local, handler: (_request, response) => void waiting.push(response) })
  const running = fetch(`http://127.0.0.1:${server.port}/`)
  const { closed } = await openIdle(server.port)
  await expect.poll(() => waiting.length).toBe(1)
  const stopped = server.stop()
  await expect(ask(server.port, '/')).rejects.toThrow('ECONNREFUSED')
  await closed
  waiting[0]?.end('all of it')
  const response = await running
  expect([response.headers.get('connection'), await response.text()]).toEqual(['close', 'all of it'])
  await stopped
})

test('sends to the end what a slow reader has asked for', async () => {
  const body = Buffer.alloc(20_000_000, 'x')
  const server = await startServer({ ...local, handler: (_request, response) => void response.end(body) })
  const { closed } = await openIdle(server.port)
  const socket = connect(server.port, '127.0.0.1')
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
  await once(socket, 'readable')
  const stopped = server.stop()
  await closed
  let received = 0
  for await (const chunk of socket) received += Buffer.from(chunk).length
  await stopped
  expect(received).toBeGreaterThan(body.length)
})

test(
  'closes connections that wait, also those that never sent a byte, without waiting for them',
  async () => {
    const server = await startServer({ ...local, handler: ok })
    const silent = connect(server.port, '127.0.0.1')
    const kept = connect(server.port, '127.0.0.1')
    kept.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
    await once(kept, 'data')
    await Promise.all([server.stop(), once(silent, 'close'), once(kept.resume(), 'close')])
    expect([silent.destroyed, kept.destroyed]).toEqual([true, true])
  },
  idle,
)

test('cuts no request off when it stops under load', async () => {
  let heard = 0
  const handler: typeof ok = (request, response) => {
    heard += 1
    ok(request, response)
  }
  const server = await startServer({ ...local, handler })
  const faults: unknown[] = []
  let answered = 0
  const client = async () => {
    for (;;) {
      try {
        expect(await (await fetch(`http://127.0.0.1:${server.port}/`)).text()).toBe('ok')
        answered += 1
      } catch (error) {
        return void faults.push(error)
      }
    }
  }
  const clients = Promise.all(Array.from({ length: 20 }, client))
  await expect.poll(() => answered).toBeGreaterThan(200)
  await server.stop()
  await clients
  // Whom the system had let in and the server had not heard yet, it turns away.
  for (const fault of faults)
    expect(fault).toMatchObject({ cause: { code: expect.stringMatching(/ECONNREFUSED|ECONNRESET/) } })
  expect(answered).toBe(heard)
})

describe('connections that are closed unheard', () => {
  test('are told once, with what to do, and when it is over; and counted', async () => {
    const lines: string[] = []
    const log = pino({ base: null, timestamp: false }, { write: line => void lines.push(line) })
    await using server = await startServer({ ...local, limits: { connections: 1, look: 50 }, handler: ok, log })
    const held = connect(server.port, '127.0.0.1')
    await once(held, 'connect')
    for (let i = 0; i < 3; i++) await once(connect(server.port, '127.0.0.1').resume(), 'close')
    await expect.poll(() => lines.length).toBe(2)
    held.destroy()
    expect(lines[0]).toContain('closed unheard')
    expect(lines[0]).toContain('ulimit -n')
    expect(lines[1]).toContain('"turnedAway":3')
    expect(server.turnedAway()).toBe(3)
  })

  test('for want of files too', async () => {
    // Node raises the soft limit to the hard one: both are set.
    const args = ['-c', 'ulimit -n 60; exec "$0" --input-type=module -e "$1"', process.execPath, fewFiles]
    const child = spawn('sh', args, { stdio: ['pipe', 'pipe', 'inherit'] })
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
    const next = async () => String((await lines.next()).value)
    const port = Number(await next())
    const held = Array.from({ length: 80 }, () => connect(port, '127.0.0.1').on('error', () => undefined))
    expect(await next()).toContain('no open file is left for them; allow more by `ulimit -n`')
    for (const socket of held) socket.destroy()
    expect(await next()).toContain('connections are taken again')
    child.kill()
    await once(child, 'close')
  })
})

const fewFiles = `
  import { pino } from 'pino'
  import { startServer } from '${new URL('../../../dist/serve/http/server.js', import.meta.url).href}'
  const handler = (_request, response) => void response.end('ok')
  const server = await startServer({ host: '127.0.0.1', port: 0, handler, log: pino(), limits: { look: 50 } })
  console.log(server.port)
`
