import cluster from 'node:cluster'
import { once } from 'node:events'
import { InvalidArgumentError, type Command } from 'commander'
import { Children, forkProgram, type Fork } from './children.ts'
import { withApp, withListeningApp } from './context.ts'

/** `--processes N`: for more cores. */
export function addProcesses(command: Command): Command {
  return command.option('--processes <n>', 'how many processes share the work', readCount, 1)
}

/** Runs the command in several processes of its own, until this one is to end; one that dies is started again. */
export function share(command: Command, count: number, fork: Fork = forkProgram): Promise<void> {
  const open = fork === forkListener ? withListeningApp : withApp
  return open(command, async (app, signal) => {
    await using children = new Children(app.log)
    for (let i = 0; i < count; i++) children.run([command.name(), ...passedOn(command)], { fork })
    if (!signal.aborted) await Promise.race([once(signal, 'abort'), children.refusal])
    app.log.info('stopping')
  })
}

/** Options that hold for the processes of a command too. */
export function passedOn(command: Command): string[] {
  const { fetch = true } = command.optsWithGlobals<{ fetch?: boolean }>()
  return fetch ? [] : ['--no-fetch']
}

/**
 * For Node where it serves: megabytes for each half of what is new. Of thousands who wait, each lies there for a while; with Node's own 16 all of
 * them would be copied out of the way just when they are answered, which takes as long as the answers.
 */
export const servingFlags = ['--max-semi-space-size=64']

/** Starts a process that serves. Flags that were given to this one stand behind, and count. */
export const forkServer: Fork = (program, args, { execArgv }) =>
  forkProgram(program, args, { execArgv: [...servingFlags, ...execArgv] })

/**
 * Starts a process that listens where its brothers listen. Each takes its connections from one queue of the system.
 * Were this process to take them and deal them out, one dealt to a process that has just died would never be answered.
 */
export const forkListener: Fork = (program, args, { execArgv }) => {
  cluster.schedulingPolicy = cluster.SCHED_NONE
  cluster.setupPrimary({ exec: program, args: [...args], execArgv: [...servingFlags, ...execArgv] })
  return cluster.fork().process
}

function readCount(text: string): number {
  const count = Number(text)
  if (!/^\d{1,2}$/.test(text) || count < 1 || count > 64)
    throw new InvalidArgumentError('expected a whole number from 1 to 64')
  return count
}
