import type { ChildProcess } from 'node:child_process'
import { mkdir, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Redis } from 'ioredis'
import type { Logger } from '../../log.ts'
import { Outcomes } from '../../outcomes.ts'
import { disconnect } from '../redis/connect.ts'
import { localSocket } from './local-socket.ts'
import { findRedis, type RedisBinary } from './redis-binary.ts'
import { folderTaken, lastWords, spawnRedis } from './redis-server.ts'

export interface LocalRedisOptions {
  /** The data folder (`FEEDWIRE_DATA`); the server lives in `redis` below it. */
  data: string
  /** May a Redis be fetched when there is none? */
  fetch: boolean
  /** Is told, before a fetch begins, in a sentence for the operator. */
  announce: (message: string) => void
  log: Logger
}

/** The name, in the server's own list of clients, of the connection that makes a process its user. */
const userName = 'feedwire'
const leavingName = 'feedwire-leaving'

/** Milliseconds until a server must listen, or make room for another; loading its data afterwards may take any time. */
const patience = 20_000
const turn = 20

/**
 * Milliseconds before a server that died is started again: nothing at first, then twice as many each time, up to the most,
 * until it has lived for so long that what it died of must be another thing.
 */
const restart = { first: 500, most: 30_000, long: 60_000 }

/**
 * This process's share in the Redis server of a data folder. The server runs apart, so that it outlives whoever started it;
 * each user keeps one named connection to it, which goes when the process goes, however it goes. The first to come starts
 * the server, the last to leave shuts it down, and while there is a user a server that died is started again.
 *
 * Who comes names its connection, then looks for one that is leaving; who leaves renames its own, then looks for users. So of
 * two that do it at once, at least one sees the other (Dekker): nobody keeps a server that is being shut down, and none stays
 * without users.
 */
export class LocalRedis {
  readonly #options: LocalRedisOptions
  readonly #folder: string
  readonly #leaving = new AbortController()
  #binary: RedisBinary | undefined
  #mark: Redis | undefined
  #returning: Promise<void> = Promise.resolve()
  #left: Promise<void> | undefined
  /** How often it died, or did not start, in a row. */
  #deaths = 0
  readonly #outcomes: Outcomes

  private constructor(
    options: LocalRedisOptions,
    folder: string,
    /** Path of the unix socket on which it listens: an address for `connect`. */
    readonly socket: string,
  ) {
    this.#options = options
    this.#folder = folder
    this.#outcomes = new Outcomes(options.log)
  }

  /**
   * Joins the server of the folder, and starts it when none runs. It has loaded its data then.
   * Throws when there is no Redis to start, or with the last lines of its log when it does not start.
   */
  static async join(options: LocalRedisOptions): Promise<LocalRedis> {
    const folder = join(options.data, 'redis')
    await mkdir(folder, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
      throw new Error(`Cannot make the folder of the local Redis, ${folder}: ${reasonOf(error)}`, { cause: error })
    })
    const redis = new LocalRedis(options, folder, await localSocket(folder))
    await redis.#enter()
    return redis
  }

  /** Ends this process's use of the server, and shuts it down if that was the last; it is gone then. Never fails. */
  leave(): Promise<void> {
    this.#left ??= this.#leave()
    return this.#left
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.leave()
  }

  async #enter(): Promise<void> {
    const mark = await this.#findOrStart()
    this.#mark = mark
    const begun = performance.now()
    mark.once('end', () => {
      if (performance.now() - begun > restart.long) this.#deaths = 0
      if (!this.#leaving.signal.aborted) this.#returning = this.#return()
    })
    // It may have ended before there was a listener.
    if (mark.status === 'end') await this.#enter()
  }

  async #return(): Promise<void> {
    const { log } = this.#options
    log.warn({ seconds: restartPause(this.#deaths) / 1000 }, 'the local Redis is gone: starting it again')
    while (!this.#leaving.signal.aborted) {
      await pause(restartPause(this.#deaths++), undefined, { signal: this.#leaving.signal, ref: false }).catch(() => {})
      if (this.#leaving.signal.aborted) return
      try {
        await this.#enter()
        this.#outcomes.succeeded('start', 'the local Redis can be started again')
        log.info('the local Redis is back')
        return
      } catch (error) {
        this.#outcomes.failed('start', 'the local Redis cannot be started', { reason: reasonOf(error) })
      }
    }
  }

  async #findOrStart(): Promise<Redis> {
    let deadline: number | undefined
    let child: ChildProcess | undefined
    while (deadline === undefined || Date.now() < deadline) {
      const mark = await knock(this.socket)
      if (mark !== undefined && (await becomeUser(mark))) return mark
      // To fetch one has a patience of its own.
      this.#binary ??= await this.#find()
      deadline ??= Date.now() + patience
      child ??= await this.#start(this.#binary)
      await pause(turn)
      if (hasEnded(child)) {
        // Taken: another process was faster, or a server is just going. Zero: it was shut down by one that left.
        if (child.exitCode !== folderTaken && child.exitCode !== 0) break
        child = undefined
      }
    }
    child?.kill('SIGKILL')
    const words = (await lastWords(this.#folder)) || 'nothing'
    const failed = (await isFull(this.#folder)) ? 'the disk is full' : 'it failed'
    const reason = child === undefined ? `one that does not answer holds ${join(this.#folder, 'lock')}` : failed
    throw new Error(`The local Redis in ${this.#folder} does not start: ${reason}. Its log ends:\n${words}`)
  }

  #find(): Promise<RedisBinary> {
    const { fetch, announce } = this.#options
    return findRedis({ folder: this.#folder, fetch, announce })
  }

  async #start(binary: RedisBinary): Promise<ChildProcess> {
    const listen = { socket: this.socket }
    const child = await spawnRedis(binary, { folder: this.#folder, listen, detached: true })
    child.unref()
    return child
  }

  async #leave(): Promise<void> {
    this.#leaving.abort()
    await this.#returning
    const mark = this.#mark
    if (mark === undefined || mark.status === 'end') return
    try {
      await mark.client('SETNAME', leavingName)
      if (!(await clientNames(mark)).includes(userName)) await shutDown(mark)
    } catch (error) {
      // Another one that left at the same time was faster.
      if (mark.status !== 'ready') return
      this.#options.log.warn({ reason: reasonOf(error) }, 'the local Redis could not be left in order')
    } finally {
      disconnect(mark)
    }
  }
}

/** A connection to the server on the socket; undefined when none listens. Throws when it may not be asked. */
async function knock(socket: string): Promise<Redis | undefined> {
  const client = new Redis({
    path: socket,
    lazyConnect: true,
    retryStrategy: () => null,
    // While it loads its data it has clients, and a client can be its user, but no check finds it ready.
    enableReadyCheck: false,
    commandTimeout: 5_000,
  })
  let fault: NodeJS.ErrnoException | undefined
  client.on('error', (error: NodeJS.ErrnoException) => (fault = error))
  try {
    await client.connect()
    return client
  } catch (error) {
    disconnect(client)
    if (fault?.code === 'EACCES')
      throw new Error(`The local Redis on ${socket} belongs to another user`, { cause: error })
    return undefined
  }
}

/** Makes the connection a user's, and waits until the data are loaded. False: the server went meanwhile, or does not answer. */
async function becomeUser(client: Redis): Promise<boolean> {
  try {
    await client.client('SETNAME', userName)
    const deadline = Date.now() + patience
    // One that leaves either saw our name, and goes, or shuts the server down, and this connection ends.
    while ((await clientNames(client)).includes(leavingName) && Date.now() < deadline) await pause(turn)
    while (!(await hasLoaded(client))) await pause(turn)
    return true
  } catch {
    disconnect(client)
    return false
  }
}

async function hasLoaded(client: Redis): Promise<boolean> {
  return client.ping().then(
    () => true,
    (error: unknown) => {
      if (error instanceof Error && error.message.startsWith('LOADING')) return false
      throw error
    },
  )
}

async function clientNames(client: Redis): Promise<string[]> {
  const list = String(await client.client('LIST'))
  return Array.from(list.matchAll(/ name=(\S*)/g), ([, name = '']) => name)
}

/** Resolves when the server is gone, and with it its lock on the folder. Throws when it refuses, or is silent for five seconds. */
async function shutDown(client: Redis): Promise<void> {
  const gone = new Promise<void>(resolve => client.once('end', () => resolve()))
  try {
    // Only a refusal is answered; else the connection ends.
    await client.shutdown()
  } catch (error) {
    if (client.status === 'ready') throw error
  }
  if (client.status !== 'end') await gone
}

/** Is there no room left for us on the disk of the folder? */
async function isFull(folder: string): Promise<boolean> {
  return (await statfs(folder)).bavail === 0
}

/** Milliseconds until the next start of what died so often in a row before. */
function restartPause(deaths: number): number {
  return deaths === 0 ? 0 : Math.min(restart.first * 2 ** (deaths - 1), restart.most)
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
