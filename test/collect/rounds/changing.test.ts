import { utimesSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import { readFile } from '../../../src/collect/sources/folder.ts'
import { sourceNamed } from '../../../src/source.ts'
import { dump, openNewsroom } from '../../newsroom.ts'
import { until } from '../../redis.ts'

describe('a file that changes while it is read', () => {
  it('is left for the next round', async () => {
    const files = { 'a.txt': `${dump('Whole')}${'One more line.\n'.repeat(600_000)}` }
    await using room = await openNewsroom({ files })
    const source = sourceNamed('desk', room.app.config.sources)
    if (!('folder' in source)) throw new Error('desk is a folder')
    const program = `const { appendFileSync } = require('node:fs')
      const end = Date.now() + 20_000
      while (Date.now() < end) appendFileSync(require('node:worker_threads').workerData, '\\n')`
    const writer = new Worker(program, { eval: true, workerData: room.home.path('a.txt') })
    try {
      // How the two meet is up to the system: they do in the end.
      await until(() => readFile(source, 'a.txt') === undefined)
    } finally {
      await writer.terminate()
    }
    utimesSync(room.home.path('a.txt'), 0, 0)
    expect(readFile(source, 'a.txt')).toBeDefined()
    expect(await room.app.collect('desk')).toMatchObject({ new: 1, rejected: 0 })
  })
})
