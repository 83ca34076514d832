import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { AlreadySaid } from '../errors.ts'
import type { Logger } from '../log.ts'

/**
 * Milliseconds between the death of a child and its next life: twice as many each time, up to the most, until it has lived for
 * so long that what it died of must be another thing.
 */
const restart = { first: 500, most: 30_000, long: 60_000 }

/** Milliseconds until a child that does not end is killed. */
const patience = 20_000

/** The exit code of a child that was not started as it must be: by its configuration, or on a port that is taken. */
const refused = 2

/** Starts a process of this program, with a channel to this one. */
export type Fork = (program: string, args: readonly string[], options: { execArgv: string[] }) => ChildProcess

export const forkProgram: Fork = (program, args, options) => fork(program, args, options)

interface RunOptions {
  /** Gets what the child tells. */
  hear?: (message: unknown) => void
  fork?: Fork
}

/** Tells the process that started this one, if one did. */
export function tellParent(message: object): void {
  process.send?.(message)
}

/**
 * The processes of a command. One that dies is started again. Each has a channel to this process, and ends by itself
 * when that breaks: so none outlives this one, however it ends.
 */
export class Children implements AsyncDisposable {
  readonly #log: Logger
  readonly #running = new Set<ChildProcess>()
  #stopping = false
  #refuse: (error: AlreadySaid) => void = () => undefined

  /** Rejected when a child cannot be started as it is: it has said why, and would say it again. */
  readonly refusal = new Promise<never>((_resolve, reject) => (this.#refuse = reject))

  constructor(log: Logger) {
    this.#log = log
    // Whoever waits for it sees it; until then it is nobody's.
    this.refusal.catch(() => undefined)
  }

  /** Runs a command of this program, `args`. */
  run(args: readonly string[], options: RunOptions = {}): void {
    this.#start(args, options, 0)
  }

  #start(args: readonly string[], options: RunOptions, deaths: number): void {
    const begun = performance.now()
    const { hear, fork: start = forkProgram } = options
    const child = start(fileURLToPath(new URL('../main.js', import.meta.url)), args, { execArgv: process.execArgv })
    this.#running.add(child)
    if (hear !== undefined) child.on('message', hear)
    child.once('exit', (code, signal) => {
      this.#running.delete(child)
      if (this.#stopping) return
      // One that has run before may find its port or its configuration mended when it tries again.
      if (deaths === 0 && code === refused) return this.#refuse(new AlreadySaid())
      const before = performance.now() - begun > restart.long ? 0 : deaths
      const seconds = restartPause(before) / 1000
      this.#log.error({ command: args[0], code, signal, seconds }, 'a process of ours ended; it is started again')
      setTimeout(() => this.#stopping || this.#start(args, options, before + 1), seconds * 1000)
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping = true
    await Promise.all([...this.#running].map(child => end(child)))
  }
}

/** Milliseconds until the next life of what died so often in a row before. */
export function restartPause(deaths: number): number {
  return Math.min(restart.first * 2 ** deaths, restart.most)
}

async function end(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), patience)
  await exited
  clearTimeout(timer)
}
