import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mintKey } from '../../src/article.ts'
import { dump } from '../newsroom.ts'
import { makeProgramHome, type ProgramHome } from '../processes.ts'
import { startRedis, type TestRedis } from '../redis.ts'

// Loading a package is most of what a command costs that only looks: it loads what it needs, and no other.

const uri = `tag:news.example,2024:desk/${mintKey('a.txt')}`

/** What reads it: Luxon for the patterns of dates, node-cron for those of the clock. */
const configuration = ['luxon', 'node-cron', 'yaml', 'zod']

let redis: TestRedis
let home: ProgramHome
let folder: string

beforeAll(async () => {
  redis = await startRedis({ tcp: true })
  home = await makeProgramHome({ redis, files: { 'a.txt': dump('Alpha') }, feeds: { all: { title: 'All' } } })
  folder = await mkdtemp(join(tmpdir(), 'feedwire-loading-'))
  await home.command('collect')
  await home.command('republish')
})
afterAll(async () => {
  await home[Symbol.asyncDispose]()
  await redis[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

/** Node writes the address of everything that is imported into this file, a line each. */
function noteImports(file: string): string {
  const hook = `import { appendFileSync } from 'node:fs'
    export async function resolve(name, context, next) {
      const found = await next(name, context)
      appendFileSync(${JSON.stringify(file)}, found.url + '\\n')
      return found
    }`
  const program = `import { register } from 'node:module'; register(${JSON.stringify(asModule(hook))})`
  return `--import=${asModule(program)}`
}

function asModule(text: string): string {
  return `data:text/javascript,${encodeURIComponent(text)}`
}

/** The packages that a command imports, and the folders of ours. */
async function loadedBy(...args: string[]): Promise<{ packages: string[]; folders: Set<string> }> {
  const file = join(folder, args.join('-').replace(/\W/g, '-'))
  const running = home.run(args, { environment: { NODE_OPTIONS: noteImports(file) } })
  // `status` ends with 1 where no worker is.
  const code = args.join(' ') === 'status' ? 1 : 0
  expect({ ...(await running.exit), stderr: running.stderr() }).toMatchObject({ code })
  const lines = (await readFile(file, 'utf8')).split('\n')
  const named = (pattern: RegExp) => new Set(lines.flatMap(line => pattern.exec(line)?.[1] ?? []))
  return {
    packages: [...named(/\/node_modules\/((?:@[^/]+\/)?[^/]+)/)].toSorted(),
    folders: named(/\/dist\/(.+)\/[^/]+$/),
  }
}

describe('a command loads what it needs', () => {
  it.each([['--version'], ['--help'], ['help']])('%s: no package but the one that reads the arguments', async flag => {
    const { packages, folders } = await loadedBy(flag)
    expect(packages).toEqual(['commander'])
    expect([...folders]).toEqual(['commands'])
  })

  it.each([['start'], ['serve'], ['status'], ['kill'], ['partner']])(
    'the help of %s: no package for its work',
    async name => {
      const { packages } = await loadedBy(name, '--help')
      expect(packages.filter(each => each !== 'cli-table3')).toEqual(['commander'])
    },
  )

  it('check: what reads the configuration', async () => {
    const { packages, folders } = await loadedBy('check')
    expect(packages).toEqual(['cli-table3', 'commander', ...configuration])
    expect([...folders].filter(name => /^(serve|show|operate|collect\/(?!parsers))/.test(name))).toEqual([])
  })

  it.each([['status'], ['feeds'], ['articles'], ['rejects'], ['prune']])(
    '%s: that, the log and Redis, but nothing that reads articles or answers requests',
    async name => {
      const { packages, folders } = await loadedBy(name)
      expect(packages).toEqual(['cli-table3', 'commander', 'ioredis', ...configuration, 'pino'].toSorted())
      expect([...folders].filter(each => /^(serve|show|collect\/(?!parsers))/.test(each))).toEqual([])
    },
  )

  it('kill: what publishes besides, but no server, no parser and no queue', async () => {
    const { packages } = await loadedBy('kill', uri, '--reason', 'Wrong')
    for (const absent of ['express', 'bullmq', 'linkedom', 'sanitize-html', 'undici', 'piscina'])
      expect(packages).not.toContain(absent)
  })
})
