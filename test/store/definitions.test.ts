import { describe, expect, it } from 'vitest'
import { keys } from '../../src/store/keys.ts'
import { dump, openNewsroom } from '../newsroom.ts'

describe('declaring definitions', () => {
  it('renders nothing anew where they are the same, and everything where another version of the program declared them', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': dump('One') } })
    const { app } = room
    await app.collect('desk')
    await app.publish('all')
    await app.declare()
    expect(await app.behind()).toEqual([])
    const client = room.redis.client()
    const document = JSON.parse((await client.hget(keys.definitions, 'document')) ?? '') as object
    await client.hset(keys.definitions, 'document', JSON.stringify({ ...document, version: '0.0.1-older' }))
    await app.declare()
    expect(await app.behind()).toEqual(['all'])
    expect((await app.publish('all')).filter(({ changed }) => changed)).toEqual([])
  })
})
