import { instant } from '../../article.ts'
import type { Unusable } from '../../errors.ts'
import { encodeWarnings, type Reject } from '../../store/files.ts'
import type { Input } from '../reading/inputs.ts'
import { GivesWay, type Desk } from './place.ts'
import { TakenDown } from './taken-down.ts'

/*
 * What `rejects` lists of a file. Each stands since it was first seen, also when what it says changes.
 */

export async function rejectOf(file: string, why: Unusable, { source, store, now }: Desk): Promise<Reject> {
  const standing = await store.files.reject(source.name, file)
  return {
    source: source.name,
    file,
    reason: why.message,
    ...(why.line !== undefined && { line: why.line }),
    since: standing?.since ?? instant(now),
    ...(why instanceof GivesWay && { givesWayTo: why.to }),
    ...(why instanceof TakenDown && { takenDown: why.bind }),
  }
}

/** By path, as a commit takes them: '' where the file was known, and may have been warned of before. */
export async function warningsOf(
  { path, warnings = [] }: Input,
  { source, store, now }: Desk,
  isKnown: boolean,
): Promise<Record<string, string>> {
  if (warnings.length === 0) return isKnown ? { [path]: '' } : {}
  const standing = isKnown ? await store.files.warning(source.name, path) : undefined
  return { [path]: encodeWarnings({ warnings, since: standing?.since ?? instant(now) }) }
}
