import { availableParallelism } from 'node:os'
import type { Command } from 'commander'
import { App } from '../app.ts'
import { readConfig } from '../config.ts'
import { endOfProcess } from '../signals.ts'
import { isAway } from '../store/connect.ts'

/** Opens the app of this process's configuration for one command, and closes it whatever happens. */
export async function withApp<T>(command: Command, run: (app: App, signal: AbortSignal) => Promise<T>): Promise<T> {
  const { fetch = true } = command.optsWithGlobals<{ fetch?: boolean }>()
  const signal = endOfProcess()
  await using app = await App.open(readConfig(), { process: command.name(), fetch, threads: readingThreads() })
  return await run(app, signal).catch((error: unknown) => {
    throw isAway(error) ? unreachable() : error
  })
}

/** Without its cause: what ioredis says there is about its own settings. The log has the address and the system's reason. */
function unreachable(): Error {
  return new Error('Redis cannot be reached. Does it run, and is REDIS_URL right?')
}

/** As `withApp`, for what collects or publishes: by the definitions of the workers, with `feeds` by those of this configuration. */
export function withDeclaredApp<T>(
  command: Command,
  run: (app: App, signal: AbortSignal) => Promise<T>,
  { feeds = false } = {},
): Promise<T> {
  return withApp(command, async (app, signal) => {
    await app.joinDefinitions({ feeds })
    return await run(app, signal)
  })
}

/** Redis and the thread that talks to it want a core too. */
function readingThreads(): number {
  return Math.max(1, availableParallelism() - 1)
}
