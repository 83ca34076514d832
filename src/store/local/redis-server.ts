import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { open, readFile, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { RedisBinary } from './redis-binary.ts'

export interface ServerSettings {
  /** Absolute; must exist. Holds the data, the lock and the log. */
  folder: string
  listen: { socket: string } | { port: number }
  /** Does it outlive the process that started it? */
  detached: boolean
  /** More settings of redis.conf. */
  extra?: Readonly<Record<string, string>>
}

/** The exit code of a server that found another one on its folder. */
export const folderTaken = 75

/**
 * Starts a Redis server on a folder. Its process id is the server's own; it may be up to a moment before it listens.
 *
 * It runs under the kernel's lock on the folder, inherited from flock through exec: two never share a folder, and the lock is
 * free exactly when the server has died, however it died. It never syncs late: what was answered is on the disk.
 */
export async function spawnRedis(
  binary: RedisBinary,
  { folder, listen, detached, extra }: ServerSettings,
): Promise<ChildProcess> {
  const socket = 'socket' in listen ? { unixsocket: listen.socket, unixsocketperm: '700' } : undefined
  const settings = {
    ...(socket ?? { bind: '127.0.0.1' }),
    port: 'port' in listen ? String(listen.port) : '0',
    dir: folder,
    save: '',
    appendonly: 'yes',
    appendfsync: 'always',
    'aof-load-truncated': 'yes',
    ...extra,
  }
  const args = Object.entries(settings).flatMap(([key, value]) => [`--${key}`, value])
  const locked = ['--nonblock', '--conflict-exit-code', String(folderTaken), '--no-fork', join(folder, 'lock')]
  await using log = await openLog(folder)
  // The server has it from us: its files are for their owner alone.
  const umask = process.umask(0o077)
  const child = spawn(binary.flock, [...locked, binary.server, ...args], {
    cwd: folder,
    detached,
    stdio: ['ignore', log.fd, log.fd],
    // Nothing of our own environment: it may hold secrets, and the server may live longer than we do.
    env: binary.libraries === undefined ? {} : { LD_LIBRARY_PATH: binary.libraries },
  })
  process.umask(umask)
  await once(child, 'spawn')
  return child
}

/** What the server on the folder said last, for the message of an error. */
export async function lastWords(folder: string): Promise<string> {
  const text = await readFile(logFile(folder), 'utf8').catch(() => '')
  return text.trim().split('\n').slice(-8).join('\n').slice(-2_000)
}

const logLimit = 1_000_000

async function openLog(folder: string): Promise<FileHandle> {
  const log = await open(logFile(folder), 'a', 0o600)
  if ((await log.stat()).size > logLimit) await log.truncate()
  return log
}

function logFile(folder: string): string {
  return join(folder, 'redis.log')
}
