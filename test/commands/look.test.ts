import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
import { readFileSync } from 'node:fs'
import { mintKey } from '../../src/article.ts'
import { dump } from '../newsroom.ts'
import { makeProgramHome, type ProgramHome } from '../processes.ts'
import { startRedis, type TestRedis } from '../redis.ts'

const uriOf = (file: string) => `tag:news.example,2024:desk/${mintKey(file)}`
const text = `First paragraph. ${'It goes on and on. '.repeat(30)}\n\nThe very last paragraph.`
const files = {
  'a.txt': dump('Alpha', { text }),
  'b.txt': dump('Beta', { section: 'Sport' }),
  'c.txt': dump('Gamma'),
  "it's bad 1.txt": 'No date\n\nText.\n',
  'no date 2.txt': 'No date either\n\nText.\n',
}
const feeds = {
  all: { title: 'All', limit: 2 },
  old: { title: 'Old', gone: true },
  sport: { title: 'Sport', select: { sections: ['Sport'] } },
}

let redis: TestRedis
let home: ProgramHome
beforeAll(async () => {
  redis = await startRedis({ tcp: true })
  home = await makeProgramHome({ redis, files, feeds })
  await home.command('collect')
  await home.command('republish')
})
afterAll(async () => {
  await home[Symbol.asyncDispose]()
  await redis[Symbol.asyncDispose]()
})

async function textOf(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await home.command(...args)
  // No worker is there, and `status` says so.
  expect({ code, stderr }).toMatchObject({ code: args[0] === 'status' ? 1 : 0 })
  return stdout
}

async function document(...args: string[]): Promise<Record<string, unknown>> {
  return JSON.parse(await textOf(...args, '--json')) as Record<string, unknown>
}

/** What a shell makes of the words behind `more:`. */
function wordsOf(line: string): string[] {
  return Array.from(line.matchAll(/(?:'[^']*'|\\'|[^\s'\\])+/g), ([word]) =>
    word.replace(/'([^']*)'|\\(')/g, (_, quoted: string | undefined, bare: string | undefined) => quoted ?? bare ?? ''),
  )
}

describe('a list that is longer than its limit', () => {
  for (const [command, count] of [
    ['articles', 3],
    ['rejects', 2],
    ['feeds', 3],
    ['wire', 3],
  ] as const) {
    it(`${command}: says how to go on, page after page, to its end`, async () => {
      const list = command === 'wire' ? 'changes' : command
      const seen: unknown[] = []
      for (let after: string[] = []; ;) {
        const page = await document(command, '--limit', '1', ...after)
        seen.push(...(page[list] as unknown[]))
        const line = /\n\nmore: (.*)\n$/.exec(await textOf(command, '--limit', '1', ...after))?.[1]
        expect(line !== undefined).toBe(page['more'])
        if (line === undefined) break
        after = wordsOf(line)
        expect(after).toEqual(['--after', page[command === 'wire' ? 'cursor' : 'after']])
      }
      expect(seen).toEqual((await document(command))[list])
      expect(seen).toHaveLength(count)
    })
  }

  it.each([
    ['articles', '--after <uri>'],
    ['rejects', '--after <SOURCE/FILE>'],
    ['feeds', '--after <name>'],
    ['wire', '--after <cursor>'],
  ])('%s: its help names what --after takes', async (command, option) => {
    expect(await textOf(command, '--help')).toContain(option)
  })
})

describe('wire on a store in which nothing was declared yet', () => {
  it('prints no cursor, since none would be taken later', async () => {
    await using empty = await startRedis({ tcp: true })
    await using fresh = await makeProgramHome({ redis: empty, files, feeds })
    const { stdout } = await fresh.command('wire', '--json')
    expect(JSON.parse(stdout)).toEqual({ changes: [], more: false })
  })
})

describe('article', () => {
  it('prints the whole text', async () => {
    const printed = await textOf('article', uriOf('a.txt'))
    expect(printed).toContain('\n\nFirst paragraph. It goes on')
    expect(printed).toMatch(/\n\nThe very last paragraph\.\n$/)
  })

  it('is also found by the address of its page', async () => {
    expect(await textOf('article', `desk-${mintKey('b.txt')}`)).toBe(await textOf('article', uriOf('b.txt')))
    const { code, stderr } = await home.command('article', `desk-${mintKey('nothing.txt')}`)
    expect([code, stderr]).toEqual([2, expect.stringContaining('there is no article')])
  })
})

describe('status and feeds', () => {
  it('say what they count, and which feed is gone', async () => {
    const status = await textOf('status')
    expect(status).toMatch(/^ *feed +matching articles +limit +edition changed/m)
    expect(status).toMatch(/^ *all +3 +2 +\d{4}-/m)
    expect(status).toMatch(/^ *old +gone/m)
    const listed = await textOf('feeds')
    expect(listed).toMatch(/^ *feed +title +matching articles +limit +address/m)
    expect(listed).toMatch(/^ *all +All +3 +2 /m)
    expect(listed).toMatch(/^ *old +Old +gone /m)
    expect(await document('status')).toMatchObject({
      feeds: [{ articles: 3, limit: 2 }, { gone: true }, { limit: 50 }],
    })
  })

  it('tell a source that is in the store and no longer in the configuration', async () => {
    const file = join(home.folder, 'config', 'feedwire.yaml')
    const before = readFileSync(file, 'utf8')
    const { site } = parse(before) as { site: unknown }
    await writeFile(file, stringify({ site, sources: [{ name: 'other', folder: '../archive' }] }))
    const [status, json] = [await textOf('status'), await document('status')]
    await writeFile(file, before)
    expect(status).toMatch(/^ *desk .* 2 +not in the configuration any more/m)
    expect(json).toMatchObject({
      sources: [
        { name: 'other', configured: true },
        { name: 'desk', configured: false },
      ],
    })
  })
})

describe('republish --since', () => {
  const changedIn2024 = 6
  it.each([
    ['2024-01-01', changedIn2024],
    ['2024-05-01T10:00:00Z', changedIn2024],
    ['2024-05-01T12:00:00+02:00', changedIn2024],
    ['2024-05-01T10:00:01Z', 0],
    ['2024-05-02', 0],
  ])('%s takes %i editions', async (date, count) => {
    expect((await document('republish', '--since', date))['editions']).toHaveLength(count)
  })

  it.each(['x 1', '1', '2024', '01/05/2024', 'May 1', '2024-02-30'])('refuses %j', async date => {
    const { code, stderr } = await home.command('republish', '--since', date)
    expect([code, stderr]).toEqual([2, expect.stringContaining(`--since “${date}” is no date`)])
  })
})
