import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dump } from '../newsroom.ts'
import { kill, makeProgramHome, type ProgramHome } from '../processes.ts'
import { startRedis, until, type TestRedis } from '../redis.ts'

const counts = { read: 1, new: 1, updated: 0, unchanged: 0, rejected: 0, killed: 0 }

let redis: TestRedis
let home: ProgramHome
beforeAll(async () => {
  redis = await startRedis({ tcp: true })
  home = await makeProgramHome({ redis })
  const settings = {
    site: { title: 'Test Times', authority: 'news.example,2024' },
    sources: [
      { name: 'first', folder: '../first' },
      { name: 'missing', folder: '../missing' },
      { name: 'last', folder: '../last' },
    ],
  }
  await writeFile(join(home.folder, 'config', 'feedwire.yaml'), stringify(settings))
  for (const name of ['first', 'last']) {
    await mkdir(join(home.folder, name))
    await writeFile(join(home.folder, name, 'a.txt'), dump(`From ${name}`))
  }
})
afterAll(async () => {
  await home[Symbol.asyncDispose]()
  await redis[Symbol.asyncDispose]()
})

describe('collect', () => {
  it('goes on after a source that fails, tells its error, and ends with exit code 1', async () => {
    const { code, stdout } = await home.command('collect', '--json')
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toEqual({
      sources: [
        { name: 'first', ...counts },
        {
          name: 'missing',
          ...counts,
          read: 0,
          new: 0,
          error: expect.stringMatching(/missing cannot be listed: no such/),
        },
        { name: 'last', ...counts },
      ],
    })
    const again = await home.command('collect')
    expect([again.code, again.stderr]).toEqual([1, expect.not.stringContaining('Error')])
    expect(again.stdout).toMatch(/^ *missing .*cannot be listed: no such file or folder/m)
    expect(again.stdout).toMatch(/^ *last +\d +0 +0 +1 /m)
  })

  it('takes the one that is named, and ends with its success', async () => {
    expect((await home.command('collect', 'last')).code).toBe(0)
    expect((await home.command('collect', 'missing')).code).toBe(1)
  })

  it('says that editions wait for a worker where none runs, and no more once they do not', async () => {
    await writeFile(join(home.folder, 'first', 'b.txt'), dump('Something new'))
    expect((await home.command('collect', 'first')).stderr).toContain('run `feedwire republish`, or start a worker')
    await home.command('republish')
    expect((await home.command('collect', 'first')).stderr).toBe('')
  })

  it('leaves that to a worker where one runs', async () => {
    const worker = home.run(['work'])
    await worker.said(/working/)
    await writeFile(join(home.folder, 'last', 'b.txt'), dump('Newer still'))
    const { code, stderr } = await home.command('collect', 'last')
    await worker.kill()
    expect([code, stderr]).toEqual([0, ''])
  })

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'that gets a %s in the middle says so instead of a table, exit code 130',
    async signal => {
      await using busy = await makeProgramHome({ redis, source: { name: `busy-${signal.toLowerCase()}` } })
      for (let i = 0; i < 4000; i++) await busy.write(`${i}.txt`, dump(`Story ${i}`))
      const collecting = busy.run(['collect'])
      const client = redis.client()
      await until(async () => (await client.hlen(`{wire}:files:busy-${signal.toLowerCase()}`)) > 0)
      kill(collecting.pid, signal)
      expect(await collecting.exit).toEqual({ code: 130, signal: null })
      expect(collecting.stdout()).toBe('')
      expect(collecting.stderr()).toContain('was left before its end')
    },
  )
})
