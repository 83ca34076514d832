import type { Command } from 'commander'
import { readConfig, type Config } from '../config.ts'
import { AlreadySaid, ConfigError, describeFault, type Fault } from '../errors.ts'
import { print } from './print.ts'

/** Reads the configuration and says every fault, without starting: exit code 0 or 2. */
export function add(command: Command): void {
  command.option('--json', 'print one JSON document instead of text').action(() => {
    const report = examine()
    print(command, report, () => describeReport(report).trimEnd())
    if (!report.ok) throw new AlreadySaid()
  })
}

function examine(): CheckReport {
  try {
    return reportConfig(readConfig())
  } catch (error) {
    if (error instanceof ConfigError) return reportFaults(error.faults)
    throw error
  }
}

/** `check --json`: one document, whether the configuration can be used or not. */
export interface CheckReport {
  ok: boolean
  faults: readonly Fault[]
  /** Accepted, but does not work yet. */
  pending: readonly Fault[]
  /** No fault, but perhaps not what was meant. */
  notes: readonly Fault[]
  site?: { title: string; url: string; authority: string }
  sources: { name: string; from: string; format: string }[]
  feeds: { name: string; title: string; access: string; gone: boolean }[]
}

/** What is in the configuration, without anything that could be a secret. */
export function reportConfig({ site, sources, feeds, pending, notes }: Config): CheckReport {
  return {
    ok: true,
    faults: [],
    pending,
    notes,
    site: { title: site.title, url: site.url, authority: site.authority },
    sources: sources.map(source => ({
      name: source.name,
      from: 'folder' in source ? source.folder : new URL('url' in source ? source.url : source.wire).origin,
      format: source.format,
    })),
    feeds: feeds.map(({ name, title, access, gone }) => ({ name, title, access, gone })),
  }
}

/** The same for a configuration that cannot be used. */
export function reportFaults(faults: readonly Fault[]): CheckReport {
  return { ok: false, faults, pending: [], notes: [], sources: [], feeds: [] }
}

/** The report for people: lines of text, the last one with its line break. */
export function describeReport(report: CheckReport): string {
  const lines = report.ok
    ? describeConfig(report)
    : [...report.faults.map(describeFault), count(report.faults, 'fault')]
  return `${lines.join('\n')}\n`
}

function describeConfig({ site, sources, feeds, pending, notes }: CheckReport): string[] {
  return [
    `The configuration is good: ${count(sources, 'source')}, ${count(feeds, 'feed')}.`,
    ...(site ? [`Site: ${site.title}, ${site.url}`] : []),
    ...table(
      'Sources:',
      sources.map(({ name, from, format }) => [name, `${from} (${format})`]),
    ),
    ...table(
      'Feeds:',
      feeds.map(({ name, title, access, gone }) => [name, title + remark(access, gone)]),
    ),
    ...pending.map(note => `Does not work yet: ${describeFault(note)}`),
    ...notes.map(note => `Note: ${describeFault(note)}`),
  ]
}

function remark(access: string, gone: boolean): string {
  if (gone) return ' (gone)'
  return access === 'partners' ? ' (partners only)' : ''
}

function table(heading: string, rows: readonly [string, string][]): string[] {
  if (rows.length === 0) return []
  const width = Math.max(...rows.map(([name]) => name.length))
  return [heading, ...rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`)]
}

function count(list: readonly unknown[], noun: string): string {
  return `${list.length} ${noun}${list.length === 1 ? '' : 's'}`
}
