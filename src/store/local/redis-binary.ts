import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, mkdir, readdir, rename, rm, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** How a Redis server is started on this machine. */
export interface RedisBinary {
  /** Path of util-linux' `flock`, under which it runs. */
  flock: string
  /** Path of the program. Its name is `redis-server` or `valkey-server`: the program looks at its own name. */
  server: string
  /** `LD_LIBRARY_PATH`, where the program was fetched with libraries of its own. */
  libraries?: string
}

export interface Find {
  /** Where a fetched Redis is kept; created when needed. */
  folder: string
  /** May it be fetched? */
  fetch: boolean
  /** Is told, before the fetch begins and while it goes on, in a sentence for the operator each. */
  announce: (message: string) => void
  /** Milliseconds for each step of a fetch. */
  patience?: number
}

/** Milliseconds for one step of a fetch, on a slow line too, and between two words on one that takes its time. */
const usualPatience = 300_000
const wordEvery = 10_000

const remedy = 'Install one (`sudo apt-get install redis-server`), or set REDIS_URL to one that runs elsewhere.'

/**
 * A Redis server on PATH, or one fetched before, or else, on Debian and Ubuntu, one fetched now, without root.
 * Throws one message with the line to type when there is none.
 */
export async function findRedis({ folder, fetch, announce, patience }: Find): Promise<RedisBinary> {
  const flock = await which('flock')
  if (flock === undefined) {
    throw new Error(
      `A local Redis needs the program flock (util-linux), which is not on PATH. Set REDIS_URL to a Redis that runs.`,
    )
  }
  const server = await which('redis-server', 'valkey-server')
  if (server !== undefined) return { flock, server }
  // In Debian the checker of dumps is the same program as the server, and packaged apart from it.
  const checker = await which('redis-check-rdb')
  if (checker !== undefined) return { flock, server: await asServer(checker, join(folder, 'bin')) }
  const kept = (await unpacked(flock, folder)) ?? (await fetchLocked(flock, { folder, fetch, announce, patience }))
  if (kept === undefined) throw new Error(`The Redis that was fetched into ${folder} does not run. ${remedy}`)
  return kept
}

async function fetchLocked(flock: string, find: Find): Promise<RedisBinary | undefined> {
  const { folder, fetch, announce } = find
  if (!fetch) throw new Error(`No Redis server on PATH, and --no-fetch forbids fetching one. ${remedy}`)
  if ((await which('apt-get')) === undefined || (await which('dpkg-deb')) === undefined) {
    throw new Error(`No Redis server on PATH, and no apt to fetch one with. ${remedy}`)
  }
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const waiting = setTimeout(
    () => announce(`Waiting for another process that fetches Redis into ${folder}`),
    2_000,
  ).unref()
  return withLock(flock, join(folder, 'fetch.lock'), async () => {
    clearTimeout(waiting)
    const fetchedMeanwhile = await unpacked(flock, folder)
    if (fetchedMeanwhile !== undefined) return fetchedMeanwhile
    announce(
      `No Redis server on PATH: fetching Debian's package redis-tools into ${folder} (about 1.2 MB, without root)`,
    )
    try {
      await fetchPackage(find)
    } catch (error) {
      throw new Error(`No Redis server on PATH, and it could not be fetched: ${lastLines(error)}\n${remedy}`, {
        cause: error,
      })
    }
    return unpacked(flock, folder)
  })
}

/** Downloads redis-tools and what it needs beyond what is installed, and unpacks it all into `folder`/package. */
async function fetchPackage({ folder, announce, patience = usualPatience }: Find): Promise<void> {
  const work = join(folder, 'fetch')
  const archives = join(work, 'cache', 'archives')
  const apt = (what: string, ...args: string[]): Promise<void> =>
    patiently(what, { patience, announce }, timeout =>
      run('apt-get', [...aptOptions(work), ...args], { timeout, maxBuffer: 2 ** 24 }),
    )
  await rm(work, { recursive: true, force: true })
  try {
    for (const part of [archives, join(work, 'lists')]) await mkdir(join(part, 'partial'), { recursive: true })
    // A hook of the system's own apt may fail here for want of root, after the lists are in: the download decides.
    const failedUpdate = await apt('reading what packages there are', 'update').then(
      () => undefined,
      (error: unknown) => (error instanceof Late ? Promise.reject(error) : error),
    )
    const install = ['install', '--yes', '--download-only', '--reinstall', '--no-install-recommends', 'redis-tools']
    await apt('downloading redis-tools', ...install).catch((error: unknown) => Promise.reject(failedUpdate ?? error))
    const contents = join(work, 'package')
    for (const name of (await readdir(archives)).filter(file => file.endsWith('.deb'))) {
      await run('dpkg-deb', ['-x', join(archives, name), contents], { timeout: 60_000 })
    }
    await rm(join(folder, 'package'), { recursive: true, force: true })
    await rename(contents, join(folder, 'package'))
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** There is no use in going on: the next step would be as late. */
class Late extends Error {}

/**
 * One step of a fetch: says that it begins, and every ten seconds that it goes on. One that does not end in time is ended, and
 * rejects with how long that was.
 */
async function patiently(
  what: string,
  { patience, announce }: { patience: number; announce: Find['announce'] },
  step: (timeout: number) => Promise<unknown>,
): Promise<void> {
  const begun = performance.now()
  const passed = () => `${Math.round((performance.now() - begun) / 1000)} s`
  announce(`Fetching Redis: ${what}`)
  const words = setInterval(() => announce(`Fetching Redis: still ${what}, for ${passed()} now`), wordEvery)
  try {
    await step(patience)
  } catch (error) {
    if (!(error instanceof Error && 'killed' in error && error.killed)) throw error
    throw new Late(`${what} did not end within ${passed()}: is there a way to the package server?`, { cause: error })
  } finally {
    clearInterval(words)
  }
}

/** Lists, cache and state of apt in a folder of our own, so that it needs no root and leaves the system's alone. */
function aptOptions(work: string): string[] {
  const settings = {
    'Dir::State': work,
    'Dir::State::lists': join(work, 'lists'),
    'Dir::Cache': join(work, 'cache'),
    'Debug::NoLocking': '1',
    'APT::Update::Error-Mode': 'any',
    'Acquire::Languages': 'none',
    'Acquire::Retries': '2',
    'Acquire::http::Timeout': '20',
    'Acquire::https::Timeout': '20',
  }
  return ['--quiet', ...Object.entries(settings).flatMap(([key, value]) => ['-o', `${key}=${value}`])]
}

/** The Redis that an earlier fetch left in the folder, if it still runs: a library that was the system's may have gone. */
async function unpacked(flock: string, folder: string): Promise<RedisBinary | undefined> {
  const contents = join(folder, 'package')
  const checker = join(contents, 'usr', 'bin', 'redis-check-rdb')
  try {
    await access(checker)
    const files = await readdir(contents, { recursive: true, withFileTypes: true })
    const folders = files.filter(file => /\.so(\.|$)/.test(file.name)).map(file => file.parentPath)
    const libraries = [...new Set(folders)].toSorted().join(':')
    const server = await asServer(checker, dirname(checker))
    await run(server, ['--version'], { env: { LD_LIBRARY_PATH: libraries }, timeout: 10_000 })
    return { flock, server, libraries }
  } catch {
    return undefined
  }
}

/** A symbolic link named `redis-server` in the folder, under which the program acts as the server. */
async function asServer(program: string, folder: string): Promise<string> {
  const server = join(folder, 'redis-server')
  const fresh = join(folder, `.redis-server-${process.pid}-${performance.now()}`)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await symlink(program, fresh)
  await rename(fresh, server)
  return server
}

/** The path of the first of these programs that is on PATH. */
async function which(...programs: string[]): Promise<string | undefined> {
  const script = 'for program; do command -v "$program" && exit; done; true'
  const { stdout } = await run('/bin/sh', ['-c', script, 'sh', ...programs], { timeout: 10_000 })
  return stdout.trim() || undefined
}

/** Does it while holding the kernel's lock on a file, which goes with this process, however it goes. Waits for other holders. */
async function withLock<T>(flock: string, file: string, action: () => Promise<T>): Promise<T> {
  const holder = spawn(flock, [file, '/bin/sh', '-c', 'echo; exec cat'], { stdio: ['pipe', 'pipe', 'ignore'] })
  const ended = once(holder, 'close')
  await Promise.race([once(holder.stdout, 'data'), ended])
  if (holder.exitCode !== null) throw new Error(`Cannot lock ${file}`)
  try {
    return await action()
  } finally {
    holder.stdin.end()
    await ended
  }
}

function lastLines(error: unknown): string {
  const output = error instanceof Error && 'stderr' in error ? String(error.stderr) : ''
  return (output.trim() || (error instanceof Error ? error.message : String(error))).split('\n').slice(-4).join('\n')
}
