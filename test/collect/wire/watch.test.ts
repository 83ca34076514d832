import { expect, it } from 'vitest'
import { correct } from '../../../src/operate/life.ts'
import { dump } from '../../newsroom.ts'
import { until } from '../../redis.ts'
import { openChain, standing } from './chain.ts'

const feeds = { all: { title: 'All' } }

it('follows by itself, in every worker, while the clock of the sources stands', async () => {
  const child = { feeds, schedule: { collect: '0 4 1 1 *' } }
  await using chain = await openChain({ parent: { feeds, files: { 'a.txt': dump('Alpha') } }, child })
  const { parent } = chain
  await chain.child.app.work()
  const later = await chain.child.openApp()
  await later.work()
  const isSame = async () => {
    expect(await standing(chain.child, 'parent')).toEqual(await standing(parent))
    return true
  }
  await until(isSame)
  for (let i = 0; i < 5; i++) {
    await parent.home.write(`${i}.txt`, dump(`Story ${i}`))
    await parent.app.collect('desk')
    const [head] = await parent.app.store.articles.list({ limit: 1 })
    await correct(`desk/${head!.key}`, `Wrong ${i}.`, { store: parent.app.store, now: parent.now })
    await until(isSame)
  }
  expect(Object.keys(await standing(parent))).toHaveLength(6)
})
