import type { z } from 'zod'
import type { Fault } from '../errors.ts'
import { didYouMean } from './nearest.ts'
import type { Path, YamlFile } from './yaml-file.ts'

/** What stands at `path`, as the schema wants it; else undefined, and every fault in it goes to `faults`. */
export function check<Value>(
  schema: z.ZodType<Value>,
  document: YamlFile,
  path: Path,
  faults: Fault[],
): Value | undefined {
  const result = schema.safeParse(document.get(path))
  if (result.success) return result.data
  // A misspelt key comes before the key that it leaves missing.
  const issues = result.error.issues.toSorted((a, b) => Number(isUnknownKey(b)) - Number(isUnknownKey(a)))
  faults.push(...issues.flatMap(issue => explain(issue, document, path)))
  return undefined
}

/** `sources[0].publisher`, as one would write it. */
export function dotted(path: Path): string {
  return path
    .map(part => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '')
}

function isUnknownKey(issue: z.core.$ZodIssue): issue is z.core.$ZodIssueUnrecognizedKeys {
  return issue.code === 'unrecognized_keys'
}

function explain(issue: z.core.$ZodIssue, document: YamlFile, base: Path): Fault[] {
  const path = [...base, ...issue.path]
  if (isUnknownKey(issue)) return issue.keys.map(key => unknownKey([...path, key], issue.message, document))
  // A key of a record has no value of its own to point at.
  if (issue.code === 'invalid_key')
    return [{ ...document.placeOfKey(path), message: `${dotted(path)}: expected ${issue.issues[0]?.message}` }]
  const value = document.get(path)
  if (value === undefined)
    return [{ ...document.placeOf(path), message: `${dotted(path)} is missing: expected ${issue.message}` }]
  const found = isSecret(path) ? '' : `, found ${describeValue(value)}${hint(issue.message, value)}`
  return [{ ...document.placeOf(path), message: `${dotted(path)}: expected ${issue.message}${found}` }]
}

function unknownKey(path: Path, known: string, document: YamlFile): Fault {
  const key = String(path.at(-1))
  const keys = known.split(' ')
  const where = path.length > 1 ? ` in ${dotted(path.slice(0, -1))}` : ''
  const advice = didYouMean(key, keys) || `: expected ${keys.join(', ')}`
  return { ...document.placeOfKey(path), message: `unknown key ${describeValue(key)}${where}${advice}` }
}

/** Headers and addresses of other sites may hold credentials. */
function isSecret(path: Path): boolean {
  return path.includes('headers') || path.at(-1) === 'url'
}

function describeValue(value: unknown): string {
  if (value === null) return 'nothing'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'a mapping'
  if (typeof value !== 'string') return `${typeof value} ${JSON.stringify(value)}`
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value)
}

/** How to write what was probably meant. */
function hint(expected: string, value: unknown): string {
  if (typeof value === 'string' && expected.startsWith('a list')) return `: write [${describeValue(value)}]`
  if (expected.startsWith('a text') && (typeof value === 'number' || typeof value === 'boolean'))
    return `: write "${value}", in quotes`
  if (typeof value === 'string' && expected.startsWith('one of '))
    return didYouMean(value, expected.slice(7).split(', '))
  return ''
}
