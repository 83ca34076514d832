#!/usr/bin/env node
import { CommanderError } from 'commander'
import { createProgram } from './commands/index.ts'
import { AlreadySaid, ConfigError, UsageError } from './errors.ts'

/** argv -> one command -> exit code: 0 done, 1 failed, 2 wrong usage or configuration. */
async function main(argv: readonly string[]): Promise<number> {
  try {
    await createProgram().parseAsync([...argv])
    return 0
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    if (error instanceof AlreadySaid) return 2
    if (error instanceof ConfigError || error instanceof UsageError) {
      process.stderr.write(`${error.message}\n`)
      return 2
    }
    process.stderr.write(`${describe(error)}\n`)
    return 1
  }
}

/** What was being done, and why it failed, without a stack. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause === undefined ? error.message : `${error.message}: ${describe(error.cause)}`
}

process.exitCode = await main(process.argv)
// The channel to a process that started this one would keep it alive.
if (process.connected) process.disconnect()
