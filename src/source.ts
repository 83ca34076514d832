import { UsageError } from './errors.ts'

/** Where stored articles come from. Every setting is there: `config.ts` fills in the defaults. */
export type Source = FolderSource | UrlSource | WireSource

interface SourceSettings {
  /** `[a-z0-9-]+`, without a default. */
  name: string
  /** A name in the table of parsers, or `auto`: told by content. */
  format: string
  /** IANA name; what a printed date without an offset means. */
  timezone: string
  /** Luxon patterns of printed dates. */
  dates: readonly string[]
  undated: 'reject' | 'first-seen'
  /** BCP 47, where the article names none. */
  language: string
  publisher?: string
  /** Where the article names none. */
  section?: string
  rights?: string
  /** The address of the site whose articles these are: what relative links and images are relative to where the article does not say. */
  site?: string
  /** A paragraph that begins with one of these is usage terms, not text. */
  boilerplate: readonly string[]
  /** A line that is one of these, and all below it, is not the article. */
  tail: readonly string[]
  /** Bytes of one file or response. */
  maxBytes: number
  /** Are media asked for what the source does not tell of them? */
  probe?: boolean | undefined
}

export interface FolderSource extends SourceSettings {
  /** Absolute. */
  folder: string
  /** Glob patterns of paths below the folder. */
  include: readonly string[]
  watch: boolean
  missing: 'keep' | 'kill'
}

export interface UrlSource extends SourceSettings {
  url: string
  headers: Readonly<Record<string, string>>
  /** May the host be a private address? */
  private: boolean
}

/** Another Feedwire: `format` is `wire`. */
export interface WireSource extends SourceSettings {
  /** Address of its `/wire`. */
  wire: string
  /** Names of its feeds; none: all that it gives. */
  feeds: readonly string[]
  headers: Readonly<Record<string, string>>
  /** May the host be a private address? */
  private: boolean
}

/** The source of that name. Throws `UsageError` where there is none. */
export function sourceNamed(name: string, sources: readonly Source[]): Source {
  const source = sources.find(each => each.name === name)
  if (source !== undefined) return source
  const names = sources.map(each => each.name).join(', ')
  throw new UsageError(`there is no source “${name}”; the configuration has: ${names || 'none'}`)
}
