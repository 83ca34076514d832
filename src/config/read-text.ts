import { readFileSync, statSync } from 'node:fs'
import type { Fault } from '../errors.ts'

/** Bytes: more than any configuration needs, and little enough to parse at once whatever it holds. */
const maxBytes = 256_000

/** The text of a UTF-8 file without its byte-order mark; undefined, and a fault in `file`, where there is none to be had. */
export function readText(path: string, file: string, faults: Fault[]): string | undefined {
  let bytes: Buffer
  try {
    const stats = statSync(path)
    if (!stats.isFile()) return fail(faults, { file, message: 'is not a file' })
    if (stats.size > maxBytes)
      return fail(faults, { file, message: `has ${stats.size} bytes: a configuration has at most ${maxBytes}` })
    bytes = readFileSync(path)
  } catch (error) {
    return fail(faults, { file, message: describeReadError(error) })
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    const readable = bytes
      .toString('utf8')
      .replace(/\uFFFD[^]*/, '')
      .split('\n')
    const place = { file, line: readable.length, column: (readable.at(-1) ?? '').length + 1 }
    return fail(faults, { ...place, message: 'is not UTF-8 from here on: save the file as UTF-8' })
  }
}

/** What keeps a file or folder from being read, in words. */
export function describeReadError(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'does not exist'
  if (code === 'EACCES' || code === 'EPERM') return 'may not be read: permission denied'
  return `cannot be read: ${typeof code === 'string' ? code : String(error)}`
}

function fail(faults: Fault[], fault: Fault): undefined {
  faults.push(fault)
  return undefined
}
