import { createServer } from 'node:net'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dump } from '../newsroom.ts'
import { canSeeProcesses, kill, makeProgramHome, type ProgramHome } from '../processes.ts'
import { startRedis, until, type TestRedis } from '../redis.ts'

let redis: TestRedis
let home: ProgramHome
beforeAll(async () => {
  redis = await startRedis({ tcp: true })
  home = await makeProgramHome({ redis, files: { 'a.txt': dump('Alpha') } })
  await home.command('collect')
  await home.command('republish')
})
afterAll(async () => {
  await home[Symbol.asyncDispose]()
  await redis[Symbol.asyncDispose]()
})

/** Process ids of the children that run the command. */
async function childrenOf(command: string): Promise<number[]> {
  const running = await home.processes()
  return [...running].filter(([, line]) => line.endsWith(`main.js ${command}`)).map(([pid]) => pid)
}

describe.skipIf(!canSeeProcesses)('--processes (not where processes cannot be seen: no /proc)', () => {
  it('serve: several processes share one port, one that dies is started again, and all end together', async () => {
    const server = home.run(['serve', '--processes', '3'])
    const ports = () => Array.from(server.stderr().matchAll(/"port":(\d+)[^\n]*"serving"/g), ([, port]) => port)
    await until(() => ports().length === 3)
    expect(new Set(ports()).size).toBe(1)
    const answers = async () =>
      (await fetch(`http://127.0.0.1:${ports()[0]}/feeds/all.rss`, { headers: { Connection: 'close' } })).status
    await until(async () => (await answers()) === 200)
    const [first = 0, ...others] = await childrenOf('serve')
    expect(others).toHaveLength(2)
    kill(first, 'SIGKILL')
    for (let i = 0; i < 10; i++) expect([200, 503]).toContain(await answers())
    await until(() => ports().length === 4)
    expect(ports()[3]).toBe(ports()[0])
    expect(await server.kill('SIGTERM')).toEqual({ code: 0, signal: null })
    expect(await home.processes()).toEqual(new Map())
  })

  it('serve: says that its port is taken, once it is, and ends with exit code 2', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const address = other.address()
    const port = typeof address === 'object' ? address?.port : undefined
    const server = home.run(['serve', '--processes', '2'], { environment: { PORT: String(port) } })
    expect(await server.exit).toEqual({ code: 2, signal: null })
    expect(server.stderr()).toContain(`Cannot listen on 127.0.0.1 port ${port}`)
    other.close()
  })

  it('work: several workers, which end with the process that started them, however it ends', async () => {
    const worker = home.run(['work', '--processes', '2', '--no-fetch'])
    await until(() => (worker.stderr().match(/"working"/g) ?? []).length === 2)
    expect(await childrenOf('work --no-fetch')).toHaveLength(2)
    await worker.kill('SIGKILL')
    await until(async () => (await home.processes()).size === 0)
  })

  it.each(['0', '65', '1.5', 'many'])('refuses %s', async count => {
    for (const command of ['serve', 'work']) {
      const { code, stderr } = await home.command(command, '--processes', count)
      expect([code, stderr]).toEqual([2, expect.stringContaining('a whole number from 1 to 64')])
    }
  })
})
