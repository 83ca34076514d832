import { describe, expect, it } from 'vitest'
import { mintKey } from '../../../src/article.ts'
import { correct, kill, release, withhold } from '../../../src/operate/life.ts'
import { dump, type Newsroom } from '../../newsroom.ts'
import { digestOf } from './digest-of.ts'
import { Follower, openWire, queryOf } from './wire-server.ts'

const refOf = (file: string) => `desk/${mintKey(file)}`
const sections = (...names: string[]) => ({ title: 'Some', select: { sections: names } })
const at = ({ app, now }: Newsroom) => ({ store: app.store, now })

const files = { 'a.txt': dump('Alpha'), 'b.txt': dump('Beta', { section: 'Sport' }), 'c.txt': dump('Gamma') }
const feeds = { news: sections('News'), sport: sections('Sport') }

describe('/wire/digest', () => {
  it('is what a follower reckons by itself, whatever happens', async () => {
    await using opened = await openWire({ files, feeds })
    const { room, server } = opened
    const followers = [[], ['news'], ['sport']].map(names => ({
      names,
      follower: new Follower(server, { feed: names }),
    }))
    const equal = async () => {
      for (const { names, follower } of followers) {
        await follower.follow()
        const { status, body } = await server.get(`/wire/digest${queryOf({ feed: names })}`)
        expect(status).toBe(200)
        const { held, cursor } = follower
        expect(body).toEqual({ cursor, count: held.size, digest: digestOf(held) })
      }
    }
    await equal()
    await kill(refOf('a.txt'), 'untrue', at(room))
    await equal()
    await withhold(refOf('b.txt'), at(room))
    await correct(refOf('c.txt'), 'Wrong.', at(room))
    await equal()
    await release(refOf('b.txt'), at(room))
    await room.home.write('c.txt', dump('Gamma', { section: 'Sport' }))
    await room.app.collect('desk')
    await equal()
    await room.home.writeFeed('news', sections('News', 'Sport'))
    const other = await room.openApp()
    expect((await server.get('/wire/digest?feed=news')).status).toBe(503)
    await other.publish('news')
    await equal()
    expect(followers[1]!.follower.held.size).toBe(2)
  })

  it('of an empty view is the sum of nothing', async () => {
    await using opened = await openWire({ feeds })
    expect((await opened.server.get('/wire/digest')).body).toMatchObject({ count: 0, digest: '0'.repeat(64) })
    expect((await opened.server.get('/wire/digest?after=x')).status).toBe(400)
    expect((await opened.server.get('/wire/digest?feed=none')).status).toBe(401)
  })
})
