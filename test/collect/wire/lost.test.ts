import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { mintKey } from '../../../src/article.ts'
import { correct, kill, release } from '../../../src/operate/life.ts'
import { backUp, restore } from '../../chaos/programs.ts'
import { dump, openNewsroom, type Newsroom } from '../../newsroom.ts'
import { until } from '../../redis.ts'
import { startSite, status } from '../sources/site.ts'
import { openChain, standing, type Chain } from './chain.ts'
import { first, publish, told, uriOfFar } from './far-wire.ts'

const ref = (file: string) => `desk/${mintKey(file)}`
const at = ({ app, now }: Newsroom) => ({ store: app.store, now })
const files = { 'a.txt': dump('Alpha'), 'b.txt': dump('Beta'), 'c.txt': dump('Gamma') }
const feeds = { all: { title: 'All' } }

/** The parent's store as it was before. */
async function putBack({ parent }: Chain, between: () => Promise<void>): Promise<void> {
  const backup = await mkdtemp(join(tmpdir(), 'feedwire-backup-'))
  const { redis, app } = parent
  const answers = () => until(async () => (await app.store.wire.epoch()) !== undefined)
  await redis.stop()
  await backUp(redis, backup)
  await redis.restart()
  await answers()
  await between()
  await redis.stop()
  await restore(redis, backup)
  await redis.restart()
  await answers()
  await rm(backup, { recursive: true })
}

describe('a source whose wire was put back to an earlier copy', () => {
  it('walks through all of it, goes back with it, and withholds what it has no more', async () => {
    await using chain = await openChain({ parent: { files, feeds, ownRedis: true }, child: { feeds } })
    const { parent, child } = chain
    await chain.round()
    await putBack(chain, async () => {
      await parent.home.write('d.txt', dump('Delta'))
      await correct(ref('a.txt'), 'Wrong.', at(parent))
      await kill(ref('c.txt'), 'untrue', at(parent))
      await chain.round()
      await rm(parent.home.path('d.txt'))
    })
    // What was killed stays so: the list of takedowns outlives the store.
    await parent.app.takedowns.inForce()
    await chain.round()
    const expected = await standing(parent)
    expect(Object.values(expected).toSorted()).toEqual(['1 usable', '1 usable', '2 canceled untrue'])
    const { [Object.keys(await standing(child, 'parent')).find(uri => !(uri in expected)) ?? '']: delta, ...rest } =
      await standing(child, 'parent')
    expect(delta).toBe('1 withheld')
    expect(rest).toEqual(expected)
  })

  it('goes back with what is killed and released after that', async () => {
    await using chain = await openChain({ parent: { files, feeds, ownRedis: true }, child: { feeds } })
    const { parent, child } = chain
    await chain.round()
    await putBack(chain, async () => {
      await parent.home.write('d.txt', dump('Delta'))
      await parent.app.collect('desk')
      for (const note of ['Wrong.', 'Still wrong.', 'Right.']) await correct(ref('d.txt'), note, at(parent))
      await chain.round()
      await rm(parent.home.path('d.txt'))
    })
    await chain.round()
    expect(Object.values(await standing(child, 'parent'))).toContain('4 withheld Right.')
    await parent.home.write('d.txt', dump('Delta'))
    await parent.app.collect('desk')
    await kill(ref('d.txt'), 'untrue', at(parent))
    await chain.round()
    expect(await standing(child, 'parent')).toEqual(await standing(parent))
    await release(ref('d.txt'), at(parent))
    await chain.round()
    expect(await standing(child, 'parent')).toEqual(await standing(parent))
  })

  it('finishes a walk that was cut short, and sweeps no earlier', async () => {
    await using site = await startSite({ [first]: told([publish('a'), publish('b')], { cursor: 'c1' }) })
    const sources = [{ name: 'parent', wire: `${site.origin}/wire`, private: true }]
    await using room = await openNewsroom({ feeds, sources })
    await room.app.collect('parent')
    site.answers['/wire?after=c1&limit=500'] = response => response.writeHead(410).end('{"restart":"/wire"}')
    site.answers[first] = told([publish('a')], { cursor: 'w1', more: true })
    site.answers['/wire?after=w1&limit=500'] = status(500)
    await expect(room.app.collect('parent')).rejects.toThrow('500')
    await expect(room.app.collect('parent')).rejects.toThrow('500')
    expect(Object.values(await standing(room, 'parent'))).toEqual(['1 usable', '1 usable'])
    site.answers['/wire?after=w1&limit=500'] = told([publish('c')], { cursor: 'w2' })
    await room.app.collect('parent')
    expect(await standing(room, 'parent')).toEqual({
      [uriOfFar('a')]: '1 usable',
      [uriOfFar('b')]: '1 withheld',
      [uriOfFar('c')]: '1 usable',
    })
    expect(await room.app.store.followed.get('parent')).toMatchObject({ state: { after: 'w2', mark: 2 } })
    expect(await room.app.store.followed.get('parent')).not.toHaveProperty('state.walk')
    // It comes again, with the same words.
    site.answers['/wire?after=w2&limit=500'] = told([publish('b')], { cursor: 'w3' })
    await room.app.collect('parent')
    expect(Object.values(await standing(room, 'parent'))).toEqual(['1 usable', '1 usable', '1 usable'])
  })

  it('follows on where its own store was put back', async () => {
    await using chain = await openChain({ parent: { files, feeds }, child: { feeds, ownRedis: true } })
    const { parent, child } = chain
    await chain.round()
    const backup = await mkdtemp(join(tmpdir(), 'feedwire-backup-'))
    await child.redis.stop()
    await cp(join(child.redis.folder, 'appendonlydir'), join(backup, 'appendonlydir'), { recursive: true })
    await child.redis.restart()
    await until(async () => (await child.app.store.wire.epoch()) !== undefined)
    await correct(ref('a.txt'), 'Wrong.', at(parent))
    await kill(ref('b.txt'), 'untrue', at(parent))
    await chain.round()
    await child.redis.stop()
    await restore(child.redis, backup)
    await child.redis.restart()
    await until(async () => (await child.app.store.wire.epoch()) !== undefined)
    await chain.round()
    expect(await standing(child, 'parent')).toEqual(await standing(parent))
    await rm(backup, { recursive: true })
  })
})
