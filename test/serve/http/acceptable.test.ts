import type { ServerResponse } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer, type RunningServer } from '../../../src/serve/http/server.ts'
import { exchange } from '../raw.ts'

const handler = ({ url }: { url?: string }, response: ServerResponse) => void response.end(url)

let server: RunningServer
beforeAll(async () => {
  server = await startServer({ host: '127.0.0.1', port: 0, handler })
})
afterAll(() => server.stop())

async function statusOf(...lines: string[]): Promise<number> {
  return (await exchange(server.port, `${lines.join('\r\n')}\r\n\r\n`)).status
}

const close = 'Connection: close'
const withBody = (length: number) => ['GET /1 HTTP/1.1', 'Host: x', `Content-Length: ${length}`].join('\r\n')

describe('the Host of a request', () => {
  it.each([
    'a.example',
    'A.Example:8080',
    'a_b.example',
    'a.example:',
    'x',
    '127.0.0.1:80',
    '[::1]',
    '[2001:db8::1]:8080',
    'a%41',
  ])('may be %s', async host => {
    expect(await statusOf('GET / HTTP/1.1', `Host: ${host}`, close)).toBe(200)
  })

  it.each([
    'a b',
    'a/b',
    'a@b',
    'a.example:x',
    'a.example:80:80',
    'a.example:123456',
    '[::1',
    '[]',
    '[::g]',
    '[1.2.3.4]',
    '::1',
    'a"b',
    'a%4',
    '<a>',
    '\u00e4',
    '',
    'a'.repeat(256),
  ])('is never “%s”', async host => {
    expect(await statusOf('GET / HTTP/1.1', `Host: ${host}`, close)).toBe(400)
  })

  it('is there once, also where both are the same, and in HTTP/1.1 it is there', async () => {
    expect(await statusOf('GET / HTTP/1.1', 'Host: x', 'Host: x', close)).toBe(400)
    expect(await statusOf('GET / HTTP/1.1', 'Host: x', 'hOST: y', close)).toBe(400)
    expect(await statusOf('GET / HTTP/1.1', close)).toBe(400)
    expect(await statusOf('GET / HTTP/1.0', 'Host: x', 'Host: x')).toBe(400)
    expect(await statusOf('GET / HTTP/1.0')).toBe(200)
  })
})

describe('the body of a request', () => {
  it.each(['gzip', 'gzip, chunked', 'identity', 'x'])('is not understood in the coding %s', async coding => {
    expect(await statusOf('POST / HTTP/1.1', 'Host: x', `Transfer-Encoding: ${coding}`)).toBe(501)
  })

  it.each([
    ['two lengths for it', ['Transfer-Encoding: chunked', 'Content-Length: 3']],
    ['the same the other way round', ['Content-Length: 3', 'Transfer-Encoding: chunked']],
    ['chunks within chunks', ['Transfer-Encoding: chunked, chunked']],
    ['an end that no coding tells', ['Transfer-Encoding: chunked, gzip']],
  ])('has not %s', async (_, lines) => {
    expect(await statusOf('POST / HTTP/1.1', 'Host: x', ...lines)).toBe(400)
  })

  it('has no coding in HTTP/1.0', async () => {
    expect(await statusOf('POST / HTTP/1.0', 'Host: x', 'Transfer-Encoding: chunked')).toBe(400)
  })

  it('may come in chunks', async () => {
    const chunked = ['POST / HTTP/1.1', 'Host: x', 'Transfer-Encoding: Chunked', close, '', '1', 'a', '0']
    expect(await statusOf(...chunked)).toBe(200)
  })

  it('is read to its end where it is short, so that the connection goes on, and else ends the connection', async () => {
    const next = 'GET /2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'
    const short = await exchange(server.port, `${withBody(3)}\r\n\r\nabc${next}`)
    expect(String(short.body)).toMatch(/^\/1HTTP[^]*\/2$/)
    const long = await exchange(server.port, `${withBody(1_000_000)}\r\n\r\nabc`)
    expect([long.headers.connection, String(long.body)]).toEqual(['close', '/1'])
  })
})

describe('the target of a request', () => {
  it('may be the server as a whole for OPTIONS, and for nothing else', async () => {
    const { status, headers, body } = await exchange(server.port, 'OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n')
    expect([status, headers.allow, body.length]).toEqual([204, 'GET, HEAD, OPTIONS', 0])
    expect(await statusOf('GET * HTTP/1.1', 'Host: x', close)).toBe(400)
  })

  it('may be written with its host', async () => {
    expect(await statusOf('GET http://a.example/x?y HTTP/1.1', 'Host: a.example', close)).toBe(200)
    expect(await statusOf('GET http:///x HTTP/1.1', 'Host: a.example', close)).toBe(400)
    expect(await statusOf('GET ftp://a.example/x HTTP/1.1', 'Host: a.example', close)).toBe(400)
  })

  it('is no tunnel', async () => {
    const { status, headers } = await exchange(server.port, 'CONNECT a.example:443 HTTP/1.1\r\nHost: a.example\r\n\r\n')
    expect([status, headers.allow]).toEqual([405, 'GET, HEAD, OPTIONS'])
  })
})
