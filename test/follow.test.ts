import { describe, expect, it } from 'vitest'
import { App } from '../src/app.ts'
import { dump } from './newsroom.ts'
import { makeProgramHome, type ProgramHome } from './processes.ts'
import { startRedis, until } from './redis.ts'

interface Seen {
  etag: string | null
  modified: string | null
  item: { id: string; title: string; date_published: string; date_modified?: string } | undefined
}

async function look(url: string): Promise<Seen> {
  const response = await fetch(`${url}/feeds/all.json`)
  if (response.status !== 200) throw new Error(`status ${response.status}`)
  const { items } = (await response.json()) as { items: NonNullable<Seen['item']>[] }
  const { headers } = response
  return { etag: headers.get('etag'), modified: headers.get('last-modified'), item: items[0] }
}

async function edgeOf(home: ProgramHome): Promise<string> {
  const [, port = ''] = await home.run(['serve']).said(/"port":(\d+),"msg":"serving"/)
  return `http://127.0.0.1:${port}`
}

describe('a changed headline', () => {
  it('is on every edge by itself: new bytes, the same article', async () => {
    await using redis = await startRedis({ tcp: true })
    await using home = await makeProgramHome({ redis, files: { 'a.txt': dump('Before') } })
    await using app = await App.open(home.config(redis), { process: 'test' })
    await app.declare()
    const edges = await Promise.all([edgeOf(home), edgeOf(home)])
    await app.collect('desk')
    await app.publish('all')
    await until(async () => (await Promise.all(edges.map(look))).every(({ item }) => item?.title === 'Before'))
    const [before] = await Promise.all(edges.map(look))
    for (let change = 1; change <= 5; change++) {
      await home.write('a.txt', dump(`After ${change}`))
      await app.collect('desk')
      await app.publish('all')
      await until(async () =>
        (await Promise.all(edges.map(look))).every(({ item }) => item?.title === `After ${change}`),
      )
    }
    const [one, two] = await Promise.all(edges.map(look))
    // Dates may go out a second apart: five changes within one are dated ahead, and an edge sends nothing of the future.
    expect({ ...one, modified: '' }).toEqual({ ...two, modified: '' })
    expect(one?.etag).not.toBe(before?.etag)
    expect(Date.parse(one?.modified ?? '')).toBeGreaterThanOrEqual(Date.parse(before?.modified ?? ''))
    expect(one?.item).toMatchObject({ id: before?.item?.id, date_published: before?.item?.date_published })
  })

  it('is there by itself when a worker is nudged by the collect command', async () => {
    await using redis = await startRedis({ tcp: true })
    await using home = await makeProgramHome({ redis, files: { 'a.txt': dump('Before') } })
    const edges = await Promise.all([edgeOf(home), edgeOf(home)])
    home.run(['work'])
    const all = async (title: string) => (await Promise.all(edges.map(look))).every(({ item }) => item?.title === title)
    await until(() => all('Before'))
    await home.write('a.txt', dump('After'))
    expect((await home.command('collect')).code).toBe(0)
    await until(() => all('After'))
  })
})
