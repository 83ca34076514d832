import { describe, expect, it } from 'vitest'
import { mintKey } from '../src/article.ts'
import { dump, openNewsroom } from './newsroom.ts'
import { until } from './redis.ts'

describe('an edge that a message did not reach', () => {
  it('finds what was rendered again at the same position by itself', async () => {
    await using room = await openNewsroom({ ownRedis: true, files: { 'a.txt': dump('Alpha'), 'b.txt': dump('Beta') } })
    const { app } = room
    await app.collect('desk')
    const client = room.redis.client()
    const [text = ''] = await client.keys(`body:desk/${mintKey('a.txt')}:*`)
    await client.rename(text, 'elsewhere')
    await app.publish('all')
    const { server } = await app.serve()
    const served = async () => (await fetch(`http://127.0.0.1:${server.port}/feeds/all.json`)).text()
    await until(async () => (await served()).includes('Beta'))
    expect(await served()).not.toContain('Alpha')
    await client.rename('elsewhere', text)
    // What is put in place is told to nobody.
    await client.acl('SETUSER', 'default', '-publish')
    await app.publish('all').catch(() => undefined)
    await until(async () => (await served()).includes('Alpha'))
  })
})
