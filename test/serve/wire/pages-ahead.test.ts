import { describe, expect, it } from 'vitest'
import { correct, kill, withhold } from '../../../src/operate/life.ts'
import type { App } from '../../../src/app.ts'
import { dump, type Newsroom } from '../../newsroom.ts'
import { until } from '../../redis.ts'
import { openWire, type WireDocument } from './wire-server.ts'

const at = ({ app, now }: Newsroom) => ({ store: app.store, now })

const files = { 'a.txt': dump('Alpha'), 'b.txt': dump('Beta'), 'c.txt': dump('Gamma'), 'd.txt': dump('Delta') }

/** Counts the pages that are read; from `fail` on they cannot be. */
function watch({ store: { views } }: App) {
  const page = views.page.bind(views)
  const reading = { done: 0, fail: () => (views.page = () => Promise.reject(new Error('away'))) }
  views.page = async question => {
    const found = await page(question)
    reading.done++
    return found
  }
  return reading
}

/** The first page of one change, once the second is read. */
async function begin({ room, server }: Awaited<ReturnType<typeof openWire>>) {
  const reading = watch(room.app)
  const { cursor, changes } = await server.page({ limit: 1 })
  await until(() => reading.done === 2)
  return { reading, first: changes[0]!.article.uri, query: { limit: 1, after: cursor } }
}

function told({ changes: [change] }: WireDocument): string {
  return `${change!.action} ${change!.article.uri.split('/').at(-1)}`
}

describe('the next page', () => {
  it('is read before it is asked for', async () => {
    await using opened = await openWire({ files })
    const { server } = opened
    const { reading, first, query } = await begin(opened)
    reading.fail()
    const second = await server.page(query)
    expect(second.changes.map(({ article }) => article.uri)).not.toContain(first)
    // It is given once.
    expect((await server.get(`/wire?limit=1&after=${query.after}`)).status).toBe(503)
  })

  it.each([
    ['kill', (ref: string, room: Newsroom) => kill(ref, 'untrue', at(room))],
    ['withhold', (ref: string, room: Newsroom) => withhold(ref, at(room))],
    ['correct', (ref: string, room: Newsroom) => correct(ref, 'Wrong.', at(room))],
  ])('is another where what it would tell is changed meanwhile: %s', async (action, change) => {
    await using opened = await openWire({ files })
    const { room, server } = opened
    const { query } = await begin(opened)
    const [next] = (await server.page({ after: query.after })).changes
    const key = next!.article.uri.split('/').at(-1)!
    await change(`desk/${key}`, room)
    const second = await server.page(query)
    expect(told(second)).not.toContain(key)
    const rest = await server.page({ after: second.cursor })
    expect(rest.changes.map(each => told({ ...rest, changes: [each] }))).toContain(`${action} ${key}`)
  })

  it('takes away what stands in a feed that is public no longer', async () => {
    await using opened = await openWire({ files, feeds: { all: { title: 'All' } } })
    const { room, server } = opened
    const { query } = await begin(opened)
    await room.home.writeFeed('all', { title: 'All', access: 'partners' })
    await room.openApp()
    expect(told(await server.page(query))).toMatch(/^withhold /)
  })
})
