import { describe, expect, it } from 'vitest'
import { mintKey, refOf } from '../../../src/article.ts'
import { correct, kill, release, withhold } from '../../../src/operate/life.ts'
import { dump, type Newsroom } from '../../newsroom.ts'
import { childAuthority, childOf, openChain, standing } from './chain.ts'

const ref = (file: string) => `desk/${mintKey(file)}`
const at = ({ app, now }: Newsroom) => ({ store: app.store, now })
const files = { 'a.txt': dump('Alpha'), 'b.txt': dump('Beta', { section: 'Sport' }), 'c.txt': dump('Gamma') }
const feeds = { all: { title: 'All' } }
const both = { parent: { files, feeds }, child: { feeds } }

describe('a source that follows a wire', () => {
  it('takes every article with its version, under a uri of its own', async () => {
    await using chain = await openChain(both)
    const { parent, child } = chain
    await parent.home.write('a.txt', dump('Alpha', { text: 'Another text. And more.' }))
    expect(await chain.round()).toMatchObject({ read: 3, new: 3, rejected: 0 })
    expect(await standing(child, 'parent')).toEqual(await standing(parent))
    expect(await chain.round()).toMatchObject({ read: 0, new: 0, updated: 0 })
    const [head] = await child.app.store.articles.list({ limit: 1 })
    expect(`tag:${childAuthority}:${refOf(head!)}`).toMatch(/^tag:child\.example,2024:parent\/[a-z2-7]{16}$/)
    expect(head?.file).toBe(head?.ownId)
  })

  it('learns of updates, corrections, withholdings, releases and kills, with their words', async () => {
    await using chain = await openChain(both)
    const { parent, child } = chain
    await chain.round()
    const same = async () => {
      await chain.round()
      expect(await standing(child, 'parent')).toEqual(await standing(parent))
    }
    await parent.home.write('a.txt', dump('Alpha', { text: 'Another text. And more.' }))
    await same()
    await correct(ref('a.txt'), 'It was Beta.', at(parent))
    await withhold(ref('b.txt'), at(parent))
    await same()
    expect(Object.values(await standing(child, 'parent')).toSorted()).toEqual([
      '1 usable',
      '2 withheld',
      '3 usable It was Beta.',
    ])
    await release(ref('b.txt'), at(parent))
    await kill(ref('c.txt'), 'It was untrue.', at(parent))
    await same()
    expect(Object.values(await standing(child, 'parent')).toSorted()).toEqual([
      '2 canceled It was untrue.',
      '3 usable',
      '3 usable It was Beta.',
    ])
    const gone = await child.app.store.takedowns.of(await childOf(chain, ref('c.txt')))
    expect(gone).toMatchObject({ action: 'kill', by: 'source', reason: 'It was untrue.' })
  })

  it('releases what the other one has killed and released', async () => {
    await using chain = await openChain(both)
    const { parent, child } = chain
    await chain.round()
    await kill(ref('a.txt'), 'untrue', at(parent))
    await chain.round()
    await release(ref('a.txt'), at(parent))
    await chain.round()
    const own = await childOf(chain, ref('a.txt'))
    expect(await child.app.store.articles.head(own)).toMatchObject({ pubStatus: 'usable', action: 'release' })
    expect(await standing(child, 'parent')).toEqual(await standing(parent))
    expect(await child.app.store.takedowns.of(own)).toMatchObject({ action: 'release' })
  })

  it('loses what leaves the feeds that it follows, text and all, and gets what enters them', async () => {
    const sport = { ...feeds, sport: { title: 'Sport', select: { sections: ['Sport'] } } }
    await using chain = await openChain({
      parent: { files, feeds: sport },
      child: { feeds },
      source: { feeds: ['sport'] },
    })
    const { parent, child } = chain
    await chain.round()
    expect(Object.keys(await standing(child, 'parent'))).toHaveLength(1)
    await parent.home.write('b.txt', dump('Beta', { section: 'News' }))
    await parent.home.write('a.txt', dump('Alpha', { section: 'Sport' }))
    await chain.round()
    const left = await child.app.store.articles.head(await childOf(chain, ref('b.txt')))
    expect(left).toMatchObject({ version: 2, pubStatus: 'withheld', withheldBy: 'source', body: '' })
    const came = await child.app.store.articles.head(await childOf(chain, ref('a.txt')))
    expect(came).toMatchObject({ version: 2, pubStatus: 'usable', section: 'Sport' })
    expect(await release(await childOf(chain, ref('b.txt')), at(child))).toBe(false)
    await parent.home.write('b.txt', dump('Beta', { section: 'Sport' }))
    await chain.round()
    expect(await standing(child, 'parent')).toEqual(
      Object.fromEntries(Object.entries(await standing(parent)).filter(([uri]) => !uri.endsWith(ref('c.txt')))),
    )
  })

  it('does not undo what was withheld or killed here by hand, whatever the other one says', async () => {
    await using chain = await openChain(both)
    const { parent, child } = chain
    await chain.round()
    const [a, b] = [await childOf(chain, ref('a.txt')), await childOf(chain, ref('b.txt'))]
    await withhold(a, at(child))
    await kill(b, 'ours', at(child))
    for (const file of ['a.txt', 'b.txt']) await parent.home.write(file, dump(file, { text: 'New. And newer.' }))
    await chain.round()
    for (const file of ['a.txt', 'b.txt']) {
      await withhold(ref(file), at(parent))
      await chain.round()
      await release(ref(file), at(parent))
      await chain.round()
    }
    const stands = async (own: string) => {
      const head = await child.app.store.articles.head(own)
      return [head?.pubStatus, head?.withheldBy]
    }
    expect([await stands(a), await stands(b)]).toEqual([
      ['withheld', 'operator'],
      ['canceled', undefined],
    ])
    await release(a, at(child))
    await release(b, at(child))
    await chain.round()
    expect([await stands(a), await stands(b)]).toEqual([
      ['usable', undefined],
      ['usable', undefined],
    ])
    expect((await child.app.store.articles.content((await child.app.store.articles.head(b))!)).html).toBe(
      '<p>New. And newer.</p>',
    )
  })

  it('makes a kill by hand its own where the other one has killed before', async () => {
    await using chain = await openChain(both)
    const { parent, child } = chain
    await chain.round()
    await kill(ref('a.txt'), 'untrue', at(parent))
    await chain.round()
    const own = await childOf(chain, ref('a.txt'))
    expect(await kill(own, 'ours', at(child))).toBe(true)
    await release(ref('a.txt'), at(parent))
    await chain.round()
    expect(await child.app.store.articles.head(own)).toMatchObject({ pubStatus: 'canceled', note: 'ours' })
  })

  it('goes on from where it was when it is started again', async () => {
    await using chain = await openChain(both)
    const { parent, child } = chain
    await chain.round()
    const later = await child.openApp()
    await correct(ref('a.txt'), 'Wrong.', at(parent))
    expect(await later.collect('parent')).toMatchObject({ read: 1, updated: 1 })
    expect(await child.app.collect('parent')).toMatchObject({ read: 0 })
  })

  it('is safe in two rounds at once', async () => {
    await using chain = await openChain(both)
    const { parent, child } = chain
    const later = await child.openApp()
    for (let i = 0; i < 5; i++) {
      await parent.home.write('a.txt', dump('Alpha', { text: `Text ${i}. And more.` }))
      await parent.app.collect('desk')
      await Promise.all([child.app, later, child.app, later].map(app => app.collect('parent')))
    }
    await child.app.collect('parent')
    expect(await standing(child, 'parent')).toEqual(await standing(parent))
  })

  it('reads everything anew when its settings change, and a text that was lost', async () => {
    await using chain = await openChain(both)
    const { child } = chain
    await chain.round()
    const own = await childOf(chain, ref('a.txt'))
    const { redis } = child
    const head = (await child.app.store.articles.head(own))!
    await redis.client().del(`body:${own}:${head.body}`)
    await child.app.publish('all')
    expect(await child.app.store.editions.leftOut('all')).toHaveLength(1)
    await child.app.collect('parent')
    await child.app.publish('all')
    expect(await child.app.store.editions.leftOut('all')).toEqual([])
  })
})
