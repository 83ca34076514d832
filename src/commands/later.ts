import type { Command } from 'commander'
import { UsageError } from '../errors.ts'

/** For a command of the design that stands in the help and does nothing yet. */
export function add(command: Command): void {
  command
    .allowUnknownOption()
    .allowExcessArguments()
    .action(() => {
      throw new UsageError(`“${command.name()}” does not work yet in this version`)
    })
}
