import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import type { Command } from 'commander'
import type { App } from '../app.ts'
import { AlreadySaid } from '../errors.ts'
import { endOfProcess } from '../signals.ts'

type Run<T> = (app: App, signal: AbortSignal) => Promise<T>

/** Milliseconds that a command which does not follow the signal has to come to its end by itself. */
const grace = 2000

/**
 * Opens the app of this process's configuration for one command, and closes it whatever happens. A command that takes the
 * signal ends by itself, in its own time; one that does not is left where it is, soon after the signal.
 */
export function withApp<T>(command: Command, run: Run<T>): Promise<T> {
  return open(command, run, { takesSignal: run.length > 1 })
}

/** As `withApp`, for what collects or publishes: by the definitions of the workers, with `feeds` by those of this configuration. */
export function withDeclaredApp<T>(command: Command, run: Run<T>, { feeds = false } = {}): Promise<T> {
  const declared: Run<T> = async (app, signal) => {
    await app.joinDefinitions({ feeds })
    return await run(app, signal)
  }
  return open(command, declared, { takesSignal: run.length > 1 })
}

async function open<T>(command: Command, run: Run<T>, { takesSignal }: { takesSignal: boolean }): Promise<T> {
  const { fetch = true } = command.optsWithGlobals<{ fetch?: boolean }>()
  const signal = endOfProcess()
  // The help of a command needs none of it.
  const [{ App: Opened }, { readConfig }] = await Promise.all([import('../app.ts'), import('../config.ts')])
  await using app = await Opened.open(readConfig(), { process: command.name(), fetch, threads: readingThreads() })
  const result = run(app, signal).catch(async (error: unknown) => {
    throw await inOurWords(error)
  })
  return await (takesSignal ? result : Promise.race([result, leaving(signal)]))
}

/** Without its cause: what ioredis says there is about its own settings. The log has the address and the system's reason. */
async function inOurWords(error: unknown): Promise<unknown> {
  const { isAway, isRefused } = await import('../store/redis/connect.ts')
  if (isRefused(error)) return new Error('Redis refuses the user or the password. Is REDIS_URL right?')
  if (isAway(error)) return new Error('Redis cannot be reached. Does it run, and is REDIS_URL right?')
  return error
}

/** Rejected a moment after the signal: until then the command may still say what it came to. */
async function leaving(signal: AbortSignal): Promise<never> {
  if (!signal.aborted) await once(signal, 'abort')
  await pause(grace, undefined, { ref: false })
  throw new AlreadySaid(130)
}

/** Redis and the thread that talks to it want a core too. */
function readingThreads(): number {
  return Math.max(1, availableParallelism() - 1)
}
