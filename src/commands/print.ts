import Table from 'cli-table3'
import type { Command } from 'commander'

/**
 * What a terminal would obey instead of showing it: controls but for the line's end (C0, DEL and C1), and what turns
 * the direction of the text around it (UAX #9).
 */
const obeyed = /(?!\n)[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu

/**
 * Prints a command's result on standard output: one JSON document with `--json`, else text for people. Whatever comes
 * from articles and files' names, a terminal obeys none of it: in text it is shown as `?`, in JSON escaped.
 */
export function print(command: Command, document: unknown, text: () => string): void {
  const { json } = command.optsWithGlobals<{ json?: boolean }>()
  process.stdout.write(
    json ? `${JSON.stringify(document, undefined, 2).replace(obeyed, escape)}\n` : `${shown(text())}\n`,
  )
}

/** A word beside the result, on standard error, so that it is in nobody's way. */
export function hint(sentence: string): void {
  process.stderr.write(`${shown(sentence)}\n`)
}

/** Text in which a terminal finds nothing to obey. */
export function shown(text: string): string {
  return text.replace(obeyed, '?')
}

/** JSON lets any character be written so. */
function escape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** Rows under a heading, or the sentence for none. A row stays on its line, whatever a cell holds. */
export function table(head: string[], rows: readonly (readonly (string | number)[])[], none: string): string {
  if (rows.length === 0) return none
  const lines = new Table({ head, style: { head: [], border: [], compact: true }, chars: borderless })
  lines.push(...rows.map(row => row.map(cell => shown(String(cell)).replaceAll('\n', '?'))))
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
