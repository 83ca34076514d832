import { existsSync, statSync } from 'node:fs'
import { dirname, isAbsolute, join, relative } from 'node:path'
import { environmentFault, localAddress, readEnvironment, type Settings } from './config/environment.ts'
import { check } from './config/explain.ts'
import { checkFormerNames, checkSelectedSources, readFeeds } from './config/feeds.ts'
import { pendingInEnvironment, pendingInSite } from './config/pending.ts'
import { siteFile, type SiteFile } from './config/site.ts'
import { readSource, type SourceContext } from './config/sources.ts'
import { describeReadError } from './config/read-text.ts'
import { readYamlFile, type YamlFile } from './config/yaml-file.ts'
import { ConfigError, type Fault } from './errors.ts'
import type { Feed } from './feed.ts'
import type { Site } from './site.ts'
import type { Source } from './source.ts'

/** Everything that an installation is told from outside, checked, with every default filled in, and frozen. */
export interface Config extends Readonly<Settings> {
  /** Where readers reach it: `PUBLIC_URL`, else `site.url`, else `http://HOST:PORT`; without a slash at the end. */
  publicUrl: string
  site: Readonly<Site>
  sources: readonly Source[]
  feeds: readonly Feed[]
  /** Cron patterns, in `timezone`. */
  schedule: Readonly<SiteFile['schedule']>
  /** Milliseconds. */
  keep: Readonly<SiteFile['keep']>
  /** What is set but does not work yet in this version, with its place. */
  pending: readonly Fault[]
  /** What is no fault, but perhaps not what was meant, with its place. */
  notes: readonly Fault[]
}

/**
 * Reads the environment, `config/feedwire.yaml` and `feeds/`.
 * @throws {ConfigError} with every fault there is, ordered by place.
 */
export function readConfig(
  environment: NodeJS.ProcessEnv = process.env,
  workingDirectory: string = process.cwd(),
): Config {
  const faults: Fault[] = []
  const settings = readEnvironment(environment, workingDirectory, faults)
  const config = hasHome(settings.home, environment, faults)
    ? readHome(settings, environment, workingDirectory, faults)
    : undefined
  if (faults.length > 0 || !config) throw new ConfigError(faults.toSorted(byPlace))
  return freeze(config)
}

/** As `readConfig`, for a program that holds Feedwire and names its home. */
export function readConfigOf(home: string): Config {
  return readConfig({ ...process.env, FEEDWIRE_HOME: home })
}

function hasHome(home: string, environment: NodeJS.ProcessEnv, faults: Fault[]): boolean {
  try {
    if (statSync(home).isDirectory()) return true
    faults.push(environmentFault('FEEDWIRE_HOME', `${home} is not a folder`))
  } catch (error) {
    // A malformed FEEDWIRE_HOME has its fault already; the working directory is always there.
    if (environment.FEEDWIRE_HOME) faults.push(environmentFault('FEEDWIRE_HOME', `${home} ${describeReadError(error)}`))
  }
  return false
}

function readHome(
  settings: Settings,
  environment: NodeJS.ProcessEnv,
  workingDirectory: string,
  faults: Fault[],
): Config | undefined {
  const siteFilePath = join(settings.home, 'config', 'feedwire.yaml')
  const feedsPath = join(settings.home, 'feeds')
  const document = readSiteFile(siteFilePath, asTyped(siteFilePath, workingDirectory), settings.home, faults)
  const read = document && check(siteFile, document, [], faults)
  const language = read?.site.language ?? 'en'
  const notes: Fault[] = []
  const context = { language, directory: dirname(siteFilePath), environment, notes }
  const sources = document ? readSources(document, context, faults) : []
  const shownAs = asTyped(feedsPath, workingDirectory)
  const files = readFeeds({ path: feedsPath, shownAs, siteLanguage: language, notes }, faults)
  checkFormerNames(files, faults)
  if (document) checkSelectedSources(files, sourceNames(document), faults)
  const publicUrl = settings.publicUrl ?? read?.site.url ?? localAddress(settings)
  if (read && publicUrl === undefined)
    faults.push(environmentFault('PORT', '0 leaves the port to the system: expected PUBLIC_URL or site.url with it'))
  if (!document || !read || publicUrl === undefined) return undefined
  return {
    ...settings,
    publicUrl,
    site: siteOf(read, publicUrl),
    sources,
    feeds: files.flatMap(({ feed }) => feed ?? []),
    schedule: read.schedule,
    keep: read.keep,
    pending: pendingIn(document, environment).toSorted(byPlace),
    notes: notes.toSorted(byPlace),
  }
}

function readSiteFile(path: string, file: string, home: string, faults: Fault[]): YamlFile | undefined {
  if (existsSync(path)) return readYamlFile(path, file, faults)
  const message = `does not exist: expected it in the home ${home}, which FEEDWIRE_HOME sets`
  faults.push({ file, message })
  return undefined
}

function siteOf({ site, schedule: { timezone } }: SiteFile, url: string): Site {
  const { title, publisher, authority, language, hub, links } = site
  const { name = title, url: publisherUrl } = publisher ?? {}
  return {
    title,
    url,
    publisher: { name, ...(publisherUrl !== undefined && { url: publisherUrl }) },
    authority,
    language,
    ...(timezone !== 'UTC' && { timezone }),
    ...(hub !== undefined && { hub }),
    ...(links === 'here' && { links }),
  }
}

function readSources(document: YamlFile, context: SourceContext, faults: Fault[]): Source[] {
  const taken = new Map<unknown, number | undefined>()
  return listAt(document, 'sources').flatMap((_, at) => {
    const source = readSource(document, ['sources', at], context, faults) ?? []
    const name = document.get(['sources', at, 'name'])
    const place = document.placeOf(['sources', at, 'name'])
    if (typeof name === 'string' && taken.has(name)) {
      const message = `sources[${at}].name: "${name}" is already the name of the source in line ${taken.get(name)}`
      faults.push({ ...place, message })
    } else taken.set(name, place.line)
    return source
  })
}

/** Those with faults too: a feed may name them all the same. */
function sourceNames(document: YamlFile): Set<string> {
  const names = listAt(document, 'sources').map((_, at) => document.get(['sources', at, 'name']))
  return new Set(names.filter(name => typeof name === 'string'))
}

function listAt(document: YamlFile, key: string): unknown[] {
  const value = document.get([key])
  return Array.isArray(value) ? value : []
}

function pendingIn(document: YamlFile, environment: NodeJS.ProcessEnv): Fault[] {
  return [...pendingInEnvironment(environment), ...pendingInSite(document, listAt(document, 'sources').length)]
}

/** As the operator would type it: relative where that is shorter to say. */
function asTyped(path: string, workingDirectory: string): string {
  const typed = relative(workingDirectory, path)
  return typed.startsWith('..') || isAbsolute(typed) ? path : typed
}

function byPlace(a: Fault, b: Fault): number {
  const byFile = a.file < b.file ? -1 : Number(a.file > b.file)
  return byFile || (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0)
}

function freeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) freeze(inner)
  return Object.freeze(value)
}
