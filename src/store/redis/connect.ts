import { Cluster, Redis, type RedisOptions } from 'ioredis'
import type { Logger } from '../../log.ts'
import { parseAddress, type Address } from './address.ts'
import { connectCluster, followNodes, nodeError } from './cluster.ts'

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
  const client = parsed.kind === 'cluster' ? connectNodes(parsed, role) : connectServer(parsed, role)
  logOutages(client, log)
  return client
}

/** How Redis and ioredis say that there is no answer now: by class only for two of these. */
const awayMessage = new RegExp(
  [
    'Command timed out$',
    'Command aborted due to connection close$',
    String.raw`Connection is closed\.$`,
    '(?:LOADING|MASTERDOWN|NOAUTH|WRONGPASS) ',
    // A cluster, or a part of it.
    'CLUSTERDOWN ',
    String.raw`Cluster is ended\.`,
    "Cluster isn't ready",
    'Failed to refresh slots cache',
    'None of startup nodes is available',
    'Too many Cluster redirections',
  ]
    .map(message => `^${message}`)
    .join('|'),
)

/** Did this fail because Redis, or a node of it, is away, silent or not to be asked? What it says of the data is void then. */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return error.name === 'MaxRetriesPerRequestError' || awayMessage.test(error.message) || isAway(error.cause)
}

/** Did this fail because the user or the password is wrong, or missing? */
export function isRefused(error: unknown): boolean {
  return error instanceof Error && (/^(?:NOAUTH|WRONGPASS) /.test(error.message) || isRefused(error.cause))
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

function connectNodes(address: Extract<Address, { kind: 'cluster' }>, role: Role): Cluster {
  const redisOptions = { ...roles[role], connectTimeout: 5_000 }
  return connectCluster(address, { redisOptions, waits: role === 'wait', backoff })
}

function backoff(attempt: number): number {
  return Math.min(50 * attempt, 500)
}

function logOutages(client: RedisClient, log: Logger): void {
  let isOut = false
  const away = (error: Error, node?: string) => {
    // Only the message: the error of a refused login carries the command, and with it the password.
    const { message: reason } = nodeError(error)
    if (!isOut) log.warn({ ...(node !== undefined && { node }), reason }, 'Redis is away')
    isOut = true
  }
  const back = () => {
    if (isOut) log.info('Redis is back')
    isOut = false
  }
  client.on('error', (error: Error) => away(error))
  client.on('ready', back)
  if (client instanceof Cluster) followNodes(client, { away, back })
}
