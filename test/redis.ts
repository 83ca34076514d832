import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { mkdtemp, rm } from 'node:fs/promises'
import type { ChildProcess } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Redis } from 'ioredis'
import { findRedis } from '../src/store/local/redis-binary.ts'
import { lastWords, spawnRedis } from '../src/store/local/redis-server.ts'

/** Kept between runs, shared by the workers of vitest; `npm ci` empties it. */
const cache = fileURLToPath(new URL('../node_modules/.cache/redis', import.meta.url))

export interface TestRedisOptions {
  /** Listen on a free port of 127.0.0.1 instead of a unix socket. */
  tcp?: boolean
  /** More settings of redis.conf. */
  settings?: Record<string, string>
}

/** A Redis server of a test's own, in a fresh folder. Nothing restarts it: an outage lasts until the test ends it. */
export interface TestRedis extends AsyncDisposable {
  /** For `connect`: `redis://127.0.0.1:PORT`, or the path of the socket. */
  address: string
  /** Where its data lie: to be taken aside, emptied or put back while it is stopped. */
  folder: string
  /** A plain connection that never comes back, closed by `stop` of the whole. */
  client: () => Redis
  /** Ends the server in order. Its data stay for `restart`. */
  stop: () => Promise<void>
  /** SIGKILL. */
  kill: () => Promise<void>
  /** SIGSTOP: connections stay open, and nothing is answered. */
  pause: () => void
  resume: () => void
  /** Starts it again, on the same address, with the data that it left. */
  restart: () => Promise<void>
}

export function startRedis(options: TestRedisOptions = {}): Promise<TestRedis> {
  return onFreePorts(() => openRedis(options))
}

async function openRedis({ tcp = false, settings }: TestRedisOptions): Promise<TestRedis> {
  const binary = await findRedis({
    folder: cache,
    fetch: true,
    announce: message => process.stderr.write(`${message}\n`),
  })
  const folder = await mkdtemp(join(tmpdir(), 'feedwire-'))
  const listen = tcp ? { port: await freePort() } : { socket: join(folder, 'redis.sock') }
  const clients: Redis[] = []
  let server: ChildProcess
  const start = async (): Promise<void> => {
    server = await spawnRedis(binary, { folder, listen, detached: false, ...(settings && { extra: settings }) })
    await untilAnswers(server, folder, listen).catch((error: unknown) => {
      server.kill('SIGKILL')
      throw error
    })
  }
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    if (hasEnded(server)) return
    const ended = once(server, 'exit')
    server.kill(signal)
    await ended
  }
  await start().catch(async (error: unknown) => {
    await rm(folder, { recursive: true, force: true })
    throw error
  })
  return {
    address: 'port' in listen ? `redis://127.0.0.1:${listen.port}` : listen.socket,
    folder,
    client() {
      const client = connectTo(listen)
      clients.push(client)
      return client
    },
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    pause: () => void server.kill('SIGSTOP'),
    resume: () => void server.kill('SIGCONT'),
    restart: start,
    async [Symbol.asyncDispose]() {
      for (const client of clients) client.disconnect()
      await end('SIGKILL')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export interface TestCluster extends AsyncDisposable {
  /** For `connect`: `redis-cluster://127.0.0.1:PORT,...`. */
  address: string
  nodes: readonly TestRedis[]
}

/** A cluster of three masters on free ports of 127.0.0.1, each with a third of the slots. Takes about a second. */
export async function startCluster(): Promise<TestCluster> {
  const started = await Promise.all([startNode(), startNode(), startNode()])
  const [nodes, buses] = [started.map(({ node }) => node), started.map(({ bus }) => bus)]
  const ports = nodes.map(node => new URL(node.address).port)
  const clients = nodes.map(node => node.client())
  const slots = [0, 5461, 10923, 16384]
  for (const [i, client] of clients.entries()) {
    await client.call('CLUSTER', 'ADDSLOTSRANGE', slots[i] ?? 0, (slots[i + 1] ?? 0) - 1)
    for (const [j, bus] of buses.entries()) {
      if (j > i) await client.call('CLUSTER', 'MEET', '127.0.0.1', ports[j] ?? 0, bus)
    }
  }
  for (const client of clients) {
    await until(async () => /cluster_state:ok[^]*cluster_known_nodes:3/.test(await client.cluster('INFO')))
  }
  return {
    address: `redis-cluster://${ports.map(port => `127.0.0.1:${port}`).join(',')}`,
    nodes,
    async [Symbol.asyncDispose]() {
      for (const node of nodes) await node[Symbol.asyncDispose]()
    },
  }
}

function startNode(): Promise<{ node: TestRedis; bus: number }> {
  return onFreePorts(async () => {
    const bus = await freePort()
    const settings = { 'cluster-enabled': 'yes', 'cluster-port': String(bus) }
    return { node: await openRedis({ tcp: true, settings }), bus }
  })
}

/** A port that was free may be taken by another test before Redis listens there: then on others. */
async function onFreePorts<T>(start: () => Promise<T>): Promise<T> {
  for (let left = 5; ; left--) {
    try {
      return await start()
    } catch (error) {
      if (left === 0 || !String(error).includes('Address already in use')) throw error
    }
  }
}

const patience = 180_000

/** Resolves once the condition holds; fails after three minutes, which is no measure of speed: the machine may be busy. A condition that throws does not hold yet. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + patience
  for (;;) {
    const holds = await Promise.resolve()
      .then(condition)
      .catch(() => false)
    if (holds) return
    if (Date.now() > deadline) throw new Error(`Not within three minutes: ${String(condition)}`)
    await pause(10)
  }
}

/** A connection that never comes back. */
export function connectTo(listen: Listen): Redis {
  return new Redis({ ...where(listen), retryStrategy: () => null }).on('error', () => {})
}

type Listen = { socket: string } | { port: number }

function where(listen: Listen): { path: string } | { host: string; port: number } {
  return 'port' in listen ? { host: '127.0.0.1', port: listen.port } : { path: listen.socket }
}

async function untilAnswers(server: ChildProcess, folder: string, listen: Listen): Promise<void> {
  await until(async () => hasEnded(server) || (await answers(listen)))
  if (hasEnded(server)) throw new Error(`The test's Redis does not start:\n${await lastWords(folder)}`)
}

async function answers(listen: Listen): Promise<boolean> {
  const socket = connect(where(listen))
  try {
    socket.end('PING\r\n')
    const [answer] = await once(socket, 'data')
    return /^(\+PONG|-NOAUTH)/.test(String(answer))
  } finally {
    socket.destroy()
  }
}

function hasEnded(server: ChildProcess): boolean {
  return server.exitCode !== null || server.signalCode !== null
}

/** Below those that the system hands out: another test's connection might take one of them before Redis listens there. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 20_000)
    const server = createServer().listen(port, '127.0.0.1')
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    )
    if (!isFree) continue
    server.close()
    await once(server, 'close')
    return port
  }
}
