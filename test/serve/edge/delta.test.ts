import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { kill } from '../../../src/operate/life.ts'
import { dump, openNewsroom, type Newsroom } from '../../newsroom.ts'
import { validate } from '../../publish/validate.ts'
import { until } from '../../redis.ts'
import { ask, type RawResponse } from '../raw.ts'

let room: Newsroom
let port: number
beforeEach(async () => {
  const files = Object.fromEntries(['Alpha', 'Beta', 'Gamma'].map(name => [`${name}.txt`, dump(name)]))
  room = await openNewsroom({ files, feeds: { all: { title: 'All', limit: 4 } } })
  await room.app.collect('desk')
  await room.app.publish('all')
  port = (await room.app.serve()).server.port
  await until(async () => (await get()).status === 200)
})
afterEach(() => room[Symbol.asyncDispose]())

function get(...lines: string[]): Promise<RawResponse> {
  return ask(port, '/feeds/all.json', lines)
}

async function tagOf(): Promise<string> {
  return (await get()).headers['etag'] ?? ''
}

/** Waits until this edge has it: after a kill it shows for a moment one that it has cut itself, which nobody else knows. */
async function publish(): Promise<void> {
  room.now += 60_000
  await room.app.collect('desk')
  const published = await room.app.publish('all')
  const etag = published.find(({ format }) => format === 'json')?.etag
  await until(async () => (await tagOf()) === etag)
}

function titlesIn(body: Buffer): string[] {
  return (JSON.parse(body.toString()) as { items: { title: string }[] }).items.map(({ title }) => title).toSorted()
}

const wanted = 'A-IM: feed'

describe('a delta (RFC 3229, `A-IM: feed`)', () => {
  it('tells what has changed since the edition that the reader has', async () => {
    const tag = await tagOf()
    await room.home.write('Delta.txt', dump('Delta'))
    await room.home.write('Beta.txt', dump('Beta, corrected'))
    await publish()
    const { status, headers, body } = await get(wanted, `If-None-Match: ${tag}`)
    expect(status).toBe(226)
    expect(titlesIn(body)).toEqual(['Beta, corrected', 'Delta'])
    expect(headers).toMatchObject({
      im: 'feed',
      'delta-base': tag,
      'cache-control': 'no-store',
      etag: await tagOf(),
      'content-length': String(body.length),
    })
    expect(headers['vary']).toContain('A-IM')
  })

  it.each(['rss', 'atom', 'json'] as const)('is a valid document of its own in %s', async format => {
    const tag = (await ask(port, `/feeds/all.${format}`)).headers['etag']
    await room.home.write('Delta.txt', dump('Delta <b>& more'))
    await publish()
    const { status, body } = await ask(port, `/feeds/all.${format}`, [wanted, `If-None-Match: ${tag}`])
    expect([status, validate(format, body.toString())]).toEqual([226, []])
    expect(body.toString()).not.toContain('Gamma')
  })

  it('is compressed as the reader likes it, and grows with the age of what the reader has', async () => {
    const first = await get('Accept-Encoding: gzip')
    await room.home.write('Delta.txt', dump('Delta'))
    await publish()
    await room.home.write('Alpha.txt', dump('Alpha, again'))
    await publish()
    const { headers, body } = await get(wanted, `If-None-Match: ${first.headers['etag']}`, 'Accept-Encoding: gzip')
    expect(headers['content-encoding']).toBe('gzip')
    expect(titlesIn(gunzipSync(body))).toEqual(['Alpha, again', 'Delta'])
  })

  it('is nothing where nothing has changed', async () => {
    expect((await get(wanted, `If-None-Match: ${await tagOf()}`)).status).toBe(304)
  })

  it('is told from the newest edition that the reader names', async () => {
    const old = await tagOf()
    await room.home.write('Delta.txt', dump('Delta'))
    await publish()
    const newer = await tagOf()
    await room.home.write('Alpha.txt', dump('Alpha, again'))
    await publish()
    const { body, headers } = await get(wanted, `If-None-Match: ${old}, W/${newer}, "${'x'.repeat(22)}"`)
    expect(titlesIn(body)).toEqual(['Alpha, again'])
    expect(headers['delta-base']).toBe(newer)
  })

  it('does not count as taken away what newer articles have pushed out', async () => {
    const tag = await tagOf()
    for (const name of ['Delta', 'Epsilon', 'Zeta'])
      await room.home.write(`${name}.txt`, dump(name, { date: '02/05/2024 10h00' }))
    await publish()
    const { status, body } = await get(wanted, `If-None-Match: ${tag}`)
    expect(status).toBe(226)
    expect(titlesIn(body)).toEqual(['Delta', 'Epsilon', 'Zeta'])
  })

  it('gives way to the whole where an article was taken away since, also for later deltas', async () => {
    const tag = await tagOf()
    const [head] = await room.app.store.articles.list({ limit: 1 })
    await kill(`${head?.source}/${head?.key}`, 'untrue', { store: room.app.store, now: room.now })
    await publish()
    const after = await tagOf()
    await room.home.write('Delta.txt', dump('Delta'))
    await publish()
    expect((await get(wanted, `If-None-Match: ${tag}`)).status).toBe(200)
    expect((await get(wanted, `If-None-Match: ${after}`)).status).toBe(226)
  })

  it.each([
    ['an unknown tag', [wanted, `If-None-Match: "${'x'.repeat(22)}"`]],
    ['another manipulation', ['A-IM: vcdiff', 'If-None-Match: TAG']],
    ['a refusal', ['A-IM: feed;q=0', 'If-None-Match: TAG']],
    ['no tag', [wanted]],
    ['a date alone', [wanted, 'If-Modified-Since: Mon, 01 Jan 2024 00:00:00 GMT']],
    ['any', [wanted, 'If-None-Match: nonsense']],
  ])('is not given for %s', async (_, lines) => {
    const tag = await tagOf()
    await room.home.write('Delta.txt', dump('Delta'))
    await publish()
    const { status, body } = await get(...lines.map(line => line.replace('TAG', tag)))
    expect([status, titlesIn(body)]).toEqual([200, ['Alpha', 'Beta', 'Delta', 'Gamma']])
  })

  it('is known to an edge that was started later, for a week', async () => {
    const tag = await tagOf()
    await room.home.write('Delta.txt', dump('Delta'))
    await publish()
    const other = await room.openApp()
    port = (await other.serve()).server.port
    await until(async () => (await get()).status === 200)
    expect((await get(wanted, `If-None-Match: ${tag}`)).status).toBe(226)
    room.now += 8 * 86_400_000
    await room.home.write('Epsilon.txt', dump('Epsilon'))
    await publish()
    expect((await get(wanted, `If-None-Match: ${tag}`)).status).toBe(200)
  })

  it('has the same header for HEAD', async () => {
    const tag = await tagOf()
    await room.home.write('Delta.txt', dump('Delta'))
    await publish()
    const lines = [wanted, `If-None-Match: ${tag}`]
    const [whole, head] = [await get(...lines), await ask(port, '/feeds/all.json', lines, 'HEAD')]
    expect([head.status, head.headers['content-length'], head.body.length]).toEqual([226, String(whole.body.length), 0])
  })
})
