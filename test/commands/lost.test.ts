import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { mintKey } from '../../src/article.ts'
import { dump } from '../newsroom.ts'
import { makeProgramHome, type Exit, type ProgramHome } from '../processes.ts'
import { startRedis, type TestRedis } from '../redis.ts'

const files = {
  'a.txt': dump('Alpha', { section: 'Sport', text: 'The words of alpha.' }),
  'b.txt': dump('Beta', { text: 'The words of beta.' }),
  'bad.txt': 'No date\n\nText.\n',
}
const feeds = {
  all: { title: 'All' },
  old: { title: 'Old', gone: true },
  sport: { title: 'Sport', select: { sections: ['Sport'] } },
  news: { title: 'News', select: { sections: ['News'] } },
}
const [alpha, beta] = ['a.txt', 'b.txt'].map(file => `tag:news.example,2024:desk/${mintKey(file)}`)
const lost = expect.stringMatching(/the text of desk\/\S+ version 1 is not in the store/) as string

let redis: TestRedis
let home: ProgramHome
beforeAll(async () => {
  redis = await startRedis({ tcp: true })
  home = await makeProgramHome({ redis, files, feeds })
  await home.command('collect')
  const client = redis.client()
  await client.del(...(await client.keys(`body:desk/${mintKey('a.txt')}:*`)))
  await home.command('republish')
})
afterAll(async () => {
  await home[Symbol.asyncDispose]()
  await redis[Symbol.asyncDispose]()
})

type Finished = Exit & { stdout: string; stderr: string }

/** The document of a command, and how the command ended. */
async function document(...args: string[]): Promise<Finished & { document: Record<string, unknown> }> {
  const finished = await home.command(...args, '--json')
  return { ...finished, document: JSON.parse(finished.stdout) as Record<string, unknown> }
}

describe('where the text of an article is lost', () => {
  it('status says which feeds go without it, and why', async () => {
    const { stdout } = await home.command('status')
    expect(stdout).toMatch(/^ *feed .* left out *$/m)
    expect(stdout).toMatch(/^ *all .* 1 *$/m)
    expect(stdout).toMatch(/^ *sport .* 1 *$/m)
    expect(stdout).toMatch(/^ *news .*Z *$/m)
    for (const feed of ['all', 'sport'])
      expect(stdout).toMatch(new RegExp(`^ *${feed} +${alpha} +the text of .* is not in the store`, 'm'))
    const left = [{ uri: alpha, reason: lost }]
    expect((await document('status')).document).toMatchObject({
      feeds: [
        { name: 'all', leftOut: left },
        { name: 'news', leftOut: [] },
        { name: 'old', leftOut: [] },
        { name: 'sport', leftOut: left },
      ],
    })
  })

  it('wire tells of its change what the head tells, of the others all, and the loss on standard error', async () => {
    const { code, stderr, document: wire } = await document('wire')
    expect([code, stderr]).toEqual([0, lost])
    const { changes } = wire as { changes: { action: string; article: { uri: string } }[] }
    const [first, second] = [alpha, beta].map(uri => changes.find(({ article }) => article.uri === uri))
    expect(first).toMatchObject({
      action: 'publish',
      article: { pubStatus: 'usable', version: '1', representationType: 'partial', headlines: [{ value: 'Alpha' }] },
    })
    expect(first?.article).not.toHaveProperty('bodies')
    expect(second?.article).toMatchObject({
      representationType: 'full',
      bodies: [{ value: '<p>The words of beta.</p>' }],
    })
  })

  it('article prints what the head tells, and ends with exit code 1', async () => {
    const { code, stderr, document: article } = await document('article', alpha ?? '')
    expect([code, stderr]).toEqual([1, lost])
    expect(article).toMatchObject({ uri: alpha, representationType: 'partial', headlines: [{ value: 'Alpha' }] })
    expect(article).not.toHaveProperty('bodies')
    const text = await home.command('article', alpha ?? '')
    expect([text.code, text.stderr]).toEqual([1, lost])
    expect(text.stdout).toMatch(/^Alpha\n\n.* version 1, usable\n/)
  })

  it('wire says the loss once, with the last change of the article', async () => {
    await home.command('correct', alpha ?? '', '--note', 'A name was wrong.')
    const { code, stderr, document: wire } = await document('wire')
    const { changes } = wire as { changes: { action: string; article: { uri: string } }[] }
    const named = changes.filter(({ article }) => article.uri === alpha)
    expect(named.map(({ action }) => action)).toEqual(['correct'])
    expect(code).toBe(0)
    expect(stderr.match(/the text of/g)).toHaveLength(1)
  })
})

describe('the rejects of a source that has left the configuration', () => {
  it('are still listed, marked in the text, in JSON as ever', async () => {
    const file = join(home.folder, 'config', 'feedwire.yaml')
    const before = await readFile(file, 'utf8')
    const [unmarked, stayed] = [await home.command('rejects'), await document('rejects')]
    const { site } = parse(before) as { site: unknown }
    await writeFile(file, stringify({ site, sources: [{ name: 'other', folder: '../archive' }] }))
    const [text, left] = [await home.command('rejects'), await document('rejects')]
    await writeFile(file, before)
    expect(text.stdout).toMatch(/^ *desk +bad\.txt .* not in the configuration any more *$/m)
    expect(unmarked.stdout).not.toContain('not in the configuration')
    expect(left.document).toEqual(stayed.document)
    expect(left.document['rejects']).toHaveLength(1)
  })
})
