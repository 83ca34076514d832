import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mintKey } from '../../src/article.ts'
import { kill } from '../../src/operate/life.ts'
import { addPartner } from '../../src/operate/partners.ts'
import { dump, openNewsroom, type Newsroom } from '../newsroom.ts'
import { until } from '../redis.ts'

const guide = readFileSync(new URL('../../docs/partners.md', import.meta.url), 'utf8')
/** As it is built. */
const client = new URL('../../dist/client/follow.js', import.meta.url).href

const blocks = (language: string) =>
  Array.from(guide.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms')), ([, code = '']) => code)

const isThere = (program: string) => spawnSync(program, ['--version']).status === 0

let room: Newsroom
let folder: string
let env: NodeJS.ProcessEnv
beforeAll(async () => {
  const feeds = { a: { title: 'A', access: 'partners' } }
  room = await openNewsroom({
    feeds,
    files: { '1.txt': dump('First'), '2.txt': dump('Second'), '3.txt': dump('Third') },
  })
  await room.app.collect('desk')
  const { server } = await room.app.serve()
  const { token } = await addPartner('paper', { feeds: ['a'] }, { store: room.app.store, now: room.now })
  folder = mkdtempSync(join(tmpdir(), 'feedwire-guide-'))
  env = { ...process.env, WIRE: `http://127.0.0.1:${server.port}/wire`, TOKEN: token }
  // What is gone again when the commands are run, but was given.
  await until(async () => (await fetch(env['WIRE']!, { headers: { Authorization: `Bearer ${token}` } })).status === 200)
  await kill(`desk/${mintKey('3.txt')}`, 'It was untrue.', { store: room.app.store, now: room.now })
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await room[Symbol.asyncDispose]()
})

/** Everything that a program prints until it has printed this, or has ended. */
async function printed(program: string, args: string[], wanted = ''): Promise<string> {
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  for await (const piece of child.stdout.setEncoding('utf8')) {
    text += String(piece)
    if (wanted !== '' && text.includes(wanted)) child.kill()
  }
  return text
}

function written(name: string, code: string): string {
  const path = join(folder, name)
  writeFileSync(path, code)
  return path
}

describe('what partners are told to do', () => {
  it.runIf(isThere('curl')).each(blocks('sh').filter(code => code.includes('curl') && !code.includes('POST')))(
    'works: %s',
    async command => {
      const text = await printed('bash', ['-c', command])
      expect(text).toContain('"cursor":')
      expect(text).toMatch(/First|Second/)
    },
  )

  it.runIf(isThere('curl'))('confirms a takedown', async () => {
    const command = blocks('sh').find(code => code.includes('POST')) ?? ''
    expect(await printed('bash', ['-c', command])).toContain('"state":"confirmed"')
  })

  it.runIf(isThere('python3'))('works in Python', async () => {
    const [loop = ''] = blocks('python')
    expect(await printed('python3', [written('loop.py', loop)], 'publish 2')).toContain('publish 2')
  })

  it.runIf(isThere('php'))('works in PHP', async () => {
    const [loop = ''] = blocks('php')
    expect(await printed('php', [written('loop.php', loop)], 'publish 2')).toContain('publish 2')
  })

  it('works in JavaScript', async () => {
    const [loop = ''] = blocks('js')
    const code = loop.replace("'feedwire/client'", JSON.stringify(client))
    expect(await printed(process.execPath, [written('loop.mjs', code)], 'publish 2')).toContain('publish 2')
  })

  it.runIf(isThere('python3'))('proves that nothing is missing', async () => {
    const [, digest = ''] = blocks('python')
    const [mine, told] = (await printed('python3', [written('digest.py', digest)])).trim().split('\n')
    expect(mine).toMatch(/^2 [0-9a-f]{64}$/)
    expect(mine).toBe(told)
  })

  it('has loops no longer than fifteen lines', () => {
    for (const code of [...blocks('js'), ...blocks('python'), ...blocks('php'), ...blocks('text')]) {
      expect(
        code
          .trim()
          .split('\n')
          .filter(line => line.trim() !== '').length,
      ).toBeLessThanOrEqual(16)
    }
  })
})
