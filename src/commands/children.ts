import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Logger } from '../log.ts'

/** Milliseconds: between the death of a child and its next life, and until a child that does not end is killed. */
const restartAfter = 500
const patience = 20_000

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

  constructor(log: Logger) {
    this.#log = log
  }

  /** Runs a command of this program. `hear` gets what the child tells. */
  run(command: string, hear: (message: unknown) => void = () => undefined): void {
    const program = fileURLToPath(new URL('../main.js', import.meta.url))
    const child = fork(program, [command], { execArgv: process.execArgv })
    this.#running.set(command, child)
    child.on('message', hear)
    child.once('exit', (code, signal) => {
      this.#running.delete(command)
      if (this.#stopping) return
      this.#log.error({ command, code, signal }, 'a process of ours ended; it is started again')
      setTimeout(() => this.#stopping || this.run(command, hear), restartAfter)
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
