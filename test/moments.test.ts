import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { release } from '../src/operate/life.ts'
import { openNewsroom, type Newsroom } from './newsroom.ts'

const article = {
  uri: 'urn:example:harbour',
  version: '1',
  versionCreated: '2024-05-01T08:00:00Z',
  headlines: [{ value: 'Harbour opens' }],
  bodies: [{ contentType: 'text/html', value: '<p>The harbour is open.</p><img src="https://img.example/crane.jpg">' }],
}

function picture(name: string, words: Record<string, unknown>) {
  return {
    type: 'picture',
    renditions: [{ href: `https://img.example/${name}.jpg`, contentType: 'image/jpeg' }],
    ...words,
  }
}

describe('what changes of an article by itself', () => {
  let room: Newsroom

  beforeAll(async () => {
    room = await openNewsroom({
      feeds: {
        all: { title: 'All', content: 'full' },
        pictures: { title: 'With pictures', select: { media: ['image'] } },
      },
    })
  })
  afterAll(() => room[Symbol.asyncDispose]())

  async function head() {
    return (await room.app.store.articles.list({ limit: 1 }))[0]!
  }

  async function shown(feed = 'all'): Promise<string> {
    await room.app.publish(feed)
    const { editions } = (await room.app.store.editions.load(feed))!.editions
    return editions.map(({ bodies }) => String(bodies.identity)).join('\n')
  }

  it('shows a picture from the second at which its embargo ends, in every format and feed, without a new file', async () => {
    const kept = [
      picture('crane', { embargoedUntil: '2024-06-01T13:00:00Z' }),
      picture('secret', { pubStatus: 'withheld' }),
      picture('tuesday', { embargoedUntil: 'when it is over' }),
    ]
    await room.home.write('harbour.json', JSON.stringify({ ...article, associations: kept }))
    await room.app.collect('desk')
    expect(await shown()).not.toMatch(/crane|secret|tuesday/)
    expect(await shown('pictures')).not.toContain('Harbour')

    room.now = Date.parse('2024-06-01T12:59:59Z')
    expect(await room.app.release()).toBe(0)
    room.now = Date.parse('2024-06-01T13:00:00Z')
    expect(await room.app.release()).toBe(1)
    expect(await room.app.release()).toBe(0)
    expect((await shown()).match(/<img src=/g)?.length).toBe(3)
    for (const format of (await shown()).split('\n\n')) expect(format).not.toMatch(/secret|tuesday/)
    expect(await shown('pictures')).toContain('crane.jpg')
    expect(await head()).toMatchObject({
      version: 2,
      action: 'update',
      changed: '2024-06-01T13:00:00Z',
      media: ['image'],
    })
  })

  it('is no other version when its file is read again', async () => {
    await room.home.write('copy/harbour.json', '')
    await room.app.collect('desk')
    expect(await head()).toMatchObject({ version: 2 })
  })

  it('withholds an article from the second at which it expires, and its operator cannot bring it back', async () => {
    const expiring = { ...article, version: '2', expires: '2024-06-01T14:00:00Z' }
    await room.home.write('harbour.json', JSON.stringify(expiring))
    await room.app.collect('desk')
    expect(await shown()).toContain('Harbour opens')
    room.now = Date.parse('2024-06-01T14:00:00Z')
    expect(await room.app.release()).toBe(1)
    expect(await shown()).not.toContain('Harbour opens')
    expect(await head()).toMatchObject({ pubStatus: 'withheld', action: 'withhold', changed: '2024-06-01T14:00:00Z' })
    const { source, key } = await head()
    expect(await release(`${source}/${key}`, { store: room.app.store, now: room.now })).toBe(false)
  })

  it('never publishes what has expired before it was collected', async () => {
    const late = {
      ...article,
      uri: 'urn:example:late',
      expires: '2024-05-02T00:00:00Z',
      headlines: [{ value: 'Too late' }],
    }
    await room.home.write('late.json', JSON.stringify(late))
    await room.app.collect('desk')
    expect(await shown()).not.toContain('Too late')
  })
})
