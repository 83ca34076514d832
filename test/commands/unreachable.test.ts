import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeProgramHome, type ProgramHome } from '../processes.ts'
import { startCluster, startRedis } from '../redis.ts'

let home: ProgramHome
beforeAll(async () => {
  home = await makeProgramHome()
})
afterAll(() => home[Symbol.asyncDispose]())

const unreachable = 'Redis cannot be reached. Does it run, and is REDIS_URL right?\n'
const refused = 'Redis refuses the user or the password. Is REDIS_URL right?\n'

async function run(address: string, args: readonly string[]) {
  const running = home.run(args, { environment: { REDIS_URL: address } })
  return { ...(await running.exit), stderr: running.stderr() }
}

describe.concurrent('a command', () => {
  it.each([
    ['redis://127.0.0.1:1', ['status']],
    ['redis-cluster://127.0.0.1:1,127.0.0.1:2', ['status']],
    ['redis-cluster://127.0.0.1:1', ['collect']],
    ['redis-cluster://127.0.0.1:1', ['work']],
  ])('says that %s cannot be reached: %s', async (address, args) => {
    const { code, stderr } = await run(address, args)
    expect(stderr).toContain(unreachable)
    expect(stderr).toContain('127.0.0.1:')
    expect(code).toBe(1)
  })

  it('says which node of a cluster is away that it cannot do without', async () => {
    await using cluster = await startCluster()
    // It has the slot of the wire.
    const [node] = cluster.nodes
    await node?.kill()
    const { code, stderr } = await run(cluster.address, ['status'])
    expect(stderr).toContain(unreachable)
    expect(stderr).toContain(`"node":"${node?.address.replace('redis://', '')}"`)
    expect(code).toBe(1)
  })

  it('says that a password is refused, by one server and by a cluster, and not which', async () => {
    await using redis = await startRedis({ tcp: true, settings: { requirepass: 'right' } })
    await using cluster = await startCluster()
    for (const node of cluster.nodes) await node.client().config('SET', 'requirepass', 'right')
    for (const { address } of [redis, cluster]) {
      const { code, stderr } = await run(address.replace('//', '//:hush@'), ['status'])
      expect(stderr).toContain(refused)
      expect(stderr).not.toContain('hush')
      expect(code).toBe(1)
    }
  })

  it.each(['redis', 'redis-cluster'])('that waits for a silent %s ends when it is told to', async scheme => {
    const sockets: Socket[] = []
    const silent = createServer(socket => void sockets.push(socket.on('error', () => undefined))).listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const address = silent.address()
    const port = typeof address === 'object' ? address?.port : undefined
    const running = home.run(['status'], { environment: { REDIS_URL: `${scheme}://127.0.0.1:${port}` } })
    await once(silent, 'connection')
    const { code, signal } = await running.kill()
    expect([code, signal]).toEqual([130, null])
    for (const socket of sockets) socket.destroy()
    silent.close()
  })
})
