import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { ExportFolder } from '../../src/export/folder.ts'
import { makeCoded } from '../../src/export/static-file.ts'
import { connect, disconnect } from '../../src/store/redis/connect.ts'
import { startCluster } from '../redis.ts'

const keys = ['a', 'b', 'c', 'd', 'e', 'f']

describe('an export out of a cluster that has lost a node', () => {
  it('ends, and takes away no file of an article that it cannot ask for', async () => {
    await using cluster = await startCluster()
    const client = connect(cluster.address, pino({ level: 'silent' }))
    const root = await mkdtemp(join(tmpdir(), 'feedwire-export-'))
    try {
      for (const key of keys) await client.set(key, key)
      await using folder = await ExportFolder.open(root)
      const leftOut: string[] = []
      const leaveOut = (path: string) => void leftOut.push(path)
      const put = (round: number) => {
        const files = keys.map(key => ({
          path: `${key}.txt`,
          recipe: `${round}`,
          make: async () => await makeCoded((await client.get(key)) ?? ''),
        }))
        return folder.put(files, { epoch: 'one', now: 0, leaveOut })
      }
      await put(1)
      await cluster.nodes[0]?.kill()
      await expect(put(2)).rejects.toThrow(/redirections|closed|CLUSTERDOWN|isn't ready/)
      expect(leftOut).toEqual([])
      for (const key of keys) expect(await readFile(join(root, `${key}.txt`), 'utf8')).toBe(key)
    } finally {
      disconnect(client)
      await rm(root, { recursive: true })
    }
  })
})
