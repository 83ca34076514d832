import type { TestProject } from 'vitest/node'
import { startRedis } from './redis.ts'

/** Before all tests: a Redis for each worker, in memory alone. Where there is none, those run that need none. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const workers = project.vitest.config.maxWorkers
  const starts = Array.from({ length: workers }, () => startRedis({ settings: { appendonly: 'no' } }))
  const servers = (await Promise.allSettled(starts)).flatMap(each => (each.status === 'fulfilled' ? [each.value] : []))
  project.provide(
    'sockets',
    servers.map(({ address }) => address),
  )
  return async () => {
    for (const server of servers) await server[Symbol.asyncDispose]()
  }
}
