import { beforeAll, afterAll, describe, expect, it } from 'vitest'
import { pagePath, refOf, uriOf } from '../../src/article.ts'
import { findArticle } from '../../src/operate/find-article.ts'
import { openNewsroom, type Newsroom } from '../newsroom.ts'

const story = (id: string, title: string) => `---\nid: ${id}\ntitle: ${title}\ndate: 2024-05-01\n---\nOne sentence.\n`

describe('an article is found', () => {
  let room: Newsroom
  const find = async (name: string) =>
    (await findArticle(name, { site: room.app.config.site, store: room.app.store })).title
  beforeAll(async () => {
    room = await openNewsroom({
      files: { 'a.md': story('desk-1', 'Alpha'), 'b.md': story('shared', 'Beta') },
      sources: [{ name: 'other', folder: '../other' }],
    })
    await room.home.write('../other/b.md', story('shared', 'Gamma'))
    for (const source of ['desk', 'other']) await room.app.collect(source)
  })
  afterAll(() => room[Symbol.asyncDispose]())

  it('by its own id, and then by uri, SOURCE-KEY, the address of its page and of its ninjs', async () => {
    const { site } = room.app.config
    const head = await findArticle('desk-1', { site, store: room.app.store })
    const page = site.url + pagePath(head)
    const names = [uriOf(site.authority, refOf(head)), `${head.source}-${head.key}`, page, `${page}.json`]
    expect(await Promise.all(['desk-1', ...names].map(find))).toEqual(Array.from({ length: 5 }, () => 'Alpha'))
  })

  it('by no id of several, and the refusal lists them', async () => {
    await expect(find('shared')).rejects.toThrow(/several articles; name one of them: tag:\S+, tag:\S+$/)
  })

  it('by nothing that no article has', async () => {
    await expect(find('nowhere')).rejects.toThrow('there is no article “nowhere”')
  })
})
