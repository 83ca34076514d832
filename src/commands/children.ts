import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { AlreadySaid } from '../errors.ts'
import type { Logger } from '../log.ts'

/** Milliseconds: between the death of a child and its next life, and until a child that does not end is killed. */
const restartAfter = 500
const patience = 20_000

/** The exit code of a child that was not started as it must be: by its configuration, or on a port that is taken. */
const refused = 2

/** Tells the process that started this one, if one did. */
export function tellParent(message: object): void {
  process.send?.(message)
}

/**
 * The processes of `start`. One that dies is started again. Each has a channel to this process, and ends by itself
 * when that breaks: so none outlives `start`, however it ends.
 */
export class Children implements AsyncDisposable {
  readonly #log: Logger
  readonly #running = new Map<string, ChildProcess>()
  #stopping = false
  #refuse: (error: AlreadySaid) => void = () => undefined

  /** Rejected when a child cannot be started as it is: it has said why, and would say it again. */
  readonly refusal = new Promise<never>((_resolve, reject) => (this.#refuse = reject))

  constructor(log: Logger) {
    this.#log = log
    // Whoever waits for it sees it; until then it is nobody's.
    this.refusal.catch(() => undefined)
  }

  /** Runs a command of this program. `hear` gets what the child tells. */
  run(command: string, hear: (message: unknown) => void = () => undefined): void {
    this.#start(command, hear, true)
  }

  #start(command: string, hear: (message: unknown) => void, first: boolean): void {
    const program = fileURLToPath(new URL('../main.js', import.meta.url))
    const child = fork(program, [command], { execArgv: process.execArgv })
    this.#running.set(command, child)
    child.on('message', hear)
    child.once('exit', (code, signal) => {
      this.#running.delete(command)
      if (this.#stopping) return
      // One that has run before may find its port or its configuration mended when it tries again.
      if (first && code === refused) return this.#refuse(new AlreadySaid())
      this.#log.error({ command, code, signal }, 'a process of ours ended; it is started again')
      setTimeout(() => this.#stopping || this.#start(command, hear, false), restartAfter)
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping = true
    await Promise.all([...this.#running.values()].map(child => end(child)))
  }
}

async function end(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), patience)
  await exited
  clearTimeout(timer)
}
