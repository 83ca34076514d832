import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { etagOf } from '../../src/edition.ts'
import { createEdge } from '../../src/serve/edge/edge.ts'
import { formatHttpDate } from '../../src/serve/http/http-date.ts'
import { startServer, type RunningServer } from '../../src/serve/http/server.ts'
import { Shelf } from '../../src/serve/edge/shelf.ts'
import { ask } from './raw.ts'
import { makeArticle, makeFeed, seal, site } from './samples.ts'

const feed = makeFeed('port')
const shelf = new Shelf(site)
const edge = createEdge(shelf, { site, feeds: [feed] })
/** Seconds since 1970, far enough ahead for the slowest machine. */
const ahead = Math.floor(Date.now() / 1000) + 3600
const headline = (title: string, modified: number) => {
  const editions = seal(feed, [makeArticle({ title })], modified)
  shelf.put(editions, feed)
  return etagOf(editions.editions[0]?.hash ?? '', 'identity')
}

let server: RunningServer
beforeAll(async () => {
  server = await startServer({
    handler: (request, response) => edge(request, response, () => response.end()),
    host: '127.0.0.1',
    port: 0,
  })
})
afterAll(() => server.stop())
const get = (...lines: string[]) => ask(server.port, '/feeds/port.rss', lines)

describe('an edition that is dated ahead, since it changed twice within a second', () => {
  test('goes out with a date that is not after its message, once', async () => {
    const etag = headline('Third', ahead)
    for (const lines of [[], [`If-None-Match: ${etag}`]]) {
      const { headers } = await get(...lines)
      expect(headers['last-modified']).toBe(headers['date'])
      expect(Math.abs(Date.parse(headers['date'] ?? '') - Date.now())).toBeLessThan(60_000)
    }
  })

  test('is a 304 for who knows its tag', async () => {
    const etag = headline('Third', ahead)
    expect((await get(`If-None-Match: ${etag}`)).status).toBe(304)
  })

  test('is given again to who asks by the date he got, so that no change within it is missed', async () => {
    headline('Third', ahead)
    const { headers } = await get()
    headline('Fourth', ahead + 1)
    const { status, body } = await get(`If-Modified-Since: ${headers['last-modified']}`)
    expect(status).toBe(200)
    expect(body.toString()).toContain('Fourth')
  })

  test('says its own date once that has come', async () => {
    headline('Third', ahead - 7200)
    const date = formatHttpDate(ahead - 7200)
    expect((await get()).headers['last-modified']).toBe(date)
    expect((await get(`If-Modified-Since: ${date}`)).status).toBe(304)
  })
})
