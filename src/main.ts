#!/usr/bin/env node
import cluster from 'node:cluster'
import { CommanderError } from 'commander'
import { createProgram } from './commands/index.ts'
import { AlreadySaid, ConfigError, UsageError } from './errors.ts'

/** argv -> one command -> exit code: 0 done, 1 failed, 2 wrong usage or configuration. Loads what that command needs, no more. */
async function main(argv: readonly string[]): Promise<number> {
  try {
    await createProgram().parseAsync([...argv])
    return 0
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    if (error instanceof AlreadySaid) return error.exitCode
    const ours = error instanceof ConfigError || error instanceof UsageError
    const { hint } = await import('./commands/print.ts')
    hint(ours ? error.message : describe(error))
    return ours ? 2 : 1
  }
}

/** What was being done, and why it failed, without a stack. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause === undefined ? error.message : `${error.message}: ${describe(error.cause)}`
}

// Whoever reads the output may have enough of it (`| head -1`).
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})
process.exitCode = await main(process.argv)
// The channel to a process that started this one would keep it alive. A worker of a cluster has to say that it leaves:
// Node would end it with exit code 0 otherwise, whatever happened.
if (process.connected) (cluster.worker ?? process).disconnect()
// Nor may what a library has left open: BullMQ while Redis is away.
setTimeout(() => process.exit(), 1000).unref()
