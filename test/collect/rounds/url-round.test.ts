import { describe, expect, it } from 'vitest'
import type { App } from '../../../src/app.ts'
import { mintKey } from '../../../src/article.ts'
import { openNewsroom } from '../../newsroom.ts'
import { page, startSite, status, type Site } from '../sources/site.ts'

interface Item {
  id: string
  title?: string
  updated?: string
}

function jsonFeed(items: Item[], more: Record<string, unknown> = {}): string {
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: 'Agency',
    items: items.map(({ id, title = id, updated }) => ({
      id,
      title,
      content_text: `${title} has a text.`,
      date_published: '2024-05-01T10:00:00Z',
      ...(updated && { date_modified: updated }),
    })),
    ...more,
  })
}

async function titles(app: App): Promise<string[]> {
  const heads = await app.store.articles.list({ limit: 100 })
  return heads
    .filter(({ pubStatus }) => pubStatus === 'usable')
    .map(({ title }) => title)
    .toSorted()
}

function openAgency(site: Site) {
  const agency = { name: 'agency', url: `${site.origin}/feed.json?key=secret`, private: true }
  return openNewsroom({ sources: [agency] })
}

const path = '/feed.json?key=secret'

describe('collecting from another site', () => {
  it('makes each entry an article of its own id, and asks no sooner than it may', async () => {
    await using site = await startSite({ [path]: page(jsonFeed([{ id: 'a' }, { id: 'b' }])) })
    await using room = await openAgency(site)
    expect(await room.app.collect('agency')).toMatchObject({ new: 2, rejected: 0 })
    expect(await room.app.collect('agency')).toMatchObject({ new: 0, unchanged: 2 })
    expect(site.asked).toHaveLength(1)
    const heads = await room.app.store.articles.list({ limit: 10 })
    expect(heads.map(({ key }) => key).toSorted()).toEqual([mintKey('a'), mintKey('b')].toSorted())
    expect(JSON.stringify(heads)).not.toContain('secret')
  })

  it('follows a change and a cancellation, and keeps what has left the feed', async () => {
    await using site = await startSite({ [path]: page(jsonFeed([{ id: 'a' }, { id: 'b' }, { id: 'c' }])) })
    await using room = await openAgency(site)
    await room.app.collect('agency')
    site.answers[path] = page(
      jsonFeed([{ id: 'b', title: 'b, better', updated: '2024-05-02T10:00:00Z' }], { _feedwire: { canceled: ['c'] } }),
    )
    room.now += 3_600_000
    expect(await room.app.collect('agency')).toMatchObject({ updated: 1, killed: 1 })
    expect(await titles(room.app)).toEqual(['a', 'b, better'])
  })

  it('sets one bad entry aside, and takes the others', async () => {
    await using site = await startSite({ [path]: page(jsonFeed([{ id: 'a' }, { id: 'b', title: '' }])) })
    await using room = await openAgency(site)
    expect(await room.app.collect('agency')).toMatchObject({ new: 1, rejected: 1 })
    expect(await room.app.store.files.rejects('agency')).toMatchObject([{ file: `${site.origin}/feed.json#2` }])
    site.answers[path] = page(jsonFeed([{ id: 'a' }, { id: 'b' }]))
    room.now += 3_600_000
    expect(await room.app.collect('agency')).toMatchObject({ new: 1, rejected: 0 })
    expect(await room.app.store.files.rejects('agency')).toEqual([])
  })

  it('reads the older pages once', async () => {
    await using site = await startSite()
    await using room = await openAgency(site)
    site.answers[path] = page(jsonFeed([{ id: 'c' }, { id: 'b' }], { next_url: `${site.origin}/2` }))
    site.answers['/2'] = page(jsonFeed([{ id: 'b' }, { id: 'a' }]))
    expect(await room.app.collect('agency')).toMatchObject({ new: 3, rejected: 0 })
    expect(await titles(room.app)).toEqual(['a', 'b', 'c'])
  })

  it('fails with a reason that tells no secret, and goes on when the site is back', async () => {
    await using site = await startSite({ [path]: status(500) })
    await using room = await openAgency(site)
    const failure = await room.app.collect('agency').catch((error: unknown) => String(error))
    expect(failure).toMatch(/500/)
    expect(failure).not.toContain('secret')
    site.answers[path] = page(jsonFeed([{ id: 'a' }]))
    room.now += 3_600_000
    expect(await room.app.collect('agency')).toMatchObject({ new: 1 })
  })
})
