import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dump } from '../newsroom.ts'
import { canSeeProcesses, makeProgramHome, type ProgramHome } from '../processes.ts'
import { startRedis, until, type TestRedis } from '../redis.ts'

const names = ['alpha', 'beta', 'gamma']

/** About 700 kB in each format that does not compress well: three feeds do not fit into 1 MB. */
function longText(name: string): string {
  const words = Array.from({ length: 15_000 }, (_, i) =>
    createHash('sha256').update(`${name} ${i}`).digest('base64url'),
  )
  return words.join(' ')
}

let redis: TestRedis
let home: ProgramHome
beforeAll(async () => {
  redis = await startRedis({ tcp: true })
  const feeds = Object.fromEntries(names.map(name => [name, { title: name, select: { sections: [name] } }]))
  const files = names.map(name => [`${name}.txt`, dump(name, { section: name, text: longText(name) })])
  home = await makeProgramHome({ redis, feeds, files: Object.fromEntries(files) })
  await home.command('collect')
  await home.command('republish')
})
afterAll(async () => {
  await home[Symbol.asyncDispose]()
  await redis[Symbol.asyncDispose]()
})

describe('serve --memory', () => {
  it('gives every edition with less memory than they take', async () => {
    const server = home.run(['serve', '--memory', '1MB'])
    const [, port = ''] = await server.said(/"port":(\d+),"msg":"serving"/)
    const url = `http://127.0.0.1:${port}`
    await until(async () => (await fetch(`${url}/readyz`)).status === 200)
    for (const name of [...names, ...names]) {
      for (const format of ['rss', 'atom', 'json']) {
        const response = await fetch(`${url}/feeds/${name}.${format}`)
        expect([response.status, (await response.text()).includes(longText(name))]).toEqual([200, true])
      }
    }
    expect(await server.kill()).toEqual({ code: 0, signal: null })
  })

  it.skipIf(!canSeeProcesses)(
    'holds for each of several processes (not where they cannot be seen: no /proc)',
    async () => {
      const server = home.run(['serve', '--processes', '2', '--memory', '2gb'])
      const bounded = async () =>
        [...(await home.processes()).values()].filter(line => line.endsWith('serve --memory 2000MB'))
      await until(async () => (await bounded()).length === 2)
      expect((await server.kill()).code).toBe(0)
    },
  )

  it.each(['64', '0MB', '-1MB', '1.5GB', '64 MB', 'much', ''])('refuses %j', async size => {
    const { code, stderr } = await home.command('serve', '--memory', size)
    expect([code, stderr]).toEqual([2, expect.stringContaining('expected a size such as 64MB or 2GB')])
  })
})
