import { describe, expect, it } from 'vitest'
import type { App } from '../../src/app.ts'
import { mintKey } from '../../src/article.ts'
import { kill } from '../../src/operate/life.ts'
import { dump, openNewsroom, type Newsroom } from '../newsroom.ts'

/** More than are rendered rather than recalled. */
const names = Array.from({ length: 20 }, (_, i) => `Story ${String(i).padStart(2, '0')}`)
const files = Object.fromEntries(names.map(name => [`${name}.txt`, dump(`${name} <&> ]]> 물`, { text: `${name}.` })]))

async function textsOf(app: App): Promise<string[]> {
  const loaded = await app.store.editions.load('all')
  return loaded?.editions.editions.map(({ bodies }) => bodies.identity.toString()) ?? []
}

async function titlesOf(app: App): Promise<string[]> {
  const { items } = JSON.parse((await textsOf(app)).at(-1) ?? '') as { items: { title: string }[] }
  return items.map(({ title }) => title.slice(0, 8)).toSorted()
}

/** After this nothing can be rendered any more that is in the store now. */
async function loseTexts({ redis }: Newsroom): Promise<void> {
  const client = redis.client()
  await client.del(...(await client.keys('body:*')))
}

describe('a process that publishes for the first time', () => {
  it('renders only what has changed, and takes the rest from the editions that stand', async () => {
    await using room = await openNewsroom({ files })
    await room.app.collect('desk')
    await room.app.publish('all')
    await loseTexts(room)
    await room.home.write('new.txt', dump('Story 99'))
    const later = await room.openApp()
    await later.collect('desk')
    await kill(`desk/${mintKey('Story 07.txt')}`, 'untrue', { store: later.store, now: room.now })
    await later.publish('all')
    expect(await titlesOf(later)).toEqual([...names.filter(name => name !== 'Story 07'), 'Story 99'])
    expect((await later.store.editions.standing('all'))?.leftOut).toEqual([])
  })

  it('comes to the bytes to which one comes that renders all', async () => {
    await using room = await openNewsroom({ files })
    await room.app.collect('desk')
    await room.app.publish('all')
    await room.home.write('Story 03.txt', dump('Story 03, changed'))
    const later = await room.openApp()
    await later.collect('desk')
    await later.publish('all')
    const recalled = await textsOf(later)
    const published = await later.publish('all', { force: true })
    expect(published.map(({ changed }) => changed)).toEqual([false, false, false])
    expect(await textsOf(later)).toEqual(recalled)
    expect(recalled).toHaveLength(3)
  })

  it('takes nothing that was written in another style', async () => {
    await using room = await openNewsroom({ files })
    await room.app.collect('desk')
    await room.app.publish('all')
    await room.home.writeFeed('all', { title: 'All', content: 'summary' })
    const later = await room.openApp()
    await later.publish('all')
    const texts = await textsOf(later)
    for (const text of texts) expect(text).not.toMatch(/content:encoded>|<content|content_html/)
    expect(texts).toHaveLength(3)
  })

  it('renders all anew when it is told to', async () => {
    await using room = await openNewsroom({ files })
    await room.app.collect('desk')
    await room.app.publish('all')
    await loseTexts(room)
    const later = await room.openApp()
    await later.publish('all', { force: true })
    expect((await later.store.editions.standing('all'))?.leftOut).toHaveLength(names.length)
  })
})
