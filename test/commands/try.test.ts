import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Trial } from '../../src/collect/trial.ts'
import { dump, makeHome, type Home } from '../newsroom.ts'

const program = fileURLToPath(new URL('../../dist/main.js', import.meta.url))

/** Nothing is on its PATH: no Redis, for one. */
function run(cwd: string, ...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise(done => {
    execFile(process.execPath, [program, 'try', ...args], { cwd, env: { PATH: '' } }, (error, stdout, stderr) =>
      done({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    )
  })
}

async function tried(cwd: string, ...args: string[]) {
  const { code, stdout } = await run(cwd, ...args, '--json')
  const trial = JSON.parse(stdout) as Trial
  const fields = trial.articles.flatMap(article => article.fields)
  return { code, trial, field: (name: string) => fields.find(({ field }) => field === name) }
}

describe('feedwire try', () => {
  let empty: string
  let home: Home
  beforeAll(async () => {
    empty = await mkdtemp(join(tmpdir(), 'feedwire-try-'))
    home = await makeHome({ source: { section: 'Local', language: 'pt', dates: ['dd.MM.yyyy HH:mm'] } })
    await home.write('a.txt', dump('Alpha', { date: '17.05.2024 10:30' }))
    await writeFile(join(empty, 'story.md'), '---\ntitle: Beta\ndate: 2024-05-17T10:30:00Z\n---\n\nFirst.\n\nLast.\n')
    await writeFile(join(empty, 'mail.txt'), 'From: a@b.example\nTo: c@d.example\nSubject: x\n\nText.\n')
    await writeFile(join(empty, 'hurt.txt'), Buffer.concat([Buffer.from(dump('Ação não é já')), Buffer.from([0xff])]))
  })
  afterAll(async () => {
    await home[Symbol.asyncDispose]()
    await rm(empty, { recursive: true })
  })

  it('says what a file would become and why, without a configuration and without Redis', async () => {
    const { code, trial, field } = await tried(empty, 'story.md')
    expect([code, trial.format, trial.coding]).toEqual([0, 'markdown', 'utf-8'])
    expect(field('title')).toEqual({ field: 'title', value: 'Beta', because: 'front matter "title", line 2' })
    expect(field('language')).toMatchObject({ value: 'en', because: expect.stringContaining('source “default”') })
    expect([field('first paragraph')?.value, field('last paragraph')?.value]).toEqual(['First.', 'Last.'])
  })

  it('takes the settings of the source in whose folder it lies, or of one that is named', async () => {
    await writeFile(join(home.folder, 'b.txt'), dump('Beta', { date: '17.05.2024 10:30' }))
    for (const args of [['archive/a.txt'], ['b.txt', '--source', 'desk']]) {
      const { code, field } = await tried(home.folder, ...args)
      expect(code).toBe(0)
      expect(field('published')?.value).toBe('2024-05-17T10:30:00Z')
      expect(field('language')).toMatchObject({ value: 'pt', because: expect.stringContaining('source “desk”') })
    }
    expect((await run(home.folder, 'b.txt', '--source', 'nobody')).code).toBe(2)
  })

  it('says why a file would be a reject, with exit code 1, and what it would be warned of', async () => {
    const { code, trial } = await tried(empty, 'mail.txt')
    expect([code, trial.articles, trial.rejects[0]?.reason]).toEqual([1, [], expect.stringContaining('e-mail')])
    const { stdout } = await run(empty, 'hurt.txt')
    expect(stdout).toMatch(/Ação não é já[^]*Warning: The file is UTF-8 but for a damaged byte/)
    expect((await run(empty, 'nothing.txt')).code).toBe(2)
  })
})
