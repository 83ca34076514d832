import type { Redis } from 'ioredis'
import { inject } from 'vitest'
import { connectTo, startRedis, type TestRedis } from './redis.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Of the servers that `worker-redis.ts` keeps, one for each worker of vitest. */
    sockets: readonly string[]
  }
}

let isTaken = false

/**
 * An empty Redis for a test that does nothing to it but use it: the worker's own, which spares a server for each test. It keeps
 * nothing on the disk, and cannot be stopped. A second one at the same time is a server of its own.
 */
export async function borrowRedis(): Promise<TestRedis> {
  const socket = inject('sockets')[Number(process.env['VITEST_POOL_ID']) - 1]
  if (socket === undefined || isTaken) return startRedis()
  isTaken = true
  const clients: Redis[] = []
  const client = (): Redis => {
    const made = connectTo({ socket })
    clients.push(made)
    return made
  }
  await empty(client())
  return {
    address: socket,
    get folder() {
      return refuse()
    },
    client,
    stop: refuse,
    kill: refuse,
    restart: refuse,
    pause: refuse,
    resume: refuse,
    async [Symbol.asyncDispose]() {
      for (const each of clients) each.disconnect()
      isTaken = false
    },
  }
}

/** Also of those that a test left connected, as one does that failed. */
async function empty(client: Redis): Promise<void> {
  await client.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes')
  await client.call('CLIENT', 'KILL', 'TYPE', 'pubsub')
  await client.flushall()
  await client.script('FLUSH')
}

function refuse(): never {
  throw new Error(
    'Other tests use this Redis after this one: take one with startRedis(), or openNewsroom({ ownRedis: true })',
  )
}
