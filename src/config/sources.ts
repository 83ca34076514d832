import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'
import { parserNames } from '../collect/parsers/names.ts'
import type { Fault } from '../errors.ts'
import type { Source } from '../source.ts'
import { datePattern } from './date-pattern.ts'
import { check, dotted } from './explain.ts'
import { flag, glob, headerName, language, listOf, mapping, name, oneOf, size, text, timezone, url } from './values.ts'
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

const folderSource = mapping({ ...anySource, ...ofFolder, ...notHere(ofUrl, 'only a source with a url has it') })
const urlSource = mapping({ ...anySource, ...ofUrl, ...notHere(ofFolder, 'only a source with a folder has it') })
const eitherSource = mapping({ ...anySource, ...ofFolder, ...ofUrl }).partial({ folder: true, url: true })

function notHere(keys: object, why: string): Record<string, z.ZodOptional<z.ZodNever>> {
  const refused = z.never({ error: `nothing here (${why})` }).optional()
  return Object.fromEntries(Object.keys(keys).map(key => [key, refused]))
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
  const has = (key: string): boolean => document.get([...path, key]) !== undefined
  if (has('folder') && !has('url')) return readFolderSource(document, path, context, faults)
  if (has('url') && !has('folder')) return readUrlSource(document, path, context, faults)
  check(eitherSource, document, path, faults)
  if (has('url')) {
    const message = `${dotted(path)} has a folder and a url: expected one of them`
    faults.push({ ...document.placeOfKey([...path, 'url']), message })
  } else if (isMapping(document.get(path))) {
    const message = `${dotted(path)} has no folder and no url: expected one of them`
    faults.push({ ...document.placeOf(path), message })
  }
  return undefined
}

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
  const headers = Object.fromEntries(
    Object.entries(source.headers).map(([header, template]) => {
      const place = document.placeOf([...path, 'headers', header])
      const at = `${dotted([...path, 'headers'])}.${header}`
      const { value, trouble } = fillIn(template, context.environment)
      if (trouble !== undefined) faults.push({ ...place, message: `${at}: ${trouble}` })
      return [header, value]
    }),
  )
  return { ...source, language: source.language ?? context.language, headers }
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
