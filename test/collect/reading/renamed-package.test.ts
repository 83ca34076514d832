import { rename } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { mintKey } from '../../../src/article.ts'
import { kill } from '../../../src/operate/life.ts'
import { openNewsroom, type Newsroom } from '../../newsroom.ts'

/** Items without an id of their own; the one without a title cannot be used. */
function rss(...titles: string[]): string {
  const items = titles.map(
    title =>
      `<item>${title && `<title>${title}</title>`}<description>${title} went well.</description>` +
      '<pubDate>Wed, 01 May 2024 10:00:00 GMT</pubDate></item>',
  )
  return `<rss version="2.0"><channel><title>Desk</title>${items.join('')}</channel></rss>`
}

async function look({ app }: Newsroom) {
  const heads = await app.store.articles.list({ limit: 10 })
  return {
    articles: heads.map(({ title, key, pubStatus }) => `${title} ${key} ${pubStatus}`).toSorted(),
    files: [...new Set(heads.map(({ file }) => file))],
    rejects: (await app.store.files.rejects('desk')).map(({ file }) => file),
  }
}

const bad = ''
const keyOf = (title: string) => mintKey(`old.xml#${title}`)
const both = ['One', 'Two'].map(title => `${title} ${keyOf(title)} usable`).toSorted()

describe('a renamed file of several articles', () => {
  it('has its rejects under its new name, and none under the old', async () => {
    await using room = await openNewsroom({ files: { 'old.xml': rss('One', bad, 'Two') } })
    await room.app.collect('desk')
    expect(await look(room)).toEqual({ articles: both, files: ['old.xml'], rejects: ['old.xml#2'] })
    await rename(room.home.path('old.xml'), room.home.path('new.xml'))
    await room.app.collect('desk')
    expect((await look(room)).rejects).not.toContain('old.xml#2')
    expect(await room.app.collect('desk')).toMatchObject({ new: 0, updated: 0, unchanged: 2, rejected: 1 })
    expect(await look(room)).toEqual({ articles: both, files: ['new.xml'], rejects: ['new.xml#2'] })
    await room.home.write('new.xml', rss('One', 'Three', 'Two'))
    expect(await room.app.collect('desk')).toMatchObject({ new: 1, updated: 0, rejected: 0 })
    expect((await look(room)).rejects).toEqual([])
  })

  it('has them also where it was away for a round', async () => {
    await using room = await openNewsroom({ files: { 'old.xml': rss('One', bad, 'Two') } })
    await room.app.collect('desk')
    await rename(room.home.path('old.xml'), room.home.path('.away'))
    await room.app.collect('desk')
    expect((await look(room)).rejects).toEqual([])
    await rename(room.home.path('.away'), room.home.path('new.xml'))
    await room.app.collect('desk')
    await room.app.collect('desk')
    expect(await look(room)).toEqual({ articles: both, files: ['new.xml'], rejects: ['new.xml#2'] })
  })

  it('brings no article again, and none that was killed, however often it is renamed and read', async () => {
    await using room = await openNewsroom({ files: { 'old.xml': rss('One', bad, 'Two') } })
    await room.app.collect('desk')
    await kill(`desk/${keyOf('Two')}`, 'untrue', { store: room.app.store, now: room.now })
    for (const [from, to] of [
      ['old.xml', 'new.xml'],
      ['new.xml', 'newer.xml'],
    ] as const) {
      await rename(room.home.path(from), room.home.path(to))
      for (let i = 0; i < 3; i++) expect(await room.app.collect('desk')).toMatchObject({ new: 0, updated: 0 })
    }
    const articles = [`One ${keyOf('One')} usable`, ` ${keyOf('Two')} canceled`].toSorted()
    expect(await look(room)).toEqual({ articles, files: ['newer.xml'], rejects: ['newer.xml#2'] })
  })

  it('leaves alone the rejects of the file that was moved over it, when it turns up elsewhere', async () => {
    const old = rss('One', bad)
    await using room = await openNewsroom({ files: { 'old.xml': old, 'other.xml': rss('Three', bad) } })
    await room.app.collect('desk')
    await rename(room.home.path('other.xml'), room.home.path('old.xml'))
    for (let i = 0; i < 2; i++) await room.app.collect('desk')
    const rejects = async () =>
      (await room.app.store.files.rejects('desk')).map(({ file, since }) => `${file} ${since}`)
    expect(await rejects()).toEqual(['old.xml#2 2024-06-01T12:00:00Z'])
    room.now += 60_000
    await room.home.write('third.xml', old)
    for (let i = 0; i < 2; i++) await room.app.collect('desk')
    expect(await rejects()).toEqual(['old.xml#2 2024-06-01T12:00:00Z', 'third.xml#2 2024-06-01T12:01:00Z'])
  })

  it('leaves alone the rejects of the file that it changed places with', async () => {
    await using room = await openNewsroom({ files: { 'old.xml': rss('One', bad), 'other.xml': rss('Three', bad) } })
    await room.app.collect('desk')
    await rename(room.home.path('old.xml'), room.home.path('.aside'))
    await rename(room.home.path('other.xml'), room.home.path('old.xml'))
    await rename(room.home.path('.aside'), room.home.path('other.xml'))
    for (let i = 0; i < 3; i++) await room.app.collect('desk')
    const { articles, rejects } = await look(room)
    expect(rejects).toEqual(['old.xml#2', 'other.xml#2'])
    expect(articles).toEqual([`One ${keyOf('One')} usable`, `Three ${mintKey('other.xml#Three')} usable`].toSorted())
    expect(await room.app.collect('desk')).toMatchObject({ unchanged: 2, rejected: 2 })
  })
})
