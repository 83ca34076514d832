import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createLog } from '../dist/log.js'
import { localSocket } from '../dist/store/local/local-socket.js'
import { connect, disconnect } from '../dist/store/redis/connect.js'
import { Connection } from './serve/connection.js'

const program = fileURLToPath(new URL('../dist/main.js', import.meta.url))

/** Milliseconds: longest wait for a start, and for anything else; between two questions. */
const patience = { start: 900_000, change: 60_000 }
const step = 2

/** A newsroom of its own, as files. `settings`: what its configuration has beside the site; `feeds`: name -> content. */
export async function makeHome({ settings, feeds }) {
  const home = await mkdtemp(join(tmpdir(), 'feedwire-bench-'))
  for (const folder of ['config', 'feeds', 'archive']) await mkdir(join(home, folder))
  const site = 'site: { title: Bench, authority: "bench.example,2024", url: "https://bench.example" }\n'
  await writeFile(join(home, 'config/feedwire.yaml'), site + settings)
  for (const [name, content] of Object.entries(feeds)) await writeFile(join(home, `feeds/${name}.yaml`), content)
  return home
}

/** The built program as `feedwire start`, with its local Redis, until `end`. `started`: milliseconds until it was ready. */
export async function startProgram(home) {
  const port = await freePort()
  const env = { ...process.env, FEEDWIRE_HOME: home, PORT: String(port), LOG_LEVEL: 'warn' }
  delete env.REDIS_URL
  const run = (...args) => spawn(process.execPath, [program, ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] })
  const begun = performance.now()
  const child = run('start')
  const redis = await openLocal(home)
  const connection = new Connection(port)
  const end = async () => {
    connection.close()
    disconnect(redis)
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM')
      await once(child, 'exit')
    }
    await rm(home, { recursive: true, force: true })
  }
  try {
    await waitFor(() => redis.status === 'ready', patience.start)
    await redis.config('SET', 'slowlog-log-slower-than', '1000', 'slowlog-max-len', '10000')
    await waitFor(async () => (await statusOf(connection, '/readyz')) === '200', patience.start)
    return {
      connection,
      redis,
      started: performance.now() - begun,
      end,
      command: (...args) => once(run(...args), 'exit'),
    }
  } catch (error) {
    await end()
    throw error
  }
}

/** Resolves when it is so; fails after so many milliseconds. */
export async function waitFor(condition, most = patience.change) {
  const begun = performance.now()
  while (!(await condition())) {
    if (performance.now() - begun > most) throw new Error(`waited ${most} ms for the program, in vain`)
    await pause(step)
  }
}

/** '' while nobody listens. */
export async function statusOf(connection, path) {
  return (await ask(connection, path).catch(() => '')).slice(9, 12)
}

/** Of what the edge has of a feed; `known` is what it had, so that it need not send all of it again. */
export async function tagOf(connection, feed, known = '"none"') {
  return /\r\netag: ([^\r]+)/i.exec(await ask(connection, `/feeds/${feed}.json`, `If-None-Match: ${known}`))?.[1]
}

/** A page dump of about a kilobyte, of a minute on 1 May 2024 counted from midnight: only the newest are in a feed. */
export function dump(title, minute = 0, { section = 'News', day = '01/05/2024' } = {}) {
  const date = `${day} ${two(Math.floor(minute / 60))}h${two(minute % 60)}`
  const text = `The ${title} was seen near the harbour, and the council has said nothing of it.`
  return `${title}\n\nBench Agency\n${section}\n${date}\n${`\n${text}\n`.repeat(10)}`
}

async function ask(connection, path, ...lines) {
  const request = [`GET ${path} HTTP/1.1`, 'Host: 127.0.0.1', ...lines, '', '']
  return (await connection.ask(request.join('\r\n'))).head
}

async function openLocal(home) {
  const folder = join(home, '.feedwire/redis')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  return connect(await localSocket(folder), createLog('silent', 'bench'), 'wait')
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  await new Promise(resolve => server.close(resolve))
  return port
}

function two(number) {
  return String(number).padStart(2, '0')
}
