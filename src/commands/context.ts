import cluster from 'node:cluster'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import type { Command } from 'commander'
import type { App } from '../app.ts'
import { AlreadySaid } from '../errors.ts'
import { endOfProcess } from '../signals.ts'
import { hint } from './print.ts'

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

/** As `withApp`, for what serves: refused before anything is begun where its address cannot be had. */
export function withListeningApp<T>(command: Command, run: Run<T>): Promise<T> {
  // Of a cluster the process that started it has looked; the others share what it listens on.
  return open(command, run, { takesSignal: true, listens: cluster.isPrimary })
}

/** As `withApp`, for what collects or publishes: by the definitions of the workers, with `feeds` by those of this configuration. */
export function withDeclaredApp<T>(command: Command, run: Run<T>, { feeds = false } = {}): Promise<T> {
  const declared: Run<T> = async (app, signal) => {
    await (await import('../operate/definitions.ts')).joinDefinitions(app, { feeds })
    return await run(app, signal)
  }
  return open(command, declared, { takesSignal: run.length > 1 })
}

interface OpenOptions {
  takesSignal: boolean
  listens?: boolean
}

async function open<T>(command: Command, run: Run<T>, { takesSignal, listens }: OpenOptions): Promise<T> {
  const { fetch = true } = command.optsWithGlobals<{ fetch?: boolean }>()
  const signal = endOfProcess()
  // The help of a command needs none of it.
  const [{ App: Opened }, { readConfig }] = await Promise.all([import('../app.ts'), import('../config.ts')])
  const config = readConfig()
  if (listens) await (await import('../serve/http/probe-address.ts')).probeAddress(config)
  if (takesSignal) await keepPrivate(config.data)
  await using app = await Opened.open(config, { process: command.name(), fetch, threads: readingThreads() })
  const result = run(app, signal).catch(async (error: unknown) => {
    throw await inOurWords(error)
  })
  return await (takesSignal ? result : Promise.race([result, leaving(signal)]))
}

async function keepPrivate(folder: string): Promise<void> {
  const { makePrivate } = await import('../store/local/private-folder.ts')
  const [exposed] = await makePrivate(folder)
  if (exposed !== undefined) hint(`${exposed} is open to others, and cannot be changed: it belongs to another user.`)
}

/** Without its cause: what ioredis says there is about its own settings. The log has the address and the system's reason. */
async function inOurWords(error: unknown): Promise<unknown> {
  const { isAway, isRefused } = await import('../store/redis/connect.ts')
  const { refusalOf } = await import('../store/redis/refusal.ts')
  if (isRefused(error)) return new Error('Redis refuses the user or the password. Is REDIS_URL right?')
  if (isAway(error)) return new Error('Redis cannot be reached. Does it run, and is REDIS_URL right?')
  const refusal = refusalOf(error)
  return refusal === undefined ? error : new Error(`${refusal}.`)
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
