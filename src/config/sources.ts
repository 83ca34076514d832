import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'
import { parserNames } from '../collect/parsers/names.ts'
import type { Fault } from '../errors.ts'
import type { Source } from '../source.ts'
import { datePattern } from './date-pattern.ts'
import { check, dotted } from './explain.ts'
import {
  flag,
  glob,
  headerName,
  language,
  listOf,
  mapping,
  name,
  oneOf,
  size,
  text,
  timezone,
  url,
  wire,
} from './values.ts'
import { describeReadError } from './read-text.ts'
import type { Path, YamlFile } from './yaml-file.ts'

/** Formats that a source may name although no parser reads them yet. */
export const laterFormats = ['html', 'ninjs', 'newsml-g2', 'rss', 'atom', 'json-feed'].filter(
  format => !parserNames.some(known => known === format),
)

/**
 * How dates are printed where a source does not say, beside all that can be read in one way only. The `h` between hour and minute is
 * written where the day comes first; other dates of numbers alone could begin with the day or the month.
 */
const sureDates = ["dd/MM/yyyy HH'h'mm"]

const anySource = {
  name,
  format: oneOf(['auto', ...parserNames, ...laterFormats]).default('auto'),
  timezone: timezone.default('UTC'),
  dates: listOf(datePattern, 'date patterns').default(sureDates),
  undated: oneOf(['reject', 'first-seen']).default('reject'),
  language: language.optional(),
  publisher: text.optional(),
  section: text.optional(),
  rights: text.optional(),
  site: url.optional(),
  boilerplate: listOf(text, 'texts').default([]),
  tail: listOf(text, 'texts').default(['Related']),
  maxBytes: size.prefault('10MB'),
  probe: flag.optional(),
}

const ofFolder = {
  folder: z.string({ error: 'a path' }).min(1, { error: 'a path' }),
  include: listOf(glob, 'patterns of paths').default(['**/*']),
  watch: flag.default(false),
  missing: oneOf(['keep', 'kill']).default('keep'),
}

const ofUrl = {
  url,
  headers: z
    .record(headerName, z.string({ error: 'a text' }), { error: 'a mapping of header names to texts' })
    .default({}),
  private: flag.default(false),
}

const ofWire = { ...ofUrl, wire, feeds: listOf(name, 'names of feeds').default([]) }

/** What tells how a text is to be read: another Feedwire has read it. */
const ofTexts = ['format', 'timezone', 'dates', 'undated', 'boilerplate', 'tail'] as const

const notOfWire = notHere([...ofTexts, 'url', ...Object.keys(ofFolder)], 'another Feedwire tells it')
const onlyOfFolder = notHere(Object.keys(ofFolder), 'only a source with a folder has it')
const onlyOfWire = notHere(['wire', 'feeds'], 'only a source with a wire has it')

const folderSource = mapping({
  ...anySource,
  ...ofFolder,
  ...notHere(['url', 'headers', 'private'], 'only a source with a url has it'),
  ...onlyOfWire,
})
const urlSource = mapping({ ...anySource, ...ofUrl, ...onlyOfFolder, ...onlyOfWire })
const wireSource = mapping({ ...anySource, ...ofWire, ...notOfWire })
const anyOfThem = mapping({ ...anySource, ...ofFolder, ...ofWire }).partial({ folder: true, url: true, wire: true })

function notHere(keys: readonly string[], why: string): Record<string, z.ZodOptional<z.ZodNever>> {
  const refused = z.never({ error: `nothing here (${why})` }).optional()
  return Object.fromEntries(keys.map(key => [key, refused]))
}

/** A source of which nothing is told but where it lies: every other setting has its default. */
export function plainSource(folder: string): Source {
  return { ...folderSource.parse({ name: 'default', folder }), language: 'en', folder }
}

/** What a source takes from around it. */
export interface SourceContext {
  /** The site's. */
  language: string
  /** Absolute: what `folder` is relative to. */
  directory: string
  environment: NodeJS.ProcessEnv
  /** Where what is no fault, but worth a word, goes. */
  notes: Fault[]
}

/** The source at `path` with every setting; undefined when it has a fault. */
export function readSource(
  document: YamlFile,
  path: Path,
  context: SourceContext,
  faults: Fault[],
): Source | undefined {
  const kinds = (['folder', 'url', 'wire'] as const).filter(key => document.get([...path, key]) !== undefined)
  const [kind, other] = kinds
  if (kind !== undefined && other === undefined) return read[kind](document, path, context, faults)
  check(anyOfThem, document, path, faults)
  if (other !== undefined) {
    const message = `${dotted(path)} has a ${kinds.join(' and a ')}: expected one of them`
    faults.push({ ...document.placeOfKey([...path, other]), message })
  } else if (isMapping(document.get(path))) {
    const message = `${dotted(path)} has no folder, no url and no wire: expected one of them`
    faults.push({ ...document.placeOf(path), message })
  }
  return undefined
}

const read = { folder: readFolderSource, url: readUrlSource, wire: readWireSource }

function isMapping(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function readFolderSource(document: YamlFile, path: Path, context: SourceContext, faults: Fault[]): Source | undefined {
  const source = check(folderSource, document, path, faults)
  const written = document.get([...path, 'folder'])
  if (typeof written !== 'string' || written === '') return undefined
  const folder = resolve(context.directory, written)
  const place = document.placeOf([...path, 'folder'])
  const at = `${dotted(path)}.folder: ${folder}`
  try {
    if (!statSync(folder).isDirectory())
      faults.push({ ...place, message: `${at} is not a folder (expected a folder, relative to this file)` })
  } catch (error) {
    // No fault: a machine that only serves need not have it.
    context.notes.push({ ...place, message: `${at} ${describeReadError(error)} here; collecting it will fail` })
  }
  if (!source) return undefined
  return { ...source, language: source.language ?? context.language, folder }
}

function readUrlSource(document: YamlFile, path: Path, context: SourceContext, faults: Fault[]): Source | undefined {
  const source = check(urlSource, document, path, faults)
  if (!source) return undefined
  const headers = readHeaders(source.headers, document, path, { context, faults })
  return { ...source, language: source.language ?? context.language, headers }
}

/** What another Feedwire says is taken over as it is: nothing of it has to be guessed. */
function readWireSource(document: YamlFile, path: Path, context: SourceContext, faults: Fault[]): Source | undefined {
  const source = check(wireSource, document, path, faults)
  if (!source) return undefined
  const headers = readHeaders(source.headers, document, path, { context, faults })
  const texts = { format: 'wire', timezone: 'UTC', dates: [], undated: 'reject', boilerplate: [], tail: [] } as const
  return { ...source, ...texts, language: source.language ?? context.language, headers }
}

/** Each with what stands for it in the environment. */
function readHeaders(
  headers: Readonly<Record<string, string>>,
  document: YamlFile,
  path: Path,
  { context, faults }: { context: SourceContext; faults: Fault[] },
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([header, template]) => {
      const place = document.placeOf([...path, 'headers', header])
      const at = `${dotted([...path, 'headers'])}.${header}`
      const { value, trouble } = fillIn(template, context.environment)
      if (trouble !== undefined) faults.push({ ...place, message: `${at}: ${trouble}` })
      return [header, value]
    }),
  )
}

/** Puts the environment in place of each `${NAME}`. What is wrong is said without any part of the value: it may be a secret. */
function fillIn(template: string, environment: NodeJS.ProcessEnv): { value: string; trouble?: string } {
  const missing = new Set<string>()
  const value = template.replace(/\$\{(\w{1,100})\}/g, (_, variable: string) => {
    if (!environment[variable]) missing.add(variable)
    return environment[variable] ?? ''
  })
  if (missing.size > 0) return { value, trouble: `not set in the environment: ${[...missing].join(', ')}` }
  // RFC 9110, 5.5; a line break would begin another header.
  const fits = /^[\t\x20-\x7e\x80-\xff]*$/.test(value)
  return fits ? { value } : { value, trouble: 'expected one line of Latin-1 text, as HTTP carries it' }
}
