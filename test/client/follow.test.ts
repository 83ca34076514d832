import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { mintKey } from '../../src/article.ts'
import { follow, type WireChange, type WireReset } from '../../src/client/follow.ts'
import { correct, kill } from '../../src/operate/life.ts'
import { dump, type Newsroom } from '../newsroom.ts'
import { openWire } from '../serve/wire/wire-server.ts'

const refOf = (file: string) => `desk/${mintKey(file)}`
const at = ({ app, now }: Newsroom) => ({ store: app.store, now })
const files = { 'a.txt': dump('Alpha'), 'b.txt': dump('Beta', { section: 'Sport' }) }
const feeds = { all: { title: 'All' }, sport: { title: 'Sport', select: { sections: ['Sport'] } } }

/** A server of these answers, one after the other. */
async function serveAnswers(answers: RequestListener[]) {
  const asked: { url: string; headers: Record<string, unknown> }[] = []
  const server = createServer((request, response) => {
    asked.push({ url: request.url ?? '', headers: request.headers })
    const next = answers.shift()
    if (next === undefined) response.writeHead(404).end('no more')
    else next(request, response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/wire`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function answer(status: number, body: unknown, headers: Record<string, string> = {}): RequestListener {
  return (_request, response) => response.writeHead(status, headers).end(JSON.stringify(body))
}

async function all(changes: AsyncIterable<WireChange | WireReset>): Promise<string[]> {
  const seen: string[] = []
  try {
    for await (const change of changes) seen.push(change.action)
  } catch (error) {
    seen.push(String(error).slice(0, 33))
  }
  return seen
}

const change = (action: string, cursor: string) => ({ action, cursor, feeds: [], article: { uri: 'tag:x' } })

describe('follow', () => {
  it('yields the view and then what comes, until it is stopped', async () => {
    await using opened = await openWire({ files, feeds })
    const { room, server } = opened
    const over = new AbortController()
    const seen: string[] = []
    let cursor = ''
    for await (const each of follow(`${server.url}/wire`, { signal: over.signal, limit: 1 })) {
      seen.push(each.action)
      if ('cursor' in each) ({ cursor } = each)
      if (seen.length === 2) await kill(refOf('a.txt'), 'untrue', at(room))
      if (seen.length === 3) over.abort()
    }
    expect(seen).toEqual(['publish', 'publish', 'kill'])
    await correct(refOf('b.txt'), 'Wrong.', at(room))
    for await (const each of follow(`${server.url}/wire`, { after: cursor })) {
      expect(each).toMatchObject({ action: 'correct', reason: 'Wrong.', feeds: ['all', 'sport'] })
      break
    }
  })

  it('says that all is void, and begins anew, where the wire has lost its cursor', async () => {
    await using opened = await openWire({ ownRedis: true, files, feeds })
    const { room, server } = opened
    const { cursor } = await server.page({ feed: 'sport' })
    await room.redis.client().flushall()
    await room.app.declare()
    await room.app.collect('desk')
    const seen: string[] = []
    for await (const each of follow(`${server.url}/wire`, { feeds: ['sport'], after: cursor })) {
      seen.push(each.action)
      if (seen.length === 2) break
    }
    expect(seen).toEqual(['reset', 'publish'])
  })

  it('tries again what fails, when the server says or after a pause, from where it stands', async () => {
    await using server = await serveAnswers([
      answer(200, { cursor: 'c1', changes: [change('publish', 'c1')], more: false }),
      answer(503, {}, { 'Retry-After': '0' }),
      (_request, response) => response.destroy(),
      answer(429, {}, { 'Retry-After': '0' }),
      answer(200, 'no page'),
      answer(200, { cursor: 'c2', changes: [change('update', 'c2')], more: false }),
    ])
    const pauses: number[] = []
    const onTrouble = (_error: Error, pause: number) => void pauses.push(pause)
    const options = { token: 'fw_x', feeds: ['a', 'b'], onTrouble }
    expect(await all(follow(server.url, options))).toEqual(['publish', 'update', 'WireRefusal: the wire answers 404'])
    expect(pauses.map(pause => pause > 0)).toEqual([false, true, false, true])
    expect(server.asked.map(({ url }) => url)).toEqual([
      '/wire?feed=a&feed=b&wait=30',
      ...Array<string>(5).fill('/wire?feed=a&feed=b&after=c1&wait=30'),
      '/wire?feed=a&feed=b&after=c2&wait=30',
    ])
    expect(server.asked.map(({ headers }) => headers['authorization'])).toEqual(Array(7).fill('Bearer fw_x'))
  })

  it('gives up where trying again would not help', async () => {
    await using server = await serveAnswers([answer(401, {}), answer(400, {}), answer(410, { detail: 'gone' })])
    for (const status of [401, 400, 410]) {
      expect(await all(follow(server.url))).toEqual([`WireRefusal: the wire answers ${status}`])
    }
  })

  it('is one file that needs no other', async () => {
    const { readFile } = await import('node:fs/promises')
    expect(await readFile(new URL('../../src/client/follow.ts', import.meta.url), 'utf8')).not.toMatch(
      /^\s*(import|export .* from)\b/m,
    )
  })
})
