import { mkdtemp, readdir, readFile, rm, stat, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { mintKey } from '../../src/article.ts'
import { dump } from '../newsroom.ts'
import { makeProgramHome, type ProgramHome } from '../processes.ts'
import { startRedis, until, type TestRedis } from '../redis.ts'

const feeds = { all: { title: 'All' }, inside: { title: 'Inside', access: 'partners' } }
const uri = (path: string) => `tag:news.example,2024:desk/${mintKey(path)}`

let redis: TestRedis
let home: ProgramHome
let parent: string
let folder: string
beforeAll(async () => {
  redis = await startRedis({ tcp: true })
  home = await makeProgramHome({ redis, feeds, files: { 'a.txt': dump('Alpha'), 'b.txt': dump('Beta') } })
})
afterAll(async () => {
  await home[Symbol.asyncDispose]()
  await redis[Symbol.asyncDispose]()
})
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'feedwire-export-'))
  folder = join(parent, 'www')
})
afterEach(() => rm(parent, { recursive: true, force: true }))

async function publish(): Promise<void> {
  await home.command('collect')
  await home.command('republish')
}

describe('feedwire export', () => {
  it('writes nothing out of a store in which nothing is published, and says why', async () => {
    const { code, stdout, stderr } = await home.command('export', folder)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('Nothing was exported: nothing was published in this store yet')
    expect(await readdir(folder)).toEqual(['.feedwire-export'])
    await home.command('collect')
    const collected = await home.command('export', folder)
    expect(collected.code).toBe(1)
    expect(collected.stderr).toContain('No edition yet, so left out: all.')
  })

  it('writes what is public, and says how much; the second time there is nothing to do', async () => {
    await publish()
    const first = await home.command('export', folder, '--json')
    expect({ code: first.code, stderr: first.stderr }).toEqual({ code: 0, stderr: '' })
    const document = JSON.parse(first.stdout) as { written: number }
    expect(document).toEqual({
      folder,
      written: document.written,
      unchanged: 0,
      removed: 0,
      leftOut: 0,
      missing: [],
    })
    const again = await home.command('export', folder)
    expect(again).toMatchObject({ code: 0, stdout: `${folder}: 0 written, ${document.written} unchanged, 0 removed\n` })
    const names = await readdir(folder, { recursive: true })
    for (const name of ['index.html', 'feeds/all.rss', 'feeds/all.rss.gz', 'feeds/all.rss.br', 'feeds/all.html'])
      expect(names).toContain(name)
    expect(names.filter(name => name.includes('inside'))).toEqual([])
  })

  it('follows what happens with --watch, beside other commands, until it is ended', async () => {
    await publish()
    const watching = home.run(['export', folder, '--watch'])
    await watching.said(/"exported"/)
    const read = () => readFile(join(folder, 'feeds/all.json'), 'utf8')
    await home.write('c.txt', dump('Gamma'))
    await publish()
    await until(async () => (await read()).includes('Gamma'))
    const { code, stderr } = await home.command('export', folder)
    expect([code, stderr]).toEqual([1, expect.stringContaining('another export writes into')])
    await home.command('kill', uri('c.txt'), '--reason', 'wrong')
    await until(async () => !(await read()).includes('Gamma'))
    await until(async () => !(await readdir(join(folder, 'articles'))).includes(`desk-${mintKey('c.txt')}.html`))
    expect(await watching.kill('SIGTERM')).toEqual({ code: 0, signal: null })
    expect(await readdir(join(folder, '.feedwire-export'))).toEqual(['manifest'])
  })

  it('refuses the folders of its own home, where it would be in its own way', async () => {
    const names = ['.', 'feeds', 'config', 'archive', 'archive/www', '.feedwire/www']
    for (const name of names) {
      const { code, stderr } = await home.command('export', join(home.folder, name))
      expect([name, code, stderr]).toEqual([name, 2, expect.stringContaining('cannot be exported into')])
    }
  })

  it('refuses a link that leads there', async () => {
    await symlink(join(home.folder, 'archive'), folder)
    const { code, stderr } = await home.command('export', join(folder, 'www'))
    expect([code, stderr]).toEqual([2, expect.stringContaining('cannot be exported into')])
    expect(await readdir(join(home.folder, 'archive'))).not.toContain('www')
  })

  it('says that the folder cannot be had', async () => {
    const file = join(home.folder, 'config', 'feedwire.yaml')
    const { code, stderr } = await home.command('export', join(file, 'www'))
    expect(code).not.toBe(0)
    expect(stderr).not.toMatch(/^\s+at /m)
    expect((await stat(file)).isFile()).toBe(true)
  })
})
