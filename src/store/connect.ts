import { Cluster, Redis, type ClusterOptions, type RedisOptions } from 'ioredis'
import type { Logger } from '../log.ts'
import { parseAddress, type Address } from './address.ts'

export { describeAddressFault } from './address.ts'

/** What `connect` gives: a connection to one server (or the master that Sentinel names), or to a cluster. */
export type RedisClient = Redis | Cluster

/**
 * How a connection behaves while Redis is away or does not answer.
 *
 * - `ask`: for everything that can be tried again. A command is answered or rejected within five seconds; a command that
 *   blocks must do so for less.
 * - `wait`: for the workers of BullMQ (which insist on it) and for subscriptions. Commands wait as long as it takes, and may
 *   block for up to fifteen seconds.
 */
export type Role = 'ask' | 'wait'

const roles = {
  // Two attempts (150 ms at least) bridge a restart; then what waits is rejected, so that nothing piles up in an outage.
  ask: { maxRetriesPerRequest: 1, commandTimeout: 5_000, socketTimeout: 6_000 },
  wait: { maxRetriesPerRequest: null, socketTimeout: 20_000 },
} satisfies Record<Role, RedisOptions>

const heartbeat = 5_000

/**
 * A connection to the Redis of `REDIS_URL`, or to the socket of the local one. It comes back by itself, however long Redis is
 * away, half a second after Redis does at the latest; an outage is one line in the log, its end another.
 * Throws when the address is faulty; `describeAddressFault` tells beforehand.
 */
export function connect(address: string, log: Logger, role: Role = 'ask'): RedisClient {
  const parsed = parseAddress(address)
  if (typeof parsed === 'string') throw new Error(parsed)
  const client = parsed.kind === 'cluster' ? connectCluster(parsed, role) : connectServer(parsed, role)
  logOutages(client, log)
  return client
}

/** Did this command fail because Redis is away or silent? */
export function isAway(error: unknown): boolean {
  return error instanceof Error && (error.name === 'MaxRetriesPerRequestError' || error.message === 'Command timed out')
}

/** Ends a connection. One that has ended already would hold the process for two more seconds if it were told again. */
export function disconnect(client: RedisClient): void {
  if (client.status !== 'end') client.disconnect()
}

function connectServer(address: Exclude<Address, { kind: 'cluster' }>, role: Role): Redis {
  const client = new Redis({ ...roles[role], ...endpoint(address), connectTimeout: 5_000, retryStrategy: backoff })
  // A peer that vanished without closing is only noticed by asking it: without an answer, `socketTimeout` ends the connection.
  const timer = setInterval(() => {
    if (client.status === 'ready') client.ping().catch(() => {})
  }, heartbeat).unref()
  client.once('end', () => clearInterval(timer))
  return client
}

function endpoint(address: Exclude<Address, { kind: 'cluster' }>): RedisOptions {
  if (address.kind === 'socket') return { path: address.path }
  const { username, password, db } = address
  if (address.kind === 'server') {
    const { host, port, tls } = address
    return { host, port, username, password, db, ...(tls && { tls: {} }) }
  }
  return {
    sentinels: [...address.nodes],
    name: address.name,
    username,
    password,
    db,
    sentinelRetryStrategy: backoff,
    sentinelCommandTimeout: 2_000,
  }
}

function connectCluster({ nodes, username, password }: Extract<Address, { kind: 'cluster' }>, role: Role): Cluster {
  const options = {
    redisOptions: { ...roles[role], username, password, connectTimeout: 5_000 },
    clusterRetryStrategy: backoff,
    // Also the heartbeat of its connections.
    slotsRefreshInterval: heartbeat,
  } satisfies ClusterOptions
  const cluster = new Cluster([...nodes], options)
  // The queue of a cluster has no limit of time: it is there for the first connection only.
  if (role === 'ask') cluster.once('ready', () => (cluster.options.enableOfflineQueue = false))
  return cluster
}

function backoff(attempt: number): number {
  return Math.min(50 * attempt, 500)
}

function logOutages(client: RedisClient, log: Logger): void {
  let away = false
  client.on('error', (error: Error) => {
    // Only the message: the error of a refused login carries the command, and with it the password.
    if (!away) log.warn({ reason: error.message }, 'Redis is away')
    away = true
  })
  client.on('ready', () => {
    if (away) log.info('Redis is back')
    away = false
  })
}
