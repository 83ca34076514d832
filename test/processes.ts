import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findRedis } from '../src/store/local/redis-binary.ts'
import { makeHome, publicUrl, type Home, type HomeOptions } from './newsroom.ts'
import { until, type TestRedis } from './redis.ts'

const program = fileURLToPath(new URL('../dist/main.js', import.meta.url))
const cache = fileURLToPath(new URL('../node_modules/.cache/redis', import.meta.url))

/** Can this system tell the processes of a home from all others? */
export const canSeeProcesses = existsSync('/proc/self/environ')

export interface Exit {
  code: number | null
  signal: NodeJS.Signals | null
}

/** The built program, running as a process of its own. */
export interface Running {
  pid: number
  stdout: () => string
  stderr: () => string
  exit: Promise<Exit>
  /** SIGTERM unless said otherwise. Resolves when it is gone. */
  kill: (signal?: NodeJS.Signals) => Promise<Exit>
  /** The first match of the pattern in what it wrote, on either stream. Fails when the program ends before. */
  said: (pattern: RegExp) => Promise<RegExpExecArray>
}

export interface RunOptions {
  environment?: NodeJS.ProcessEnv
  /** As a terminal starts it: leader of a process group, which gets the terminal's signals. */
  group?: boolean
}

/** A home with whatever runs on it. When it is disposed of, every process that has it in its environment or arguments is killed. */
export interface ProgramHome extends Home {
  run: (args: readonly string[], options?: RunOptions) => Running
  /** Runs a command to its end. */
  command: (...args: string[]) => Promise<Exit & { stdout: string; stderr: string }>
  /** Its processes: process id -> command line. */
  processes: () => Promise<Map<number, string>>
}

/** Without a Redis `REDIS_URL` is unset, and the program keeps a local one, for which nothing needs to be fetched. */
export async function makeProgramHome(options: HomeOptions & { redis?: TestRedis } = {}): Promise<ProgramHome> {
  if (!existsSync(program)) throw new Error(`${program} is not there: npm run build makes it`)
  const { redis } = options
  const home = await makeHome(options)
  if (redis === undefined) await provideRedis(home.folder)
  const environment = {
    PATH: process.env['PATH'],
    FEEDWIRE_HOME: home.folder,
    PUBLIC_URL: publicUrl,
    PORT: '0',
    ...(redis && { REDIS_URL: redis.address }),
  }
  const children: ChildProcess[] = []
  const run = (args: readonly string[], { environment: more, group = false }: RunOptions = {}): Running => {
    const child = spawn(process.execPath, [program, ...args], {
      env: { ...environment, ...more },
      detached: group,
      // The channel ends the program if this process should die.
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    children.push(child)
    return follow(child)
  }
  return Object.assign(home, {
    run,
    async command(...args: string[]) {
      const running = run(args)
      return { ...(await running.exit), stdout: running.stdout(), stderr: running.stderr() }
    },
    processes: () => processesOf(home.folder),
    [Symbol.asyncDispose]: disposer(home, children),
  })
}

/** Written before the home's own disposal is replaced. */
function disposer(home: Home, children: readonly ChildProcess[]): () => Promise<void> {
  const remove = home[Symbol.asyncDispose].bind(home)
  return async () => {
    for (const child of children) child.kill('SIGKILL')
    await until(async () => {
      const left = await processesOf(home.folder)
      for (const pid of left.keys()) kill(pid, 'SIGKILL')
      return left.size === 0 && children.every(hasEnded)
    })
    await remove()
  }
}

/** Sends a signal to a process, or with a negative id to a group; one that is gone is none of our concern. */
export function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {}
}

function follow(child: ChildProcess): Running {
  let stdout = ''
  let stderr = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const exit = once(child, 'close').then(([code, signal]): Exit => ({ code, signal }))
  return {
    pid: child.pid ?? 0,
    stdout: () => stdout,
    stderr: () => stderr,
    exit,
    kill(signal = 'SIGTERM') {
      child.kill(signal)
      return exit
    },
    async said(pattern) {
      const match = () => pattern.exec(stdout) ?? pattern.exec(stderr)
      await until(() => match() !== null || hasEnded(child))
      const found = match()
      if (found === null) throw new Error(`It ended without saying ${String(pattern)}:\n${stdout}${stderr}`)
      return found
    },
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

/** Puts the Redis of the tests where a local one would be fetched to. */
async function provideRedis(folder: string): Promise<void> {
  await findRedis({ folder: cache, fetch: true, announce: message => process.stderr.write(`${message}\n`) })
  const own = join(folder, '.feedwire', 'redis')
  await mkdir(own, { recursive: true, mode: 0o700 })
  if (existsSync(join(cache, 'package'))) await symlink(join(cache, 'package'), join(own, 'package'))
}

async function processesOf(folder: string): Promise<Map<number, string>> {
  const found = new Map<number, string>()
  const names = canSeeProcesses ? await readdir('/proc') : []
  for (const name of names.filter(each => /^\d+$/.test(each))) {
    const [line, environment] = await Promise.all(
      ['cmdline', 'environ'].map(file => readFile(`/proc/${name}/${file}`, 'utf8').catch(() => '')),
    )
    if (`${line}${environment}`.includes(folder) && Number(name) !== process.pid)
      found.set(Number(name), (line ?? '').replaceAll('\0', ' ').trim())
  }
  return found
}
