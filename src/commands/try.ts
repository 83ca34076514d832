import { readFileSync } from 'node:fs'
import { basename, dirname, relative, resolve, sep } from 'node:path'
import type { Command } from 'commander'
import { readConfig } from '../config.ts'
import { plainSource } from '../config/sources.ts'
import { AlreadySaid, ConfigError, UsageError } from '../errors.ts'
import { tryFile, type Trial, type Tried } from '../collect/trial.ts'
import { sourceNamed, type Source } from '../source.ts'
import { print, table } from './print.ts'

/** Says what a file would become, with its rejects and warnings: exit code 1 where it would be no article. Needs neither Redis nor a configuration. */
export function add(command: Command): void {
  command
    .option(
      '--source <name>',
      "as a file of this source; without it, of the one in whose folder it lies, else by every setting's default",
    )
    .option('--json', 'print one JSON document instead of text')
    .action((file: string, { source }: { source?: string }) => {
      const from = chosen(file, source)
      const trial = tryFile(file, bytesOf(file), from, pathIn(from, file))
      print(command, trial, () => describe(trial))
      if (trial.articles.length === 0) throw new AlreadySaid(1)
    })
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (cause) {
    throw new UsageError(`${file} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`)
  }
}

function chosen(file: string, named: string | undefined): Source {
  if (named !== undefined) return sourceNamed(named, readConfig().sources)
  const path = resolve(file)
  const around = configured().find(source => 'folder' in source && !relative(source.folder, path).startsWith('..'))
  return around ?? plainSource(dirname(path))
}

/** The path counts: a day in it, a folder of drafts. Of a file that lies elsewhere, its name. */
function pathIn(source: Source, file: string): string {
  const path = 'folder' in source ? relative(source.folder, resolve(file)).replaceAll(sep, '/') : '..'
  return path.startsWith('..') ? basename(file) : path
}

/** Without a configuration, or with one that is broken, a file can be tried all the same. */
function configured(): readonly Source[] {
  try {
    return readConfig().sources
  } catch (error) {
    if (error instanceof ConfigError) return []
    throw error
  }
}

const widest = 100

function describe({ file, source, format, coding, codingBy, articles, rejects, warnings }: Trial): string {
  const read = format === undefined ? '' : `: ${format}, ${coding} by ${codingBy}`
  return [
    `${file}, as a file of the source “${source}”${read}`,
    ...articles.map(({ status, fields }) => {
      return `\nAn article (${status}):\n${tableOf(fields)}`
    }),
    ...rejects.map(({ item, reason, line, found }) => {
      const where = line === undefined ? '' : ` (line ${line})`
      const rest = found.length === 0 ? '' : `\nWhat was found of it:\n${tableOf(found)}`
      return `\nReject${itemOf(item)}: ${reason}${where}${rest}`
    }),
    ...warnings.map(({ item, warning }) => `\nWarning${itemOf(item)}: ${warning}`),
  ].join('\n')
}

function tableOf(fields: Tried['fields']): string {
  const rows = fields.map(({ field, value, because }) => [field, cut(value), because])
  return table(['field', 'value', 'because'], rows, '')
}

function itemOf(item: number | undefined): string {
  return item === undefined ? '' : ` ${item}`
}

function cut(text: string): string {
  return text.length > widest ? `${text.slice(0, widest)}…` : text
}
