import { Cluster, type ClusterOptions, type RedisOptions } from 'ioredis'
import type { Address } from './address.ts'

/** Milliseconds between two looks at who serves which slots; also the heartbeat of the connections. */
const refreshInterval = 5_000

/** Milliseconds that commands wait for the first connection: as long as a command of one server may take. */
const patience = 5_000

export interface ClusterConnectOptions {
  /** Of the connections to its nodes. */
  redisOptions: RedisOptions
  /** Do commands wait as long as it takes? */
  waits: boolean
  backoff: (attempt: number) => number
}

/** A connection to a cluster, which comes back by itself. */
export function connectCluster(
  { nodes, username, password }: Extract<Address, { kind: 'cluster' }>,
  { redisOptions, waits, backoff }: ClusterConnectOptions,
): Cluster {
  const options = {
    redisOptions: { ...redisOptions, username, password },
    clusterRetryStrategy: backoff,
    slotsRefreshInterval: refreshInterval,
    // Where this check fails, ioredis connects once more, and never settles what the first `connect` gave. BullMQ, which
    // awaits that after a lost command, would take no job any more: https://github.com/redis/ioredis, Cluster#connect.
    enableReadyCheck: !waits,
  } satisfies ClusterOptions
  const cluster = new Cluster([...nodes], options)
  if (!waits) limitQueue(cluster)
  return cluster
}

/** The queue of a cluster has no limit of time: it is there for the first connection only, and not for long. */
function limitQueue(cluster: Cluster): void {
  let reason: unknown
  cluster.on('error', (error: Error) => (reason = nodeError(error)))
  const close = () => {
    clearTimeout(timer)
    cluster.options.enableOfflineQueue = false
  }
  const timer = setTimeout(() => {
    close()
    // Private, and the only way not to send them when nobody waits for them any more.
    cluster['flushQueue'](new Error('Command timed out', { cause: reason }))
  }, patience)
  cluster.once('ready', close)
  cluster.once('end', close)
}

/** What the last node that was asked said, where a cluster fails as a whole: why, in the system's words. */
export function nodeError(error: Error): Error {
  return 'lastNodeError' in error && error.lastNodeError instanceof Error ? error.lastNodeError : error
}

/**
 * A cluster that has lost a node stays `ready` and raises no error of its own. Calls `away` each time that a node (`HOST:PORT`)
 * fails, and `back` once all of them answer again or have left the cluster.
 */
export function followNodes(
  cluster: Cluster,
  { away, back }: { away: (error: Error, node: string) => void; back: () => void },
): void {
  const lost = new Set<string>()
  const find = (node: string) => {
    if (lost.delete(node) && lost.size === 0) back()
  }
  cluster.on('node error', (error: Error, node: string) => {
    lost.add(node)
    away(error, node)
  })
  cluster.on('ready', () => lost.clear())
  cluster.on('refresh', () => {
    const nodes = new Map(cluster.nodes().map(node => [`${node.options.host}:${node.options.port}`, node]))
    for (const node of lost) {
      // Connections to nodes are only made for a command.
      const asked = nodes.get(node)?.ping() ?? Promise.resolve()
      asked.then(() => find(node)).catch(() => undefined)
    }
  })
}
