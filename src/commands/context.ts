import Table from 'cli-table3'
import type { Command } from 'commander'
import { App } from '../app.ts'
import { readConfig } from '../config.ts'
import { endOfProcess } from '../signals.ts'

/** Opens the app of this process's configuration for one command, and closes it whatever happens. */
export async function withApp<T>(command: Command, run: (app: App, signal: AbortSignal) => Promise<T>): Promise<T> {
  const { fetch = true } = command.optsWithGlobals<{ fetch?: boolean }>()
  const signal = endOfProcess()
  await using app = await App.open(readConfig(), { process: command.name(), fetch })
  return await run(app, signal)
}

/** As `withApp`, with this configuration's site and feeds in force: for what collects or publishes. */
export function withDeclaredApp<T>(command: Command, run: (app: App, signal: AbortSignal) => Promise<T>): Promise<T> {
  return withApp(command, async (app, signal) => {
    await app.declare()
    return await run(app, signal)
  })
}

/** Prints a command's result: one JSON document with `--json`, else text for people. */
export function print(command: Command, document: unknown, text: () => string): void {
  const { json } = command.optsWithGlobals<{ json?: boolean }>()
  process.stdout.write(json ? `${JSON.stringify(document, undefined, 2)}\n` : `${text()}\n`)
}

/** Rows under a heading, or the sentence for none. Control characters, which a terminal would obey, are shown as `?`. */
export function table(head: string[], rows: readonly (readonly (string | number)[])[], none: string): string {
  if (rows.length === 0) return none
  const lines = new Table({ head, style: { head: [], border: [], compact: true }, chars: borderless })
  lines.push(...rows.map(row => row.map(cell => String(cell).replace(/\p{Cc}/gu, '?'))))
  return lines.toString()
}

const borderless = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
}
