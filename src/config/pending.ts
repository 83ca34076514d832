import type { Fault } from '../errors.ts'
import { laterFormats } from './sources.ts'
import type { Path, YamlFile } from './yaml-file.ts'

/** A setting that is accepted but does not work yet. */
interface Pending {
  key: Path
  /** Only these values; without it, any. */
  when?: (value: unknown) => boolean
  note: string
}

/*
 * All that is accepted and does not work yet. Whoever builds one of these deletes its line; formats leave by themselves
 * when they have a parser.
 */
const inSource: readonly Pending[] = [
  { key: ['format'], when: isLaterFormat, note: 'there is no parser for this format, so each input becomes a reject' },
]
const inEnvironment: ReadonlyMap<string, string> = new Map([
  ['FEEDWIRE_OPERATOR_TOKEN', 'there is no console and no API'],
])

function isLaterFormat(value: unknown): boolean {
  return laterFormats.some(format => format === value)
}

export function pendingInSite(document: YamlFile, sourceCount: number): Fault[] {
  return Array.from({ length: sourceCount }, (_, at) => pendingIn(inSource, document, ['sources', at])).flat()
}

export function pendingInEnvironment(environment: NodeJS.ProcessEnv): Fault[] {
  return [...inEnvironment].flatMap(([variable, note]) =>
    environment[variable] === undefined ? [] : [{ file: 'environment', message: `${variable}: ${note}` }],
  )
}

function pendingIn(settings: readonly Pending[], document: YamlFile, base: Path): Fault[] {
  return settings.flatMap(({ key, when = () => true, note }) => {
    const path = [...base, ...key]
    const value = document.get(path)
    if (value === undefined || !when(value)) return []
    return [{ ...document.placeOfKey(path), message: `${key.join('.')}: ${note}` }]
  })
}
