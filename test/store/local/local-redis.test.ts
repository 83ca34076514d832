import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { appendFile, mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { Redis } from 'ioredis'
import { pino } from 'pino'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { LocalRedis } from '../../../src/store/local/local-redis.ts'
import { findRedis } from '../../../src/store/local/redis-binary.ts'
import { until } from '../../redis.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const cache = join(root, 'node_modules', '.cache')
const compiled = join(cache, 'local-redis-test')
const log = pino({ level: 'silent' })
const kept: AsyncDisposable[] = []

beforeAll(async () => {
  await findRedis({ folder: join(cache, 'redis'), fetch: true, announce: () => {} })
  await compile()
})

afterEach(async () => {
  for (const thing of kept.splice(0).toReversed()) await thing[Symbol.asyncDispose]()
})

describe('the local Redis', () => {
  it('is one server for two processes that join at once, until the last one leaves', async () => {
    const data = await folder()
    const [a, b] = await Promise.all([user(data), user(data)])
    const [first, second] = [await serverOf(a.socket), await serverOf(b.socket)]
    expect(second).toBe(first)
    await a.leave()
    expect(await serverOf(b.socket)).toBe(first)
    await b.leave()
    await expect.poll(() => isAlive(first)).toBe(false)
  })

  it('is one server for ten that join at once in one process', async () => {
    const data = await folder()
    const users = await Promise.all(Array.from({ length: 10 }, () => joined(data)))
    const servers = await Promise.all(users.map(each => serverOf(each.socket)))
    expect(new Set(servers).size).toBe(1)
    await Promise.all(users.map(each => each.leave()))
    await expect.poll(() => isAlive(servers[0] ?? 0)).toBe(false)
  })

  it('is left behind by none when all leave at once, and found by whoever joins meanwhile', async () => {
    const data = await folder()
    for (let round = 0; round < 10; round++) {
      const [a, b] = await Promise.all([joined(data), joined(data)])
      const [c] = await Promise.all([joined(data), a.leave(), b.leave()])
      const server = await serverOf(c.socket)
      await c.leave()
      await expect.poll(() => isAlive(server)).toBe(false)
    }
  })

  it('lets nobody join while another is about to shut it down', async () => {
    const data = await folder()
    const { socket } = await joined(data)
    const server = await serverOf(socket)
    const leaver = new Redis({ path: socket, connectionName: 'feedwire-leaving', retryStrategy: () => null })
    leaver.on('error', () => {})
    await leaver.ping()
    let through = false
    const joining = joined(data).finally(() => (through = true))
    await until(async () => (await namesOn(socket)).filter(name => name === 'feedwire').length === 2)
    expect(through).toBe(false)
    await leaver.shutdown().catch(() => {})
    await joining
    expect(await serverOf(socket)).not.toBe(server)
  })

  it('outlives a user that was killed, is joined by the next, and goes with it', async () => {
    const data = await folder()
    const killed = await user(data)
    const server = await serverOf(killed.socket)
    await killed.kill()
    expect(isAlive(server)).toBe(true)
    const next = await user(data)
    expect(await serverOf(next.socket)).toBe(server)
    await next.leave()
    await expect.poll(() => isAlive(server)).toBe(false)
  })

  it('comes back by itself, with its data, when it was killed under a user', async () => {
    const local = await joined(await folder())
    await ask(local.socket, redis => redis.set('a', 'kept'))
    const server = await serverOf(local.socket)
    process.kill(server, 'SIGKILL')
    await until(async () => (await serverOf(local.socket)) !== server)
    expect(await ask(local.socket, redis => redis.get('a'))).toBe('kept')
    const again = await serverOf(local.socket)
    await local.leave()
    await expect.poll(() => isAlive(again)).toBe(false)
  })

  it('comes back once for several users', async () => {
    const data = await folder()
    const users = await Promise.all([joined(data), joined(data), joined(data)])
    const { socket } = users[0]
    const server = await serverOf(socket)
    process.kill(server, 'SIGKILL')
    await until(
      async () =>
        (await serverOf(socket)) !== server && (await namesOn(socket)).filter(name => name === 'feedwire').length === 3,
    )
    const again = await serverOf(socket)
    for (const each of users) await each.leave()
    await expect.poll(() => isAlive(again)).toBe(false)
  })

  it('starts with a log that a power cut left incomplete', async () => {
    const data = await folder()
    const before = await joined(data)
    await ask(before.socket, redis => redis.set('a', 'kept'))
    await before.leave()
    const logs = join(data, 'redis', 'appendonlydir')
    const newest = (await readdir(logs)).find(file => file.endsWith('.incr.aof')) ?? ''
    await appendFile(join(logs, newest), '*3\r\n$3\r\nSET\r\n$1\r\nb')
    const after = await joined(data)
    expect(await ask(after.socket, redis => redis.mget('a', 'b'))).toEqual(['kept', null])
  })

  it('says what its log says when it cannot start', async () => {
    const data = await folder()
    await mkdir(join(data, 'redis', 'appendonlydir', 'appendonly.aof.manifest'), { recursive: true })
    await expect(joined(data)).rejects.toThrow(/does not start: it failed[^]*manifest/)
  })

  it('says where a folder cannot be made', async () => {
    const data = await folder()
    await writeFile(join(data, 'redis'), '')
    await expect(LocalRedis.join({ data, fetch: false, announce: () => {}, log })).rejects.toThrow(
      `Cannot make the folder of the local Redis, ${data}/redis`,
    )
  })

  it('listens for its owner only, on a unix socket and no port', async () => {
    const local = await joined(await folder())
    expect((await stat(local.socket)).mode & 0o777).toBe(0o700)
    expect(await ask(local.socket, redis => redis.config('GET', 'port'))).toEqual(['port', '0'])
    expect(await ask(local.socket, redis => redis.config('GET', 'appendfsync'))).toEqual(['appendfsync', 'always'])
  })

  it('moves its socket to the temporary folder when the path has over 100 bytes', async () => {
    const data = join(await folder(), 'ü'.repeat(50))
    const [a, b] = await Promise.all([joined(data), user(data)])
    expect(a.socket).toMatch(/^.{1,100}feedwire-[0-9a-f]{16}\/redis\.sock$/)
    expect(b.socket).toBe(a.socket)
    expect(await ask(a.socket, redis => redis.ping())).toBe('PONG')
    await rm(a.socket.replace('/redis.sock', ''), { recursive: true })
  })

  it('works in a folder whose name holds blanks and quotes', async () => {
    const local = await joined(join(await folder(), `a "b" 'c' \\d`))
    expect(await ask(local.socket, redis => redis.ping())).toBe('PONG')
  })

  it('gives its server nothing of the environment', async () => {
    const local = await user(await folder(), { AGENCY_TOKEN: 'hush' })
    const { stdout } = await promisify(execFile)('cat', [`/proc/${await serverOf(local.socket)}/environ`])
    expect(stdout).not.toContain('hush')
  })
})

describe('without a Redis on PATH', () => {
  it('none is fetched when that is forbidden, and the message has the line to type', async () => {
    const [data, path] = [await folder(), await folder()]
    const { stdout: flock } = await promisify(execFile)('which', ['flock'])
    await symlink(flock.trim(), join(path, 'flock'))
    vi.stubEnv('PATH', path)
    try {
      const refused = LocalRedis.join({ data, fetch: false, announce: () => {}, log })
      await expect(refused).rejects.toThrow(/--no-fetch .*sudo apt-get install redis-server.* REDIS_URL/)
    } finally {
      vi.unstubAllEnvs()
    }
  })

  it('a fetch tells how it goes, and one that does not end says so, with the line to type', async () => {
    const [data, path] = [await folder(), await folder()]
    await programs(path, { 'apt-get': 'echo; exec sleep 60', 'dpkg-deb': 'exit 1' }, ['flock', 'sleep'])
    const said: string[] = []
    vi.stubEnv('PATH', path)
    try {
      const fetching = findRedis({
        folder: data,
        fetch: true,
        announce: message => void said.push(message),
        patience: 300,
      })
      await expect(fetching).rejects.toThrow(
        /did not end within \d+ s: .*\n.*sudo apt-get install redis-server.*REDIS_URL/,
      )
      expect(said).toEqual([expect.stringContaining('fetching Debian'), expect.stringContaining('Fetching Redis: ')])
    } finally {
      vi.unstubAllEnvs()
    }
  })

  it('one that ends without a word is not taken for a disk that is full', async () => {
    const [data, path] = [await folder(), await folder()]
    await programs(path, { 'redis-server': 'exit 1' }, ['flock'])
    vi.stubEnv('PATH', path)
    try {
      const joining = LocalRedis.join({ data, fetch: false, announce: () => {}, log })
      await expect(joining).rejects.toThrow(/does not start: it failed\. Its log ends:\nnothing$/)
    } finally {
      vi.unstubAllEnvs()
    }
  })

  it('and without flock the message says so', async () => {
    await expect(user(await folder(), { PATH: '/nowhere' })).rejects.toThrow(/flock \(util-linux\).*REDIS_URL/)
  })
})

/** Puts scripts for `/bin/sh` into a folder that is to be all of PATH, beside some of the system's own programs. */
async function programs(path: string, scripts: Record<string, string>, own: readonly string[]): Promise<void> {
  for (const [name, script] of Object.entries(scripts))
    await writeFile(join(path, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  for (const name of own) {
    const { stdout } = await promisify(execFile)('which', [name])
    await symlink(stdout.trim(), join(path, name))
  }
}

/** Joins in this process, with the Redis that the tests share. */
async function joined(data: string): Promise<LocalRedis> {
  await share(data)
  const local = await LocalRedis.join({ data, fetch: true, announce: () => {}, log })
  kept.push(local)
  return local
}

/** Joins in a process of its own. */
async function user(data: string, env: Record<string, string> = {}): Promise<LocalUser> {
  await share(data)
  const module = pathToFileURL(join(compiled, 'store', 'local', 'local-redis.js')).href
  const child = spawn(process.execPath, ['--input-type=module', '--eval', userProgram, module, data], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  })
  const ended = once(child, 'exit')
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL')
    await ended
  }
  const leave = async (): Promise<void> => {
    child.stdin.end()
    await ended
  }
  kept.push({ [Symbol.asyncDispose]: leave })
  const lines = createInterface({ input: child.stdout })
  const [line] = await once(lines, 'line')
  const [, socket] = /^joined (.*)$/.exec(String(line)) ?? []
  if (socket === undefined) throw new Error(String(line))
  return { socket, leave, kill }
}

interface LocalUser {
  socket: string
  leave: () => Promise<void>
  kill: () => Promise<void>
}

/** Says where it joined, and leaves when its input ends. */
const userProgram = `
  const [module, data] = process.argv.slice(1)
  const { LocalRedis } = await import(module)
  const log = { info() {}, warn() {}, error() {} }
  try {
    const local = await LocalRedis.join({ data, fetch: false, announce() {}, log })
    console.log('joined ' + local.socket)
    for await (const chunk of process.stdin);
    await local.leave()
  } catch (error) {
    console.log(error.message.replaceAll('\\n', ' '))
  }
`

/** Plain Node runs no TypeScript: what the children run is compiled first, and no more than that. */
async function compile(): Promise<void> {
  const tsc = join(root, 'node_modules', '.bin', 'tsc')
  const source = join(root, 'src', 'store', 'local', 'local-redis.ts')
  const project = join(compiled, 'tsconfig.json')
  await mkdir(compiled, { recursive: true })
  const compilerOptions = { rootDir: join(root, 'src'), outDir: compiled, declaration: false, sourceMap: false }
  const config = { extends: join(root, 'tsconfig.build.json'), compilerOptions, include: [], files: [source] }
  await writeFile(project, JSON.stringify(config))
  await promisify(execFile)(tsc, ['-p', project])
}

async function folder(): Promise<string> {
  const data = await mkdtemp(join(tmpdir(), 'feedwire-'))
  kept.push({ [Symbol.asyncDispose]: () => rm(data, { recursive: true, force: true }) })
  return data
}

/** Puts the Redis that the tests share into a data folder, as if it had been fetched there. */
async function share(data: string): Promise<void> {
  await mkdir(join(data, 'redis'), { recursive: true })
  await symlink(join(cache, 'redis', 'package'), join(data, 'redis', 'package')).catch(() => {})
}

async function ask<T>(socket: string, question: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis({ path: socket, retryStrategy: () => null })
  redis.on('error', () => {})
  try {
    return await question(redis)
  } finally {
    redis.disconnect()
  }
}

/** Process id of the server on the socket. */
async function serverOf(socket: string): Promise<number> {
  return Number(/process_id:(\d+)/.exec(await ask(socket, redis => redis.info('server')))?.[1])
}

async function namesOn(socket: string): Promise<string[]> {
  const list = String(await ask(socket, redis => redis.client('LIST')))
  return Array.from(list.matchAll(/ name=(\S*)/g), ([, name = '']) => name)
}

/** A process that has ended, but that nobody has waited for yet, does not live. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}
