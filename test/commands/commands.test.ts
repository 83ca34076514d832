import { createServer } from 'node:net'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mintKey } from '../../src/article.ts'
import { dump, publicUrl } from '../newsroom.ts'
import { makeProgramHome, type ProgramHome } from '../processes.ts'
import { startRedis, type TestRedis } from '../redis.ts'

const uri = `tag:news.example,2024:desk/${mintKey('a.txt')}`
const files = {
  'a.txt': dump('Alpha'),
  'b.txt': dump('Beta', { section: 'Sport', date: '02/05/2024 10h00' }),
  'bad.txt': 'No date\n\nText.\n',
}
const feeds = { all: { title: 'All' }, sport: { title: 'Sport', select: { sections: ['Sport'] } } }

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

/** The document of a command. */
async function document(...args: string[]): Promise<unknown> {
  const { code, stdout, stderr } = await home.command(...args, '--json')
  // No worker is there, and `status` says so.
  expect({ code, stderr }).toMatchObject({ code: args[0] === 'status' ? 1 : 0 })
  return JSON.parse(stdout) as unknown
}

/** What a command that is not possible says, on standard error alone. */
async function refusal(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await home.command(...args)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).not.toMatch(/^\s+at /m)
  return stderr
}

describe.concurrent('the command line', () => {
  it('lists every command of the design with --help', async () => {
    const { code, stdout } = await home.command('--help')
    expect(code).toBe(0)
    const names =
      'start serve work collect republish kill withhold release correct articles article rejects status feeds'
    for (const name of [...names.split(' '), 'wire', 'partner', 'export', 'check'])
      expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'))
  })

  it('tells its version', async () => {
    expect(await home.command('--version')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    })
  })

  it.each([
    [['nonsense'], /unknown command 'nonsense'/],
    [['collect', '--nonsense'], /unknown option '--nonsense'/],
    [['collect', 'nobody'], /no source “nobody”.*desk/],
    [['republish', 'nothing'], /no feed “nothing”.*all, sport/],
    [['republish', '--since', 'yesterday'], /--since “yesterday” is no date/],
    [['article', 'tag:news.example,2024:desk/none'], /no article “tag:news.example,2024:desk\/none”/],
    [['article', 'rubbish'], /no article “rubbish”/],
    [['article'], /missing required argument/],
    [['articles', '--limit', '0'], /whole number from 1/],
    [['articles', '--after', 'rubbish'], /no uri of this installation/],
    [['wire', '--after', 'rubbish'], /“rubbish” is no cursor: .*begin anew/],
  ])('answers %j with exit code 2 and the reason', async (args, reason) => {
    expect(await refusal(...args)).toMatch(reason)
  })
})

describe('a command with --json', () => {
  it('articles: a page of the articles', async () => {
    const first = (await document('articles', '--limit', '1')) as { articles: { uri: string }[] }
    expect(first.articles).toHaveLength(1)
    const rest = (await document('articles', '--after', first.articles[0]?.uri ?? '')) as typeof first
    expect([...first.articles, ...rest.articles].map(article => article.uri)).toEqual(
      [uri, `tag:news.example,2024:desk/${mintKey('b.txt')}`].toSorted(),
    )
    expect(first.articles[0]).toMatchObject({ version: 1, pubStatus: 'usable', published: expect.any(String) })
  })

  it('article: ninjs 3.1', async () => {
    expect(await document('article', uri)).toMatchObject({ uri, version: '1', pubStatus: 'usable', type: 'text' })
  })

  it('rejects: source, file, reason, since', async () => {
    const reason = expect.stringMatching(/\w/) as unknown
    const since = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) as unknown
    expect(await document('rejects')).toMatchObject({ rejects: [{ source: 'desk', file: 'bad.txt', reason, since }] })
  })

  it('feeds: with their addresses', async () => {
    expect(await document('feeds')).toMatchObject({
      feeds: [
        { name: 'all', title: 'All', articles: 2, urls: expect.arrayContaining([`${publicUrl}/feeds/all.rss`]) },
        { name: 'sport', articles: 1 },
      ],
    })
    expect(await document('feeds', '--after', 'all', '--limit', '1')).toMatchObject({ feeds: [{ name: 'sport' }] })
  })

  it('status: what was collected, published and refused', async () => {
    expect(await document('status')).toMatchObject({
      articles: 2,
      position: 2,
      sources: [{ name: 'desk', counts: { new: 2, rejected: 1 } }],
      feeds: [{ name: 'all', articles: 2, published: expect.any(String) }, { name: 'sport' }],
    })
  })

  it('wire: the document of /wire, from cursor to cursor', async () => {
    interface WireDocument {
      cursor: string
      changes: { cursor: string; action: string; article: { uri: string } }[]
      more: boolean
    }
    const first = (await document('wire', '--limit', '1')) as WireDocument
    expect(first).toMatchObject({
      more: true,
      changes: [{ cursor: first.cursor, action: 'publish', article: { uri } }],
    })
    const next = (await document('wire', '--after', first.cursor)) as WireDocument
    expect(next).toMatchObject({ more: false, changes: [{ cursor: next.cursor, action: 'publish' }] })
    expect(await document('wire', '--after', next.cursor)).toEqual({ cursor: next.cursor, changes: [], more: false })
  })

  it('check: the configuration without a Redis', async () => {
    expect(await document('check')).toMatchObject({ ok: true, faults: [], feeds: [{ name: 'all' }, { name: 'sport' }] })
  })

  it('collect and republish: what changed, and which editions', async () => {
    const unchanged = { name: 'desk', read: 0, new: 0, updated: 0, unchanged: 2, rejected: 1, killed: 0 }
    await home.command('collect')
    expect(await document('collect', 'desk')).toEqual({ sources: [unchanged] })
    const etag = expect.stringMatching(/^"[^"]+"$/) as unknown
    const editions = (feed: string, changed: boolean) =>
      ['rss', 'atom', 'json'].map(format => ({ feed, format, etag, changed }))
    expect(await document('republish')).toEqual({ editions: [...editions('all', false), ...editions('sport', false)] })
    await home.write('b.txt', dump('Beta again', { section: 'Sport', date: '02/05/2024 10h00' }))
    expect(await document('collect')).toEqual({ sources: [{ ...unchanged, read: 1, updated: 1, unchanged: 1 }] })
    expect(await document('republish', 'sport')).toEqual({ editions: editions('sport', true) })
    expect(await document('republish', '--force')).toEqual({
      editions: [...editions('all', true), ...editions('sport', false)],
    })
    expect(await document('republish', '--since', '2999-01-01')).toEqual({ editions: [] })
    expect(await document('republish', '--since', '2024-05-01')).toEqual({
      editions: [...editions('all', false), ...editions('sport', false)],
    })
  })
})

describe.concurrent('a configuration with faults', () => {
  it('is told by check as file:line:column, every fault, with exit code 2', async () => {
    await using broken = await makeProgramHome({
      redis,
      feeds: { all: { titel: 'All' } },
      source: { timezone: 'Mars' },
    })
    const { code, stdout } = await broken.command('check')
    expect(code).toBe(2)
    expect(stdout).toMatch(/feedwire\.yaml:\d+:\d+: .*Mars/)
    expect(stdout).toMatch(/all\.yaml:\d+:\d+: .*titel/)
    const json = await broken.command('check', '--json')
    expect(json.code).toBe(2)
    expect(JSON.parse(json.stdout)).toMatchObject({ ok: false, faults: expect.arrayContaining([expect.anything()]) })
  })

  it('stops every other command with exit code 2 and the same faults', async () => {
    await using broken = await makeProgramHome({ redis, feeds: { all: { titel: 'All' } } })
    for (const command of ['start', 'work', 'serve', 'collect', 'status']) {
      const { code, stderr } = await broken.command(command)
      expect({ command, code }).toEqual({ command, code: 2 })
      expect(stderr).toMatch(/all\.yaml:\d+:\d+: .*titel/)
    }
  })
})

describe.concurrent('without a Redis, commands', () => {
  const commands = ['collect', 'republish', 'status', 'articles', 'rejects', 'feeds', 'wire', 'work']

  it.each(commands)('%s says so and ends with exit code 1', async command => {
    const running = home.run([command], { environment: { REDIS_URL: 'redis://127.0.0.1:1', LOG_LEVEL: 'silent' } })
    expect((await running.exit).code).toBe(1)
    expect(running.stderr()).toMatch(/^.*Redis.*\n$/)
  })

  it('keep the log on standard error, and the password out of it', async () => {
    const running = home.run(['status'], { environment: { REDIS_URL: 'redis://:s3cret@127.0.0.1:1' } })
    expect((await running.exit).code).toBe(1)
    expect(running.stdout()).toBe('')
    expect(running.stderr()).toMatch(/ECONNREFUSED 127\.0\.0\.1:1.*\nRedis cannot be reached.*REDIS_URL/)
    expect(running.stderr()).not.toMatch(/s3cret|^\s+at |max retries/m)
  })

  it('does not wait for ever for one that is silent', async () => {
    const silent = createServer().listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const address = silent.address()
    const port = typeof address === 'object' ? address?.port : 0
    const running = home.run(['status'], { environment: { REDIS_URL: `redis://127.0.0.1:${port}` } })
    expect((await running.exit).code).toBe(1)
    expect(running.stderr()).toContain('Redis cannot be reached')
    silent.close()
  })
})
