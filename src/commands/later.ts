import type { Command } from 'commander'
import { UsageError } from '../errors.ts'

/** Commands of the design that stand in the help and do nothing yet. */
const later = [['partner <action>', 'add, list or revoke partners']] as const

export function addLater(program: Command): void {
  for (const [usage, purpose] of later) {
    const name = usage.split(' ')[0]
    program
      .command(usage)
      .description(`${purpose} (does not work yet)`)
      .allowUnknownOption()
      .allowExcessArguments()
      .action(() => {
        throw new UsageError(`“${name}” does not work yet in this version`)
      })
  }
}
