import { hash } from 'node:crypto'
import { Unusable } from '../../errors.ts'
import type { Source } from '../../source.ts'
import type { Body } from '../../store/body.ts'
import { pack, refusalOf, type PackedOutcome, type Refusal } from './packed.ts'
import { findingsOf, type Warning } from './read.ts'
import { settingsDigest } from './settings.ts'
import { readFile, stateOf } from '../sources/folder.ts'

/** Something stored that is to be read: a file by its path, or bytes that were fetched. */
export interface Stored {
  /** In the source's folder, or what stands for it. */
  path: string
  /** Why it is reported and not opened. */
  oddity?: string
  bytes?: Uint8Array
  /** Of the HTTP header that came with the bytes. */
  charset?: string | undefined
  /** What stands for its state in its record; absent: its file's own, or the digest of the bytes. */
  state?: string
}

/** One stored thing as it was read. */
export interface Input {
  path: string
  /** State and settings, as the file's record keeps them. */
  signature: string
  /** SHA-256 of the bytes; '' where it could not be opened. */
  digest: string
  /** What it says, or why it says nothing. */
  outcome: PackedOutcome[] | Refusal
  /** What was read in spite of a fault: the first few. */
  warnings?: Warning[]
}

/** What one call of a thread reads. Plain data. */
export interface Portion {
  source: Source
  stored: readonly Stored[]
}

/** What was read of a portion, and what is left of it. */
export interface Read {
  inputs: Input[]
  rest: readonly Stored[]
}

/** Reads, parses, sanitises and packs. What is gone, or changes right now, is left out: the next round sees to it. */
export function readInputs({ source, stored }: Portion): Read {
  const settings = settingsDigest(source)
  const inputs: Input[] = []
  let size = 0
  for (const [index, one] of stored.entries()) {
    const input = readInput(source, settings, one)
    if (input === undefined) continue
    inputs.push(input)
    size += sizeOf(input)
    if (size > enough) return { inputs, rest: stored.slice(index + 1) }
  }
  return { inputs, rest: [] }
}

/** Bytes of packed texts after which the rest of a portion has to wait until they are through. */
export const enough = 16 << 20

/** Bytes of its packed texts. */
export function sizeOf(input: Input): number {
  return bodiesOf(input).reduce((sum, { packed }) => sum + packed.length, 0)
}

export function bodiesOf({ outcome }: Input): Body[] {
  return Array.isArray(outcome) ? outcome.flatMap(one => ('body' in one ? [one.body] : [])) : []
}

/** An input that says nothing but why; `again`: it is read again also where it has not changed. */
export function unread(
  source: Source,
  { path, bytes, state: given }: Stored,
  refusal: Refusal,
  { again = false } = {},
): Input {
  const state = !again && bytes === undefined && 'folder' in source ? stateOf(source, path) : undefined
  return { path, signature: `${settingsDigest(source)}:${given ?? state ?? ''}`, digest: '', outcome: refusal }
}

function readInput(source: Source, settings: string, one: Stored): Input | undefined {
  const { path, oddity, bytes } = one
  if (oddity !== undefined) return unread(source, one, { reason: oddity })
  try {
    const file = bytes === undefined ? open(source, path) : fetched(bytes)
    if (file === undefined) return undefined
    const found = findingsOf(file.bytes, source, { charset: one.charset, path })
    const warnings = found instanceof Unusable ? [] : boundedWarnings(found.warnings)
    return {
      path,
      signature: `${settings}:${one.state ?? file.state ?? ''}`,
      digest: file.digest,
      outcome: found instanceof Unusable ? refusalOf(found) : found.outcomes.map(pack),
      ...(warnings.length > 0 && { warnings }),
    }
  } catch (error) {
    if (error instanceof Unusable) return unread(source, one, refusalOf(error))
    throw error
  }
}

/** Of one file so many are kept, each so long. */
const most = { warnings: 20, characters: 300 }

function boundedWarnings(warnings: readonly Warning[]): Warning[] {
  return warnings.slice(0, most.warnings).map(one => ({ ...one, warning: one.warning.slice(0, most.characters) }))
}

function open(source: Source, path: string) {
  return 'folder' in source ? readFile(source, path) : undefined
}

/** Bytes that were fetched have no state but themselves. */
function fetched(bytes: Uint8Array) {
  const digest = hash('sha256', bytes, 'base64url')
  return { bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), digest, state: digest }
}
