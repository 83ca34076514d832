import { appendFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { dump, openNewsroom } from './newsroom.ts'
import { until } from './redis.ts'

describe('a watched folder', () => {
  it('is collected when a file has been written to its end', async () => {
    const schedule = { collect: '0 0 1 1 *' }
    await using room = await openNewsroom({ schedule, source: { watch: true }, files: { 'a.txt': dump('Alpha') } })
    await room.app.work()
    const count = () => room.app.store.articles.count()
    await until(async () => (await count()) === 1)
    await room.home.write('b.txt', dump('Beta').slice(0, 40))
    await appendFile(room.home.path('b.txt'), dump('Beta').slice(40))
    await until(async () => (await count()) === 2)
    expect((await room.app.store.wire.after(0, 10)).map(({ action }) => action)).toEqual(['publish', 'publish'])
  })
})
